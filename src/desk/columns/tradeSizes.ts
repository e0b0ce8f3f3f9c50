import { largeTrades, type SizedTrades } from '../../frames/contracts/largeTrades.ts'
import { readTradeSizes } from '../../store/queries/readTradeSizes.ts'
import type { Desk } from '../desk.ts'
import { readCovered, type CoveredLane } from './coveredBars.ts'
import { inputOf, isDollarMarket, nothing, spanOf, type GroupWish, type ReadGroup, type SeriesSpan } from './group.ts'
import { barsOfTrades, eraOf, type TradedInstrument } from './tradedBars.ts'

/** What was traded in large trades on the spot or the perpetual instruments of an asset that are priced in dollars. */
export async function readTradeSizesOf(desk: Desk, wish: GroupWish, market: 'spot' | 'perp'): Promise<ReadGroup> {
  const group = market === 'spot' ? 'spot_sizes' : 'perp_sizes'
  const covered = await readCovered(desk)
  const held: Held[] = []
  for (const is of wish.instruments.filter((each) => isDollarMarket(each, market, wish))) {
    const trades = await sizedTrades(desk, is, { ...wish, covered })
    if (trades !== undefined)
      held.push({ trades, span: spanOfTrades(is, trades, { kind: group, spanMs: wish.stepMs }) })
  }
  const isReal = held.some(({ span }) => !span.simulated)
  const chosen = held.filter(({ span }) => span.simulated !== isReal)
  if (chosen.length === 0) return nothing(`trades of ${wish.asset} ${market} (assayer collect ${wish.asset})`)
  return {
    span: spanOf(chosen.map(({ span }) => span)),
    columns: (grid) => {
      const { large, all } = largeTrades(
        chosen.map(({ trades }) => trades),
        grid,
      )
      return { [`${group}.large`]: large, [`${group}.all`]: all }
    },
    inputs: chosen.map(({ span }) => inputOf(span)),
    conventions: [],
    missing: [],
  }
}

interface Held {
  readonly trades: SizedTrades
  readonly span: SeriesSpan
}

async function sizedTrades(
  desk: Desk,
  is: TradedInstrument,
  { asOf, stepMs, covered }: GroupWish & { readonly covered: CoveredLane },
): Promise<SizedTrades | undefined> {
  const { venue, market, instrument } = is
  const sizes = await readTradeSizes(desk.store, { venue, market, instrument, asOf, stepMs, ...eraOf(is) })
  if (sizes.open.length === 0) return undefined
  return { ...sizes, known: barsOfTrades(is, { asOf, stepMs, covered }) ?? barsFrom(sizes.open, stepMs) }
}

/** Of an imported file, of which nobody says where it begins and ends: every bar from its first trade to its last. */
function barsFrom(open: Float64Array, stepMs: number): readonly number[] {
  const [first = 0, last = 0] = [open[0], open.at(-1)]
  return Array.from({ length: (last - first) / stepMs + 1 }, (_, i) => first + i * stepMs)
}

const spanOfTrades = (
  { venue, market, instrument, quote, simulated }: TradedInstrument,
  { known }: SizedTrades,
  { kind, spanMs }: Pick<SeriesSpan, 'kind' | 'spanMs'>,
): SeriesSpan => ({ kind, venue, market, instrument, quote, simulated, interval: 'trades', at: known, spanMs })
