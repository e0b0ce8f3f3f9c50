import { DAY_MS, HOUR_MS } from '../../../core/instant.ts'
import { joinBars, type SimCandle } from '../../market/live/candleTape.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Interval } from './intervals.ts'

/** A stretch of time by the opens of bars: the first that may open, and the last. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** The four prices of a bar. */
export type Prices = Pick<SimCandle, 'at' | 'open' | 'high' | 'low' | 'close'>

/** Mark prices go straight between instants that are whole multiples of this. */
const NODE_MS = 5_000

/** Open of the first bar there is; of bars shorter than an hour that is the world's start. */
export function firstOpen(market: VenueMarket, listing: Listing, { longestMs, opens }: Interval): number {
  const { startAt } = market
  if (longestMs < HOUR_MS) return startAt
  return opens(market.candles(listing, { stepMs: HOUR_MS, from: 0, to: startAt })[0]?.at ?? startAt)
}

/** Bars of an interval, oldest first; the last may be running. */
export function barsOf(market: VenueMarket, listing: Listing, interval: Interval, span: Span): readonly SimCandle[] {
  const { longestMs } = interval
  if (longestMs <= DAY_MS) return market.candles(listing, { stepMs: longestMs, from: span.from, to: span.to + 1 })
  const days = market.candles(listing, { stepMs: DAY_MS, from: interval.opens(span.from), to: interval.next(span.to) })
  const bars: SimCandle[] = []
  for (let at = opensFrom(interval, span.from); at <= span.to; at = interval.next(at)) {
    const end = interval.next(at)
    const parts = days.filter((day) => day.at >= at && day.at < end)
    const bar = joinBars(parts, end - at)
    if (bar !== undefined) bars.push({ ...bar, at })
  }
  return bars
}

/** The same of the mark price. From before the world's start there are whole hours. */
export function markBarsOf(market: VenueMarket, listing: Listing, interval: Interval, span: Span): readonly Prices[] {
  const last = Math.min(span.to, market.now())
  const first = Math.max(span.from, firstOpen(market, listing, interval))
  const bars: Prices[] = []
  for (let at = opensFrom(interval, first); at <= last; at = interval.next(at)) {
    bars.push(markBar(market, listing, at, interval.next(at)))
  }
  return bars
}

const opensFrom = (interval: Interval, ms: number): number =>
  interval.opens(ms) === ms ? ms : interval.next(interval.opens(ms))

function markBar(market: VenueMarket, listing: Listing, at: number, end: number): Prices {
  const { startAt } = market
  const hours = at < startAt ? market.candles(listing, { stepMs: HOUR_MS, from: at, to: Math.min(end, startAt) }) : []
  const lived = end > startAt ? [livedMark(market, listing, Math.max(at, startAt), end)] : []
  const parts: readonly Prices[] = [...hours, ...lived]
  return {
    at,
    open: parts[0]?.open ?? NaN,
    high: Math.max(...parts.map(({ high }) => high)),
    low: Math.min(...parts.map(({ low }) => low)),
    close: parts.at(-1)?.close ?? NaN,
  }
}

function livedMark(market: VenueMarket, listing: Listing, from: number, end: number): Prices {
  const last = Math.min(end - 1, market.now())
  const [open, close] = [market.markAt(listing, from), market.markAt(listing, last)]
  let [high, low] = [Math.max(open, close), Math.min(open, close)]
  for (let at = Math.ceil(from / NODE_MS) * NODE_MS; at < last; at += NODE_MS) {
    const mark = market.markAt(listing, at)
    if (mark > high) high = mark
    if (mark < low) low = mark
  }
  return { at: from, open, high, low, close }
}
