import { DAY_MS, HOUR_MS } from '../../../core/instant.ts'
import type { SimCandle } from '../../market/live/candleTape.ts'
import { priceText, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { numberOf } from '../answers.ts'
import type { Answer, Ask } from '../door.ts'
import { forContract, forPair } from './asked.ts'
import { barsOf, MIX_BARS, SPOT_BARS, type Bar } from './bars.ts'
import { cannotBeEmpty, isWrong, success } from './envelope.ts'

/** What the door of recent candles still holds: bars up to a length, for so many days. Longer ones have no bound. */
const DEPTHS: readonly (readonly [stepMs: number, days: number])[] = [
  [5 * 60_000, 30],
  [15 * 60_000, 52],
  [30 * 60_000, 62],
  [HOUR_MS, 83],
  [2 * HOUR_MS, 120],
  [4 * HOUR_MS, 240],
  [6 * HOUR_MS, 360],
]

/** A window of contracts' candles is at most so long. */
const WINDOW_MS = 90 * DAY_MS

/**
 * Recent candles: the newest of a window, the running bar last. Beyond its depth the door answers an empty list without an
 * error, and so it does for a bar whose name it does not know. Whether `endTime` bounds the open here too is measured for
 * the door of history only.
 */
export const spotCandles = (ask: Ask, market: VenueMarket): Answer =>
  forPair(ask, market, (listing) => recent(ask, market, listing, SPOT_BARS))

export const mixCandles = (ask: Ask, market: VenueMarket): Answer =>
  forContract(ask, market, (listing) => {
    const [start, end] = [numberOf(ask.query, 'startTime', NaN), numberOf(ask.query, 'endTime', NaN)]
    if (end - start > WINDOW_MS) return isWrong(market, 'startTime')
    // There is no past of mark and index prices in this world.
    const isTraded = ['MARKET', ''].includes((ask.query.get('kLineType') ?? '').toUpperCase())
    return isTraded ? recent(ask, market, listing, MIX_BARS) : success(market, [])
  })

/** Older candles: closed ones only, that open before `endTime`. Spot must name it; `startTime` changes nothing. */
export const spotHistoryCandles = (ask: Ask, market: VenueMarket): Answer =>
  forPair(ask, market, (listing) =>
    ask.query.has('endTime') ? old(ask, market, listing, SPOT_BARS) : cannotBeEmpty(market, 'endTime'),
  )

export const mixHistoryCandles = (ask: Ask, market: VenueMarket): Answer =>
  forContract(ask, market, (listing) => old(ask, market, listing, MIX_BARS))

type Names = Readonly<Record<string, Bar>>

function recent({ query }: Ask, market: VenueMarket, listing: Listing, names: Names): Answer {
  const bar = asked(query, names)
  if (bar === undefined) return success(market, [])
  const now = market.now()
  const limit = limitOf(query, 1000)
  const to = numberOf(query, 'endTime', now + 1)
  const days = DEPTHS.find(([stepMs]) => bar.stepMs <= stepMs)?.[1] ?? Infinity
  const from = Math.max(
    query.has('startTime') ? bar.openOf(numberOf(query, 'startTime', 0)) : -Infinity,
    bar.openOf(to - 1) - limit * bar.stepMs,
    now - days * DAY_MS,
  )
  return rows(market, listing, barsOf(market, listing, { bar, from, to }).slice(-limit))
}

/** The page begins so many bars before the edge below `endTime`: one row more where `endTime` passes an edge. */
function old({ query }: Ask, market: VenueMarket, listing: Listing, names: Names): Answer {
  const bar = asked(query, names)
  if (bar === undefined) return success(market, [])
  const limit = limitOf(query, 200)
  const to = numberOf(query, 'endTime', market.now())
  const edge = bar.openOf(to)
  const from = edge - limit * bar.stepMs
  const running = bar.openOf(market.now())
  const closed = barsOf(market, listing, { bar, from, to: Math.min(to, running) })
  return rows(market, listing, closed.slice(-(to === edge ? limit : limit + 1)))
}

const asked = (query: URLSearchParams, names: Names): Bar | undefined =>
  Object.hasOwn(names, query.get('granularity') ?? '') ? names[query.get('granularity') ?? ''] : undefined

/** A page is capped without an error. */
export const limitOf = (query: URLSearchParams, most: number, otherwise = 100): number =>
  Math.min(Math.max(1, numberOf(query, 'limit', otherwise)), most)

const rows = (market: VenueMarket, listing: Listing, bars: readonly SimCandle[]): Answer =>
  success(
    market,
    bars.map((bar) => (listing.market === 'spot' ? wideRow(listing, bar) : narrowRow(listing, bar))),
  )

/** Contracts have seven columns: open time, four prices, volume in the base coin and in the quote coin. */
const narrowRow = (listing: Listing, bar: SimCandle): readonly string[] => [
  String(bar.at),
  priceText(listing, bar.open),
  priceText(listing, bar.high),
  priceText(listing, bar.low),
  priceText(listing, bar.close),
  bar.units.toFixed(8),
  bar.quoteValue.toFixed(8),
]

/** Spot, and every channel, has the volume in USDT as an eighth: the same number here. */
export const wideRow = (listing: Listing, bar: SimCandle): readonly string[] => [
  ...narrowRow(listing, bar),
  bar.quoteValue.toFixed(8),
]
