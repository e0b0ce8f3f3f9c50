import type { SimTrade } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Counting } from '../counting.ts'
import { barsOf, type Bar } from './bars.ts'
import { wideRow } from './candles.ts'
import { largestOf, liquidationRow, type Liquidated } from './liquidations.ts'
import { channelTicker } from './tickers.ts'
import { newestTrades, publicTradeRow, tradeRow } from './trades.ts'

/** Sends rows of one subscription. */
export type Push = (action: 'snapshot' | 'update', data: readonly unknown[]) => void

/** What a subscription tells: at once, of each trade or liquidation, and by the market's clock. */
export interface Topic {
  /** Whose trades it wants; it is told of no other. */
  readonly listing?: Listing
  readonly begin?: () => void
  readonly trade?: (trade: SimTrade) => void
  readonly liquidated?: (liquidated: Liquidated) => void
  readonly tick?: (now: number) => void
}

/** A real symbol under the wrong instType, or a family without contracts: acknowledged, and silent. */
export const SILENT: Topic = {}

/** Trades that a snapshot holds: how many is not documented. */
const RECENT_TRADES = 100
const RECENT_BARS = 500
/** Tickers go out no more often, ms of the machine's clock. */
const TICKER_MS = 300

/** Recent trades first, then each as it happens; newest first within a message. */
export const tradeTopic = (listing: Listing, market: VenueMarket, push: Push, rowOf = tradeRow): Topic => ({
  listing,
  begin: () => push('snapshot', newestTrades(market, listing, RECENT_TRADES, rowOf)),
  trade: (trade) => push('update', [rowOf(listing, trade)]),
})

/** The same in the words of the third generation. */
export const publicTradeTopic = (listing: Listing, market: VenueMarket, push: Push): Topic =>
  tradeTopic(listing, market, push, publicTradeRow)

/** Five hundred bars first, then the running one, once a second while trades happen. Nothing says that a bar is closed. */
export function candleTopic(listing: Listing, market: VenueMarket, bar: Bar, push: Push): Topic {
  let [open, isStale] = [0, false]
  const rowsFrom = (from: number): readonly (readonly string[])[] =>
    barsOf(market, listing, { bar, from, to: market.now() + 1 }).map((each) => wideRow(listing, each))
  return {
    listing,
    begin: () => {
      open = bar.openOf(market.now())
      push('snapshot', rowsFrom(open - RECENT_BARS * bar.stepMs).slice(-RECENT_BARS))
    },
    trade: () => void (isStale = true),
    tick: (now) => {
      const running = bar.openOf(now)
      if (!isStale && running === open) return
      for (const row of rowsFrom(open)) push('update', [row])
      open = running
      isStale = false
    },
  }
}

/** The whole ticker each time: after a trade, and by the clock without one. */
export function tickerTopic(
  listing: Listing,
  market: VenueMarket,
  { counting, clock, push }: { readonly counting: Counting; readonly clock: () => number; readonly push: Push },
): Topic {
  let sentAt = -Infinity
  const send = (): void => {
    if (clock() - sentAt < TICKER_MS) return
    sentAt = clock()
    push('snapshot', [channelTicker(listing, market, counting)])
  }
  return { listing, begin: send, trade: send, tick: send }
}

/** The largest liquidations of each second of a whole family, when it has passed. */
export function liquidationTopic(push: Push): Topic {
  let [second, seen]: [number, Liquidated[]] = [0, []]
  const flush = (): void => {
    if (seen.length > 0) push('update', largestOf(seen).map(liquidationRow))
    seen = []
  }
  return {
    liquidated: (each) => {
      const of = Math.floor(each.liquidation.at / 1000)
      if (of !== second) flush()
      second = of
      seen.push(each)
    },
    tick: (now) => {
      if (Math.floor(now / 1000) !== second) flush()
    },
  }
}
