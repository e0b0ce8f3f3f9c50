import { MINUTE_MS, SECOND_MS } from '../../../core/instant.ts'
import type { SimLiquidation, SimTrade } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { digestDigits } from '../answers.ts'
import type { Counting } from '../counting.ts'
import { BARS, openOf, type Bar } from './bars.ts'
import { candleRow, candlesOf } from './candles.ts'
import { CANDLE, type ChannelArg } from './channels.ts'
import { fundingRow } from './funding.ts'
import { liquidationRow, recalledRows } from './liquidations.ts'
import { markRow } from './markPrices.ts'
import { matchesOf } from './matches.ts'
import { openInterestRow } from './openInterest.ts'
import { tickerRow } from './tickers.ts'
import { matchRow, tradeRow } from './trades.ts'

/** What one subscription sends, and when. */
export interface Feed {
  readonly trade?: (trade: SimTrade) => void
  readonly liquidation?: (listing: Listing, liquidation: SimLiquidation) => void
  /** A second of the market, or more, has passed. */
  readonly tick?: (now: number) => void
}

type Push = (data: readonly unknown[]) => void

/** Least time between two tickers, two mark prices, two open interests; most between two mark prices. */
const TICKER_MS = 100
const MARK_MS = 200
const MARK_AT_LEAST_MS = 10 * SECOND_MS
const OPEN_INTEREST_MS = 3 * SECOND_MS

/** What a feed speaks of, and how. */
interface FeedOf {
  readonly market: VenueMarket
  readonly counting: Counting
  readonly push: Push
}

/** The feed of an instrument's channel. */
export function feedOf({ channel }: ChannelArg, listing: Listing, { market, counting, push }: FeedOf): Feed {
  switch (channel) {
    case 'trades':
      return { trade: (trade) => push([tradeRow(listing, trade)]) }
    case 'trades-all':
      return {
        trade: (trade) => {
          for (const match of matchesOf(trade)) push([matchRow(listing, trade, match)])
        },
      }
    case 'tickers':
      return tickerFeed(listing, market, push)
    case 'mark-price':
      return markFeed(listing, market, push)
    case 'open-interest':
      return openInterestFeed(listing, { market, counting, push })
    case 'funding-rate':
      return fundingFeed(listing, market, push)
    default:
      return candleFeed(BARS.get(channel.slice(CANDLE.length)) as Bar, listing, market, push)
  }
}

/** Liquidations of all swaps as they happen; what happened before comes first, in one message. There are none of other kinds. */
export function liquidationFeed({ instType }: ChannelArg, market: VenueMarket, push: Push): Feed {
  if (instType !== 'SWAP') return {}
  const recalled = recalledRows(market)
  if (recalled.length > 0) push(recalled)
  return { liquidation: (listing, liquidation) => push([liquidationRow(listing, [liquidation])]) }
}

/** Whole tickers on a trade, but not more often than allowed: what had to wait goes out by the clock. */
function tickerFeed(listing: Listing, market: VenueMarket, push: Push): Feed {
  let [pushed, waits] = [-Infinity, false]
  const send = (at: number): void => {
    ;[pushed, waits] = [at, false]
    push([tickerRow(market, listing, at)])
  }
  return {
    trade: ({ at }) => {
      if (at - pushed < TICKER_MS) waits = true
      else send(at)
    },
    tick: (now) => {
      if (waits && now - pushed >= TICKER_MS) send(now)
    },
  }
}

function markFeed(listing: Listing, market: VenueMarket, push: Push): Feed {
  let [pushed, last] = [-Infinity, NaN]
  const offer = (at: number): void => {
    if (at - pushed < MARK_MS) return
    const mark = market.mark(listing)
    if (mark === last && at - pushed < MARK_AT_LEAST_MS) return
    ;[pushed, last] = [at, mark]
    push([markRow(market, listing, at)])
  }
  return { trade: ({ at }) => offer(at), tick: offer }
}

function openInterestFeed(listing: Listing, { market, counting, push }: FeedOf): Feed {
  let [pushed, last] = [-Infinity, NaN]
  return {
    tick: (now) => {
      if (now - pushed < OPEN_INTEREST_MS) return
      const { longLots } = market.snapshot(listing)
      if (longLots === last) return
      ;[pushed, last] = [now, longLots]
      push([openInterestRow(listing, market, counting)])
    },
  }
}

/** Every thirty to ninety seconds, no instrument like another. */
function fundingFeed(listing: Listing, market: VenueMarket, push: Push): Feed {
  const spread = (now: number): number => Number(digestDigits(`${listing.name} ${now}`, 6)) % MINUTE_MS
  let due = market.now() + spread(market.now())
  return {
    tick: (now) => {
      if (now < due) return
      due = now + 30 * SECOND_MS + spread(now)
      push([fundingRow(market, listing, now)])
    },
  }
}

/** The whole running candle every second; before the next one, once more as finished. */
function candleFeed(bar: Bar, listing: Listing, market: VenueMarket, push: Push): Feed {
  let open = openOf(bar, market.now())
  return {
    tick: (now) => {
      for (const candle of candlesOf(market, listing, bar, { from: open, to: now + 1 }))
        push([candleRow(listing, candle)])
      open = openOf(bar, now)
    },
  }
}
