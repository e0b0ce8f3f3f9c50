import { intervalMs, type Interval } from '../core/interval.ts'
import type { SeriesOffer } from './seriesOffer.ts'

export interface SeriesWish {
  readonly interval: Interval
  readonly venue?: string
  readonly market?: string
}

const MARKET_ORDER = ['spot', 'perp', 'index']
const QUOTE_ORDER = ['USDT', 'USDC', 'USD']

/**
 * The one series that stands for an asset: real before simulated, spot before perp, native interval before one built from a
 * finer, quote USDT, USDC, USD, then the others by name, then within one quote the largest 30-day turnover, then the instrument
 * that is known furthest, then the coarsest interval to build from, then the most rows.
 * @param offers - every series of the asset as known at T
 * @param wish - interval, and venue or market where the reader insists
 * @returns the chosen offer, or undefined where no offer can give that interval
 * @example chooseSeries([hourlySpot, dailyPerp], { interval: '1d' }) // hourlySpot
 */
export function chooseSeries(offers: readonly SeriesOffer[], wish: SeriesWish): SeriesOffer | undefined {
  const able = offers.filter((offer) => canGive(offer, wish))
  const turnover = largestByInstrument(offers, (offer) => offer.quoteVolume30d)
  const end = largestByInstrument(able, (offer) => offer.to)
  const ranks = [realness, market, nativeness(wish.interval), quotes(able), turnover, end, coarseness, fewness]
  return able.toSorted((a, b) => {
    for (const rank of ranks) {
      const difference = rank(a) - rank(b)
      if (difference !== 0) return difference
    }
    return instrumentKey(a) < instrumentKey(b) ? -1 : 1
  })[0]
}

function canGive(offer: SeriesOffer, wish: SeriesWish): boolean {
  const wanted = intervalMs(wish.interval)
  const held = intervalMs(offer.interval)
  return (
    held <= wanted &&
    wanted % held === 0 &&
    (wish.venue === undefined || offer.venue === wish.venue) &&
    (wish.market === undefined || offer.market === wish.market)
  )
}

type Rank = (offer: SeriesOffer) => number

const realness: Rank = (offer) => Number(offer.simulated)
const market: Rank = (offer) => place(MARKET_ORDER, offer.market)
const coarseness: Rank = (offer) => -intervalMs(offer.interval)
const fewness: Rank = (offer) => -offer.rows
const nativeness =
  (interval: Interval): Rank =>
  (offer) =>
    Number(offer.interval !== interval)

/** Every quote has a place of its own: turnover in two currencies cannot be compared. */
function quotes(offers: readonly SeriesOffer[]): Rank {
  const order = [...QUOTE_ORDER, ...offers.map(({ quote }) => quote).toSorted()]
  return (offer) => place(order, offer.quote)
}

/** A figure of an instrument, the same whatever interval it was counted from; the largest comes first. */
function largestByInstrument(offers: readonly SeriesOffer[], figure: Rank): Rank {
  const largest = new Map<string, number>()
  for (const offer of offers) {
    const key = instrumentKey(offer)
    largest.set(key, Math.max(largest.get(key) ?? 0, figure(offer)))
  }
  return (offer) => -(largest.get(instrumentKey(offer)) ?? 0)
}

const instrumentKey = (offer: SeriesOffer): string => `${offer.venue}/${offer.market}/${offer.instrument}`

function place(order: readonly string[], value: string): number {
  const found = order.indexOf(value)
  return found === -1 ? order.length : found
}
