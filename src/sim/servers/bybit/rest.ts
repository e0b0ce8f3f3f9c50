import { klines, markKlines } from './candles.ts'
import type { Door } from './doors.ts'
import { answered } from './envelope.ts'
import { fundingHistory } from './funding.ts'
import { instruments } from './instruments.ts'
import { riskLimit } from './riskLimit.ts'
import { accountRatio, openInterest } from './statistics.ts'
import { tickers } from './tickers.ts'
import { recentTrades } from './trades.ts'

/** The doors of REST by their paths. */
export const DOORS: Readonly<Record<string, Door>> = {
  '/v5/market/time': (_, market) => {
    const now = market.now()
    return answered(market, { timeSecond: String(Math.floor(now / 1000)), timeNano: `${now}000000` })
  },
  '/v5/market/instruments-info': instruments,
  '/v5/market/kline': klines,
  '/v5/market/mark-price-kline': markKlines,
  '/v5/market/recent-trade': recentTrades,
  '/v5/market/tickers': tickers,
  '/v5/market/open-interest': openInterest,
  '/v5/market/account-ratio': accountRatio,
  '/v5/market/funding/history': fundingHistory,
  '/v5/market/risk-limit': riskLimit,
  // Nothing is ever announced: what a venue suffers here comes without a word.
  '/v5/system/status': (_, market) => answered(market, { list: [] }, ''),
}
