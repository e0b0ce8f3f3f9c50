import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/instant.ts'
import { joinBars, type SimCandle } from '../../market/live/candleTape.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { decimalText } from './decimalText.ts'

/** Months are served too, by the calendar. */
const MONTH = '1M'

const STEPS: Readonly<Record<string, number>> = {
  '1m': MINUTE_MS,
  '3m': 3 * MINUTE_MS,
  '5m': 5 * MINUTE_MS,
  '15m': 15 * MINUTE_MS,
  '30m': 30 * MINUTE_MS,
  '1h': HOUR_MS,
  '2h': 2 * HOUR_MS,
  '4h': 4 * HOUR_MS,
  '8h': 8 * HOUR_MS,
  '12h': 12 * HOUR_MS,
  '1d': DAY_MS,
  '3d': 3 * DAY_MS,
  '1w': 7 * DAY_MS,
}

/** Bars of an interval that can still be had. */
const REACH = 5000

export const isInterval = (interval: unknown): interval is string =>
  typeof interval === 'string' && (interval === MONTH || interval in STEPS)

/** All bars that overlap the asked time, ends included, the running one too, oldest first; only the newest can be had. */
export function candles(
  market: VenueMarket,
  asked: { readonly listing: Listing; readonly interval: string; readonly from: number; readonly to: number },
): readonly SimCandle[] {
  const { listing, interval, from } = asked
  const to = Math.min(asked.to, market.now()) + 1
  const stepMs = STEPS[interval]
  if (stepMs === undefined) return months(market, listing, { from, to }).slice(-REACH)
  const newest = Math.floor(market.now() / stepMs) * stepMs
  const first = Math.max(Math.floor(from / stepMs) * stepMs, newest - (REACH - 1) * stepMs)
  return market.candles(listing, { stepMs, from: first, to })
}

/** The bar of an interval that runs now. */
export const runningCandle = (market: VenueMarket, listing: Listing, interval: string): SimCandle | undefined =>
  candles(market, { listing, interval, from: market.now(), to: market.now() }).at(-1)

function months(
  market: VenueMarket,
  listing: Listing,
  { from, to }: { readonly from: number; readonly to: number },
): readonly SimCandle[] {
  const days = market.candles(listing, { stepMs: DAY_MS, from: monthStart(Math.max(from, 0), 0), to })
  // A month whose beginning was never seen is no month.
  const starts = days.flatMap(({ at }, i) => (at === monthStart(at, 0) ? [i] : []))
  return starts.flatMap((start, i) => {
    const at = days[start]?.at ?? 0
    const bar = joinBars(days.slice(start, starts[i + 1]), monthStart(at, 1) - at)
    return bar === undefined ? [] : [bar]
  })
}

/** 00:00Z of the first day of the month that holds an instant, or of one so many months later. */
function monthStart(ms: number, later: number): number {
  const date = new Date(ms)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1)
}

/** A bar as REST and socket give it: volume in coins, none in the quote, nothing of takers. */
export const candleRow = (listing: Listing, interval: string, bar: SimCandle): unknown => ({
  t: bar.at,
  T: bar.at + bar.stepMs - 1,
  s: listing.name,
  i: interval,
  o: decimalText(bar.open, listing.priceDecimals),
  c: decimalText(bar.close, listing.priceDecimals),
  h: decimalText(bar.high, listing.priceDecimals),
  l: decimalText(bar.low, listing.priceDecimals),
  v: decimalText(bar.units, listing.lotDecimals),
  n: bar.trades,
})
