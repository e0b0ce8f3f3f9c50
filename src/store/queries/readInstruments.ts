import { instrument, type Instrument } from '../../records/instrument.ts'
import { columnsOf } from '../../records/record.ts'
import type { Selected, Shape } from '../engine.ts'
import type { Store } from '../open.ts'

/** The instruments of an asset, or all, in order of venue, market and name. */
export async function readInstruments(
  store: Store,
  { asset }: { readonly asset?: string } = {},
): Promise<readonly Instrument[]> {
  const sql = `select ${NAMES.join(', ')} from instrument final
    ${asset === undefined ? '' : 'where asset = {asset:String}'} order by venue, market, instrument`
  const selected = await store.engine.select(sql, SHAPE, { params: asset === undefined ? {} : { asset } })
  return Array.from({ length: selected.length }, (_, i) => instrumentAt(selected, i))
}

const COLUMNS = columnsOf(instrument)
const NAMES = COLUMNS.map(({ name }) => name)
const SHAPE: Shape = Object.fromEntries(
  COLUMNS.map(({ name, kind }) => [name, kind === 'symbol' || kind === 'text' ? 'text' : 'number'] as const),
)

function instrumentAt({ columns }: Selected<Shape>, i: number): Instrument {
  const fields = COLUMNS.flatMap(({ name, kind }) => {
    const value = columns[name]?.[i] as number | string | undefined
    if (typeof value === 'number' && Number.isNaN(value)) return []
    return [[name, kind === 'flag' ? value === 1 : value] as const]
  })
  return Object.fromEntries(fields) as unknown as Instrument
}
