import { intervalMs } from '../../core/interval.ts'
import { flowColumns, type InstrumentFlow } from '../../frames/contracts/flowColumns.ts'
import type { SeriesOffer } from '../../frames/seriesOffer.ts'
import { readCandles } from '../../store/queries/readCandles.ts'
import { readTradeFlow } from '../../store/queries/readTradeFlow.ts'
import type { Desk } from '../desk.ts'
import { readOffers } from '../readOffers.ts'
import { readCovered, type CoveredLane } from './coveredBars.ts'
import { inputOf, isDollarMarket, nothing, spanOf, type GroupWish, type ReadGroup, type SeriesSpan } from './group.ts'
import { barsOfTrades, eraOf, type TradedInstrument } from './tradedBars.ts'

/**
 * What takers bought and sold on the spot or the perpetual instruments of an asset that are priced in dollars: from
 * candles where their source gives taker volume, else from trades.
 */
export async function readFlow(desk: Desk, wish: GroupWish, market: 'spot' | 'perp'): Promise<ReadGroup> {
  const group = market === 'spot' ? 'spot_flow' : 'perp_flow'
  const isWanted = (each: { readonly venue: string; readonly market: string; readonly quote: string }): boolean =>
    isDollarMarket(each, market, wish)
  const offers = (await readOffers(desk, wish)).filter(isWanted)
  const covered = await readCovered(desk)
  const flows: HeldFlow[] = []
  for (const is of wish.instruments.filter(isWanted)) {
    const own = offers.filter((offer) => offer.venue === is.venue && offer.instrument === is.instrument)
    const flow = (await fromCandles(desk, own, wish)) ?? (await fromTrades(desk, is, { ...wish, covered }))
    if (flow !== undefined) flows.push(flow)
  }
  const isReal = flows.some(({ span }) => !span.simulated)
  const chosen = flows.filter(({ span }) => span.simulated !== isReal)
  if (chosen.length === 0) {
    return nothing(
      `taker volume of ${wish.asset} ${market}: candles with taker volume (assayer import candles FILE), or trades (assayer collect)`,
    )
  }
  return {
    span: spanOf(chosen.map(({ span }) => span)),
    columns: (grid) => {
      const { bought, sold, parts } = flowColumns(chosen, grid)
      return { [`${group}.bought`]: bought, [`${group}.sold`]: sold, [`${group}.parts`]: parts }
    },
    inputs: chosen.map(({ span }) => ({ ...inputOf({ ...span, kind: group }) })),
    conventions: [],
    missing: [],
  }
}

interface HeldFlow extends InstrumentFlow {
  readonly span: Omit<SeriesSpan, 'kind'> & { readonly kind: 'spot_flow' | 'perp_flow' }
}

/** From the coarsest candles that make up a bar and have taker volume. */
async function fromCandles(
  desk: Desk,
  offers: readonly SeriesOffer[],
  { asOf, stepMs }: GroupWish,
): Promise<HeldFlow | undefined> {
  const fitting = offers
    .filter(({ interval }) => stepMs % intervalMs(interval) === 0)
    .toSorted((a, b) => intervalMs(b.interval) - intervalMs(a.interval))
  for (const offer of fitting) {
    const { venue, market, instrument, interval, within } = offer
    const rows = await readCandles(desk.store, { venue, market, instrument, interval, asOf, ...within })
    const bought = rows.takerBuyQuoteVolume
    if (!bought.some((value) => !Number.isNaN(value))) continue
    const sold = bought.map((value, i) => (rows.quoteVolume[i] as number) - value)
    const bars = wholeBars(rows.at, { bought, sold }, stepMs, intervalMs(interval))
    const is = { venue, market, instrument, quote: offer.quote, simulated: offer.simulated }
    const at = Array.from(bars.open)
    return { ...bars, span: { ...is, kind: flowKind(market), interval, at, spanMs: stepMs } }
  }
  return undefined
}

const flowKind = (market: string): 'spot_flow' | 'perp_flow' => (market === 'spot' ? 'spot_flow' : 'perp_flow')

/** Sums of the bars of which every part is there; the others are left out. */
function wholeBars(
  at: Float64Array,
  { bought, sold }: Pick<InstrumentFlow, 'bought' | 'sold'>,
  stepMs: number,
  partMs: number,
): InstrumentFlow {
  const sums = new Map<number, { count: number; bought: number; sold: number }>()
  for (const [i, open] of at.entries()) {
    const bar = Math.floor(open / stepMs) * stepMs
    const sum = sums.get(bar) ?? { count: 0, bought: 0, sold: 0 }
    sum.count++
    sum.bought += bought[i] as number
    sum.sold += sold[i] as number
    sums.set(bar, sum)
  }
  const whole = [...sums].filter(([, { count, bought: some }]) => count === stepMs / partMs && !Number.isNaN(some))
  return {
    open: Float64Array.from(whole, ([open]) => open),
    bought: Float64Array.from(whole, ([, sum]) => sum.bought),
    sold: Float64Array.from(whole, ([, sum]) => sum.sold),
  }
}

/**
 * From trades. Of what was collected a bar counts where it was watched or fetched whole, and is 0 where nothing traded
 * in it; of an imported file, of which nobody says where it begins and ends, every bar that has a trade.
 */
async function fromTrades(
  desk: Desk,
  is: TradedInstrument,
  { asOf, stepMs, covered }: GroupWish & { readonly covered: CoveredLane },
): Promise<HeldFlow | undefined> {
  const { venue, market, instrument, quote, simulated } = is
  const traded = await readTradeFlow(desk.store, { venue, market, instrument, asOf, stepMs, ...eraOf(is) })
  if (traded.open.length === 0) return undefined
  const bars = barsOfTrades(is, { asOf, stepMs, covered })
  const flow = bars === undefined ? traded : onBars(traded, bars)
  const at = Array.from(flow.open)
  const span = {
    kind: flowKind(market),
    venue,
    market,
    instrument,
    quote,
    simulated,
    interval: 'trades',
    at,
    spanMs: stepMs,
  }
  return { ...flow, span }
}

/** The sums of some bars, 0 where there is none. */
function onBars({ open, bought, sold }: InstrumentFlow, bars: readonly number[]): InstrumentFlow {
  const places = new Map(Array.from(open, (ms, k) => [ms, k] as const))
  const on = (sums: Float64Array): Float64Array => Float64Array.from(bars, (ms) => sums[places.get(ms) ?? -1] ?? 0)
  return { open: Float64Array.from(bars), bought: on(bought), sold: on(sold) }
}
