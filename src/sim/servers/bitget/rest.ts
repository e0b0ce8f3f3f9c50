import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Counting } from '../counting.ts'
import type { Answer, Ask } from '../door.ts'
import { mixCandles, mixHistoryCandles, spotCandles, spotHistoryCandles } from './candles.ts'
import { success } from './envelope.ts'
import { currentFundRate, fundingTime, historyFundRate } from './funding.ts'
import { contracts, symbols } from './instruments.ts'
import { liquidations } from './liquidations.ts'
import { openInterest } from './openInterest.ts'
import { accountLongShort, longShort, positionLongShort } from './positioning.ts'
import { queryPositionLever } from './riskTiers.ts'
import { mixTicker, mixTickers, spotTickers, symbolPrice } from './tickers.ts'
import { mixFills, mixFillsHistory, spotFills, spotFillsHistory } from './trades.ts'

/** What a door answers, and how often a second it may be asked. */
export interface Door {
  readonly asksASecond: number
  readonly answer: (ask: Ask, market: VenueMarket, counting: Counting) => Answer
}

const door = (asksASecond: number, answer: Door['answer']): Door => ({ asksASecond, answer })

/** The doors by their paths. */
export const DOORS: ReadonlyMap<string, Door> = new Map([
  ['/api/v2/public/time', door(20, (_, market) => success(market, { serverTime: String(market.now()) }))],
  ['/api/v2/spot/public/symbols', door(20, symbols)],
  ['/api/v2/spot/market/candles', door(20, spotCandles)],
  ['/api/v2/spot/market/history-candles', door(20, spotHistoryCandles)],
  ['/api/v2/spot/market/fills', door(10, spotFills)],
  ['/api/v2/spot/market/fills-history', door(10, spotFillsHistory)],
  ['/api/v2/spot/market/tickers', door(20, spotTickers)],
  ['/api/v2/mix/market/contracts', door(20, contracts)],
  ['/api/v2/mix/market/candles', door(20, mixCandles)],
  ['/api/v2/mix/market/history-candles', door(20, mixHistoryCandles)],
  ['/api/v2/mix/market/fills', door(20, mixFills)],
  ['/api/v2/mix/market/fills-history', door(10, mixFillsHistory)],
  ['/api/v2/mix/market/ticker', door(20, mixTicker)],
  ['/api/v2/mix/market/tickers', door(20, mixTickers)],
  ['/api/v2/mix/market/symbol-price', door(20, symbolPrice)],
  ['/api/v2/mix/market/open-interest', door(20, openInterest)],
  ['/api/v2/mix/market/current-fund-rate', door(20, currentFundRate)],
  ['/api/v2/mix/market/funding-time', door(20, fundingTime)],
  ['/api/v2/mix/market/history-fund-rate', door(20, historyFundRate)],
  ['/api/v2/mix/market/account-long-short', door(1, accountLongShort)],
  ['/api/v2/mix/market/position-long-short', door(1, positionLongShort)],
  ['/api/v2/mix/market/long-short', door(1, longShort)],
  ['/api/v2/mix/market/query-position-lever', door(10, queryPositionLever)],
  // Chains and loans of coins are no matter of this desk; a client that reads all of the venue asks before it lists pairs.
  ['/api/v2/spot/public/coins', door(3, (_, market) => success(market, []))],
  ['/api/v2/margin/currencies', door(10, (_, market) => success(market, []))],
  ['/api/v3/market/liquidations', door(5, liquidations)],
])
