import type { SimCandle } from '../../market/live/candleTape.ts'
import { priceText, type Listing } from '../../market/live/listing.ts'
import { numberOf } from '../answers.ts'
import type { Answer } from '../door.ts'
import { barsOf, firstOpen, markBarsOf, type Prices, type Span } from './bars.ts'
import { contractDoor, limitOf, listingDoor, type Subject } from './doors.ts'
import { answered, invalid } from './envelope.ts'
import { INTERVALS, type Interval } from './intervals.ts'
import { turnoverText, volumeText } from './quantities.ts'

/** GET /v5/market/kline. The newest row may be the running bar. */
export const klines = listingDoor((subject) =>
  rowsOf(subject, ({ market, listing }, interval, span) =>
    barsOf(market, listing, interval, span).map((bar) => candleRow(listing, bar)),
  ),
)

/** GET /v5/market/mark-price-kline. */
export const markKlines = contractDoor((subject) =>
  rowsOf(subject, ({ market, listing }, interval, span) =>
    markBarsOf(market, listing, interval, span).map((bar) => pricesRow(listing, bar)),
  ),
)

/** Newest first; both ends are opens, included. A full page holds the newest rows, after a mere start the oldest. */
function rowsOf(
  subject: Subject,
  rows: (subject: Subject, interval: Interval, span: Span) => readonly (readonly string[])[],
): Answer {
  const { query, market, listing, category } = subject
  const interval = INTERVALS[query.get('interval') ?? '']
  const limit = limitOf(query, { usual: 200, most: 1000 })
  if (interval === undefined) return invalid(market, 'interval')
  if (limit === undefined) return invalid(market, 'limit')
  const span = spanOf(query, {
    first: () => firstOpen(market, listing, interval),
    now: market.now(),
    pageMs: limit * interval.longestMs,
  })
  const found = rows(subject, interval, span)
  const page = isFromStart(query) ? found.slice(0, limit) : found.slice(-limit)
  return answered(market, { symbol: listing.name, category, list: page.toReversed() })
}

const isFromStart = (query: URLSearchParams): boolean => query.has('start') && !query.has('end')

/** The opens among which a page's rows are; nothing lies between them where a bound is no number. */
function spanOf(
  query: URLSearchParams,
  { first, now, pageMs }: { readonly first: () => number; readonly now: number; readonly pageMs: number },
): Span {
  const start = numberOf(query, 'start', 0)
  if (isFromStart(query)) {
    const from = Math.max(start, first())
    return { from, to: Math.min(now, from + pageMs) }
  }
  const to = Math.min(now, numberOf(query, 'end', now))
  return { from: Math.max(start, to - pageMs), to }
}

const pricesRow = (listing: Listing, { at, open, high, low, close }: Prices): readonly string[] => [
  String(at),
  ...[open, high, low, close].map((price) => priceText(listing, price)),
]

const candleRow = (listing: Listing, bar: SimCandle): readonly string[] => [
  ...pricesRow(listing, bar),
  volumeText(listing, bar),
  turnoverText(listing, bar),
]

/** A message of `kline.…`: the running bar, or the one message that closes a bar. */
export const candleMessage = (
  bar: SimCandle,
  about: {
    readonly listing: Listing
    readonly topic: string
    readonly interval: string
    readonly end: number
    readonly confirm: boolean
    readonly lastTradeAt: number
    readonly now: number
  },
): unknown => {
  const { listing, topic, interval, end, confirm, lastTradeAt, now } = about
  const price = (value: number): string => priceText(listing, value)
  return {
    topic,
    data: [
      {
        start: bar.at,
        end,
        interval,
        open: price(bar.open),
        close: price(bar.close),
        high: price(bar.high),
        low: price(bar.low),
        volume: volumeText(listing, bar),
        turnover: turnoverText(listing, bar),
        confirm,
        timestamp: lastTradeAt,
      },
    ],
    ts: now,
    type: 'snapshot',
  }
}
