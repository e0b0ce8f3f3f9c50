import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { ok } from '../answers.ts'
import type { Counting } from '../counting.ts'
import type { Answer, Ask } from '../door.ts'
import { aggTrades } from './aggTrades.ts'
import { coinListing, perpListing, spotListing } from './exchangeInfo.ts'
import { fundingInfo, fundingRate, premiumIndex } from './funding.ts'
import { klines } from './klines.ts'
import { openInterest, openInterestHistory, ratios, takers } from './statistics.ts'
import { tickers } from './tickers.ts'

type Door = (ask: Ask, market: VenueMarket, counting: Counting) => Answer

const time: Door = (_, market) => ok({ serverTime: market.now() })

/** The doors of spot and of USD-M futures by their paths. */
export const DOORS: Readonly<Record<string, Door>> = {
  '/api/v3/time': time,
  '/fapi/v1/time': time,
  '/api/v3/ping': () => ok({}),
  '/fapi/v1/ping': () => ok({}),
  '/api/v3/exchangeInfo': spotListing,
  '/fapi/v1/exchangeInfo': (_, market) => perpListing(market),
  '/dapi/v1/exchangeInfo': (_, market) => coinListing(market),
  '/api/v3/klines': (ask, market) => klines(ask, market, 'spot'),
  '/fapi/v1/klines': (ask, market) => klines(ask, market, 'perp'),
  '/api/v3/aggTrades': (ask, market) => aggTrades(ask, market, 'spot'),
  '/fapi/v1/aggTrades': (ask, market) => aggTrades(ask, market, 'perp'),
  '/api/v3/ticker/24hr': (ask, market) => tickers(ask, market, 'spot'),
  '/fapi/v1/ticker/24hr': (ask, market) => tickers(ask, market, 'perp'),
  '/fapi/v1/openInterest': openInterest,
  '/futures/data/openInterestHist': openInterestHistory,
  '/futures/data/globalLongShortAccountRatio': (ask, market) =>
    ratios(ask, market, (each) => [each.longAccounts, each.shortAccounts]),
  '/futures/data/topLongShortAccountRatio': (ask, market) =>
    ratios(ask, market, (each) => [each.topLongAccounts, each.topShortAccounts]),
  '/futures/data/topLongShortPositionRatio': (ask, market) =>
    ratios(ask, market, (each) => [each.topLongLots, each.topShortLots]),
  '/futures/data/takerlongshortRatio': takers,
  '/fapi/v1/fundingRate': fundingRate,
  '/fapi/v1/fundingInfo': (_, market) => ok(fundingInfo(market)),
  '/fapi/v1/premiumIndex': premiumIndex,
}
