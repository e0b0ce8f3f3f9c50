import type { ColumnGroup, Frame, Need } from '../core/frame.ts'
import type { InstantMs } from '../core/instant.ts'
import { intervalMs, type Interval } from '../core/interval.ts'
import { candleFrame } from '../frames/candleFrame.ts'
import { chooseSeries } from '../frames/chooseSeries.ts'
import { closesFrame, emptyFrame, withQuotes, type LevelRows } from '../frames/quoteFrame.ts'
import { withCloses } from '../frames/withCloses.ts'
import type { SeriesOffer } from '../frames/seriesOffer.ts'
import { readCandles } from '../store/queries/readCandles.ts'
import { readLevels } from '../store/queries/readLevels.ts'
import { withColumns } from './columns/readColumns.ts'
import type { Desk } from './desk.ts'
import { fetchCommands } from './jobs/published/levelSources.ts'
import { readOffers } from './readOffers.ts'
import { sayUnknownAsset } from './unknownAsset.ts'

export interface FrameWish {
  readonly asset: string
  readonly interval: Interval
  readonly asOf: InstantMs
  readonly venue?: string
  readonly market?: string
}

/** A frame, or what is missing for it, each with the command that would bring it. */
export interface FrameAnswer {
  readonly frame: Frame
  readonly missing: readonly string[]
}

/** Reads the union of the needs of one asset once, as of T, into one frame. */
export async function readFrame(desk: Desk, needs: readonly Need[], wish: FrameWish): Promise<FrameAnswer> {
  const missing: string[] = []
  let frame = emptyFrame(wish.asset, wish.interval, wish.asOf)
  if (needs.some((need) => need.kind === 'candles')) {
    const candles = await readNeededCandles(desk, needs, wish)
    const found = candles.frame ?? (await readCloses(desk, needs, wish))
    if (found === undefined) missing.push(candles.missing ?? '')
    else frame = found
  }
  const quotes: LevelRows[] = []
  for (const need of needs) {
    if (need.kind === 'record') missing.push(`${need.record}: ${need.why}`)
    if (need.kind !== 'quote') continue
    const { asOf, venue } = wish
    const rows = await readLevels(desk.store, {
      instrument: need.symbol,
      asOf,
      ...(venue === undefined ? {} : { venue }),
    })
    if (rows.at.length === 0) missing.push(sayLacking(need.symbol))
    else quotes.push({ ...rows, symbol: need.symbol })
  }
  for (const asset of new Set(needs.flatMap((need) => (need.kind === 'closes' ? [need.asset] : [])))) {
    const closes = await readCandleFrame(desk, { ...wish, asset })
    if (closes.frame === undefined) missing.push(closes.missing)
    else frame = withCloses(frame, asset, closes.frame)
  }
  // Plain series last: where there are no candles, columns make the grid, and a rate told a day later must not cut it short.
  const withSeries = (on: Frame): Frame => (quotes.length === 0 ? on : withQuotes(on, quotes))
  const asked = [...new Set(needs.flatMap((need) => (need.kind === 'columns' ? [need.group] : [])))]
  const isSpotAlone = wish.market === 'spot' && !needs.some((need) => need.kind === 'candles')
  const groups = asked.filter((group) => !isSpotAlone || !OF_PERPETUALS.has(group))
  if (groups.length < asked.length) missing.push('nothing of it is on spot: it is of perpetuals, leave --market out')
  if (groups.length === 0) return { frame: withSeries(frame), missing }
  const until = Math.max(...quotes.map(({ at }) => at.at(-1) ?? -Infinity))
  const withAll = await withColumns(desk, frame, groups, { ...wish, until })
  return { frame: withSeries(withAll.frame), missing: [...missing, ...withAll.missing] }
}

const sayLacking = (symbol: string): string =>
  `values of ${symbol}: ${[`assayer import series FILE --symbol ${symbol}`, ...fetchCommands(symbol)].join(', or ')}`

/** Of an index, of which there are no candles: its closes, where those are all that is needed. */
async function readCloses(desk: Desk, needs: readonly Need[], wish: FrameWish): Promise<Frame | undefined> {
  if (needs.some((need) => need.kind === 'candles' && need.closesOnly === undefined)) return undefined
  const { asset, interval, asOf, venue, market } = wish
  if (market !== undefined) return undefined
  const rows = await readLevels(desk.store, { instrument: asset, asOf, ...(venue === undefined ? {} : { venue }) })
  return rows.at.length === 0 ? undefined : closesFrame(emptyFrame(asset, interval, asOf), { ...rows, symbol: asset })
}

/** What is of perpetuals alone. Beside candles of spot it can stand, as open interest beside the price. */
const OF_PERPETUALS: ReadonlySet<ColumnGroup> = new Set([
  'open_interest',
  'perp_flow',
  'perp_sizes',
  'funding',
  'long_short_accounts',
  'top_accounts',
  'top_positions',
  'taker_ratio',
  'liquidations',
  'liquidation_map_1d',
  'liquidation_map_7d',
  'liquidation_map_30d',
  'liquidation_map_exact',
])

/** The market that the reader insists on, else the one that the needs agree on. */
async function readNeededCandles(desk: Desk, needs: readonly Need[], wish: FrameWish): Promise<CandleAnswer> {
  const named = needs.flatMap((need) => (need.kind === 'candles' && need.market !== undefined ? [need.market] : []))
  const markets = wish.market === undefined ? [...new Set(named)] : [wish.market]
  const [market] = markets
  if (markets.length > 1) return { missing: sayConflict(wish, markets) }
  return readCandleFrame(desk, market === undefined ? wish : { ...wish, market })
}

const sayConflict = ({ interval, asset }: FrameWish, markets: readonly string[]): string =>
  `${interval} candles of ${asset} of one market: the measure asks for ${markets.join(' and ')} at once; name one with --market`

export type CandleAnswer =
  | { readonly frame: Frame; readonly missing?: undefined }
  | { readonly frame?: undefined; readonly missing: string }

/** The candles that stand for an asset at an interval, native or built from finer ones. */
async function readCandleFrame(desk: Desk, wish: FrameWish): Promise<CandleAnswer> {
  return candleFrameFrom(desk, wish, await readOffers(desk, wish))
}

/** The same at several intervals, the offers read once. */
export async function readCandleFrames(
  desk: Desk,
  wish: Omit<FrameWish, 'interval'>,
  intervals: readonly Interval[],
): Promise<readonly CandleAnswer[]> {
  const offers = await readOffers(desk, wish)
  return Promise.all(intervals.map((interval) => candleFrameFrom(desk, { ...wish, interval }, offers)))
}

async function candleFrameFrom(desk: Desk, wish: FrameWish, offers: readonly SeriesOffer[]): Promise<CandleAnswer> {
  const series = chooseSeries(offers, wish)
  if (series === undefined) return { missing: await sayMissing(desk, offers, wish) }
  const { venue, market, instrument, interval, within } = series
  const rows = await readCandles(desk.store, { venue, market, instrument, interval, asOf: wish.asOf, ...within })
  const frame = candleFrame({ series, rows, interval: wish.interval, asOf: wish.asOf })
  return frame.grid.length === 0 ? { missing: await sayMissing(desk, offers, wish) } : { frame: named(frame, wish) }
}

/** Says so where the asset was asked for by a name that it had before. */
const named = (frame: Frame, { asset }: FrameWish): Frame =>
  frame.asset === asset ? frame : { ...frame, conventions: [...frame.conventions, `renamed/${asset}/${frame.asset}`] }

async function sayMissing(desk: Desk, offers: readonly SeriesOffer[], wish: FrameWish): Promise<string> {
  const where = [wish.venue, wish.market].filter((part) => part !== undefined).join(' ')
  const what = `${wish.interval} candles of ${wish.asset}${where === '' ? '' : ` on ${where}`}`
  const why = offers.length === 0 ? await sayUnknownAsset(desk, wish.asset) : sayHeld(offers, wish)
  const market = wish.market === undefined ? '' : ` --market ${wish.market}`
  return `${what} (${why}): assayer import candles FILE --venue ${wish.venue ?? 'VENUE'}${market}`
}

function sayHeld(offers: readonly SeriesOffer[], wish: FrameWish): string {
  const held = offers.map((offer) => `${offer.venue} ${offer.market} ${offer.instrument} ${offer.interval}`)
  const coarser = offers.every((offer) => intervalMs(offer.interval) > intervalMs(wish.interval))
  return `held: ${held.slice(0, 4).join(', ')}${coarser ? ', all coarser' : ''}`
}
