import type { ColumnGroup, Frame, Input } from '../core/frame.ts'

/** Fields of the ledger by which the rows of a group are read. */
const FIELDS: Readonly<Partial<Record<ColumnGroup, readonly string[]>>> = {
  open_interest: ['open_interest', 'open_interest_history'],
  spot_flow: ['taker_volume', 'candle', 'trade'],
  perp_flow: ['taker_volume', 'candle', 'trade'],
  liquidations: ['liquidation'],
  liquidation_map_exact: ['position', 'open_interest', 'open_interest_history'],
}

/**
 * What of a frame some groups of columns were read from, with the candles that all are laid on: a sentence names the records it came
 * from, not all of the answer's.
 * @example readFrom(frame, 'funding').inputs.map(({ kind }) => kind) // ['candles', 'funding']
 */
export function readFrom(
  { inputs, conventions }: Pick<Frame, 'inputs' | 'conventions'>,
  ...groups: readonly ColumnGroup[]
): { readonly inputs: readonly Input[]; readonly conventions: readonly string[] } {
  const kinds: ReadonlySet<string> = new Set(['candles', ...groups])
  const fields = new Set(groups.flatMap((group) => FIELDS[group] ?? [group as string]))
  const read = inputs.filter(({ kind }) => kinds.has(kind))
  const venues = new Set(read.map(({ venue }) => venue))
  return {
    inputs: read,
    conventions: conventions.filter((id) => {
      const [venue = '', field = ''] = id.split('/')
      return venues.has(venue) && fields.has(field)
    }),
  }
}
