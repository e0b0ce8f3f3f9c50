import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Counting } from '../counting.ts'
import type { Answer, Ask } from '../door.ts'
import { candles, historyCandles } from './candles.ts'
import { fundingHistory, fundingRate } from './funding.ts'
import { instruments } from './instruments.ts'
import { markPrices } from './markPrices.ts'
import { openInterest } from './openInterest.ts'
import { positionTiers } from './positionTiers.ts'
import { doorGone, rowsOf } from './refusals.ts'
import {
  accountRatio,
  coinOpenInterestVolume,
  openInterestHistory,
  takerVolume,
  topAccountRatio,
  topPositionRatio,
} from './statistics.ts'
import { ticker, tickers } from './tickers.ts'
import { historyTrades, trades } from './trades.ts'

/** A door, and its budget: questions in two seconds, by address and, where named, by that of the query too. */
interface Door {
  readonly answer: (ask: Ask, market: VenueMarket, counting: Counting) => Answer
  readonly budget: number
  readonly by?: 'instId' | 'instType'
}

/** The public doors by their paths. That of liquidations is gone from the documents. */
export const DOORS: Readonly<Record<string, Door>> = {
  '/api/v5/public/time': { answer: (_, market) => rowsOf([{ ts: String(market.now()) }]), budget: 10 },
  '/api/v5/public/instruments': { answer: instruments, budget: 20, by: 'instType' },
  '/api/v5/public/open-interest': { answer: openInterest, budget: 20, by: 'instId' },
  '/api/v5/public/funding-rate': { answer: fundingRate, budget: 10, by: 'instId' },
  '/api/v5/public/funding-rate-history': { answer: fundingHistory, budget: 10, by: 'instId' },
  '/api/v5/public/mark-price': { answer: markPrices, budget: 10, by: 'instId' },
  '/api/v5/public/position-tiers': { answer: positionTiers, budget: 10 },
  '/api/v5/public/liquidation-orders': { answer: doorGone, budget: 40 },
  '/api/v5/market/candles': { answer: candles, budget: 40 },
  '/api/v5/market/history-candles': { answer: historyCandles, budget: 20 },
  '/api/v5/market/trades': { answer: trades, budget: 100 },
  '/api/v5/market/history-trades': { answer: historyTrades, budget: 20 },
  '/api/v5/market/ticker': { answer: ticker, budget: 20 },
  '/api/v5/market/tickers': { answer: tickers, budget: 20 },
  '/api/v5/rubik/stat/contracts/open-interest-history': { answer: openInterestHistory, budget: 10, by: 'instId' },
  '/api/v5/rubik/stat/contracts/open-interest-volume': { answer: coinOpenInterestVolume, budget: 5 },
  '/api/v5/rubik/stat/contracts/long-short-account-ratio-contract': { answer: accountRatio, budget: 5, by: 'instId' },
  '/api/v5/rubik/stat/contracts/long-short-account-ratio-contract-top-trader': {
    answer: topAccountRatio,
    budget: 5,
    by: 'instId',
  },
  '/api/v5/rubik/stat/contracts/long-short-position-ratio-contract-top-trader': {
    answer: topPositionRatio,
    budget: 5,
    by: 'instId',
  },
  '/api/v5/rubik/stat/taker-volume-contract': { answer: takerVolume, budget: 5, by: 'instId' },
}
