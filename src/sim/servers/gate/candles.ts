import type { SimCandle } from '../../market/live/candleTape.ts'
import type { Listing } from '../../market/live/listing.ts'
import { ok } from '../answers.ts'
import type { Answer } from '../door.ts'
import { contractNamed, isRefused, pageOf, pairOf, spanOf, type Asked, type Span } from './asked.ts'
import { INTERVALS, type Interval } from './intervals.ts'
import { BAD_CONTRACT, badParameter, TOO_BROAD, tooOld } from './refusals.ts'
import { decimal, price, seconds, size, type SizeForm } from './written.ts'

/** So many rows of an interval are served, counted back from now. */
const DEPTH = 10_000
const USUAL = 100

/** How the doors of the two markets differ. */
const RULES = { spot: { interval: '30m', most: 1000 }, futures: { interval: '5m', most: 2000 } } as const
type Which = keyof typeof RULES

interface Wanted extends Span {
  readonly limit: number
}

/** Spot's candles: rows of text, oldest first, the running one last. */
export function spotCandles(asked: Asked): Answer {
  const listing = pairOf(asked)
  if (isRefused(listing)) return listing
  const bars = barsAsked(asked, listing, 'spot')
  return isRefused(bars) ? bars : ok(bars.map((bar) => spotRow(listing, bar, asked.market.now())))
}

/** Candles of contracts; a name with `mark_` or `index_` before it asks for that price. */
export function contractCandles(asked: Asked): Answer {
  const { name, kind } = pricedName(asked.query.get('contract') ?? '')
  const listing = contractNamed(asked, name)
  if (listing === undefined) return BAD_CONTRACT
  const bars = barsAsked(asked, listing, 'futures')
  if (isRefused(bars)) return bars
  return ok(bars.map((bar) => (kind === 'last' ? contractRow(listing, bar, asked.sizes) : priceRow(listing, bar))))
}

/** Which price of a contract is meant. The world's mark and index stay within a tick of its trades, whose bars stand for them. */
export function pricedName(text: string): { readonly name: string; readonly kind: 'last' | 'mark' | 'index' } {
  const [, kind, name] = /^(mark|index)_(.+)$/.exec(text) ?? []
  return name === undefined ? { name: text, kind: 'last' } : { name, kind: kind as 'mark' | 'index' }
}

function barsAsked(asked: Asked, listing: Listing, which: Which): readonly SimCandle[] | Answer {
  const { query, market } = asked
  const interval = INTERVALS[which][query.get('interval') ?? RULES[which].interval]
  if (interval === undefined) return badParameter('interval', query.get('interval'))
  const isSpan = query.has('from') || query.has('to')
  const wanted = isSpan ? between(asked, interval, which) : newest(asked, interval, which)
  if (isRefused(wanted)) return wanted
  return interval.bars(market, listing, wanted.from, wanted.to + 1).slice(-wanted.limit)
}

/** `from` and `to` are both included; `limit` beside them is refused. */
function between({ query, market }: Asked, interval: Interval, which: Which): Wanted | Answer {
  if (query.has('limit')) return badParameter('limit', query.get('limit'))
  const named = spanOf(query)
  if (isRefused(named)) return named
  const to = named.to === Infinity ? market.now() : named.to
  const from = named.from === -Infinity ? to - USUAL * interval.stepMs : named.from
  if (from < interval.floor(market.now()) - (DEPTH - 1) * interval.stepMs) return tooOld(which)
  const rows = Math.floor(to / interval.stepMs) - Math.ceil(from / interval.stepMs) + 1
  return rows > RULES[which].most ? TOO_BROAD : { from, to: Math.min(to, market.now()), limit: RULES[which].most }
}

function newest({ query, market }: Asked, interval: Interval, which: Which): Wanted | Answer {
  const page = pageOf(query, USUAL, RULES[which].most)
  if (isRefused(page)) return page
  const from = interval.floor(market.now()) - (page.limit - 1) * interval.stepMs
  return { from, to: market.now(), limit: page.limit }
}

/** Start, quote volume, close, high, low, open, base volume, whether it is closed. */
const spotRow = (listing: Listing, bar: SimCandle, now: number): readonly string[] => [
  String(seconds(bar.at)),
  decimal(bar.quoteValue, 8),
  price(listing, bar.close),
  price(listing, bar.high),
  price(listing, bar.low),
  price(listing, bar.open),
  decimal(bar.units, 8),
  String(bar.at + bar.stepMs <= now),
]

const priceRow = (listing: Listing, bar: SimCandle) => ({
  t: seconds(bar.at),
  o: price(listing, bar.open),
  h: price(listing, bar.high),
  l: price(listing, bar.low),
  c: price(listing, bar.close),
})

const contractRow = (listing: Listing, bar: SimCandle, form: SizeForm) => ({
  ...priceRow(listing, bar),
  v: size(bar.lots, form),
  sum: decimal(bar.quoteValue, 8),
})
