import type { SimCandle } from '../../market/live/candleTape.ts'
import { lotsText, priceText, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { numberOf, ok } from '../answers.ts'
import type { Answer, Ask } from '../door.ts'
import { aggTradeFields } from './messages.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const STEPS: Readonly<Record<string, number>> = {
  '1m': MINUTE,
  '3m': 3 * MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '2h': 2 * HOUR,
  '4h': 4 * HOUR,
  '6h': 6 * HOUR,
  '8h': 8 * HOUR,
  '12h': 12 * HOUR,
  '1d': DAY,
}

/** An error as the venue words it. */
const refusal = (status: number, code: number, msg: string): Answer => ({ status, body: { code, msg } })
const badSymbol = (): Answer => refusal(400, -1121, 'Invalid symbol.')

type Door = (ask: Ask, market: VenueMarket) => Answer

/** The doors of spot and of USD-M futures by their paths. */
export const DOORS: Readonly<Record<string, Door>> = {
  '/api/v3/time': (_, market) => ok({ serverTime: market.now() }),
  '/fapi/v1/time': (_, market) => ok({ serverTime: market.now() }),
  '/api/v3/ping': () => ok({}),
  '/fapi/v1/ping': () => ok({}),
  '/api/v3/exchangeInfo': (_, market) => ok(spotListing(market)),
  '/fapi/v1/exchangeInfo': (_, market) => ok(perpListing(market)),
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

function spotListing(market: VenueMarket): unknown {
  return {
    timezone: 'UTC',
    serverTime: market.now(),
    rateLimits: [{ rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 6000 }],
    exchangeFilters: [],
    symbols: of(market, 'spot').map((listing) => ({
      symbol: listing.name,
      status: 'TRADING',
      baseAsset: listing.base,
      baseAssetPrecision: 8,
      quoteAsset: listing.quote,
      quotePrecision: 8,
      quoteAssetPrecision: 8,
      baseCommissionPrecision: 8,
      quoteCommissionPrecision: 8,
      orderTypes: ['LIMIT', 'MARKET'],
      icebergAllowed: true,
      ocoAllowed: true,
      otoAllowed: true,
      opoAllowed: true,
      quoteOrderQtyMarketAllowed: true,
      allowTrailingStop: false,
      cancelReplaceAllowed: false,
      amendAllowed: false,
      pegInstructionsAllowed: true,
      isSpotTradingAllowed: true,
      isMarginTradingAllowed: false,
      filters: filtersOf(listing),
      permissions: [],
      permissionSets: [['SPOT']],
      defaultSelfTradePreventionMode: 'NONE',
      allowedSelfTradePreventionModes: ['NONE'],
    })),
  }
}

/** When a perpetual would be delivered: never, which is written as the end of the year 2100. */
const NEVER = 4_133_404_800_000

function perpListing(market: VenueMarket): unknown {
  return {
    exchangeFilters: [],
    rateLimits: [{ interval: 'MINUTE', intervalNum: 1, limit: 2400, rateLimitType: 'REQUEST_WEIGHT' }],
    serverTime: market.now(),
    assets: [{ asset: 'USDT', marginAvailable: true, autoAssetExchange: 0 }],
    symbols: of(market, 'perp').map((listing) => ({
      symbol: listing.name,
      pair: listing.name,
      contractType: 'PERPETUAL',
      deliveryDate: NEVER,
      onboardDate: listing.listedAt,
      status: 'TRADING',
      maintMarginPercent: '2.5000',
      requiredMarginPercent: '5.0000',
      baseAsset: listing.base,
      quoteAsset: listing.quote,
      marginAsset: listing.quote,
      pricePrecision: listing.priceDecimals,
      quantityPrecision: listing.lotDecimals,
      baseAssetPrecision: 8,
      quotePrecision: 8,
      underlyingType: 'COIN',
      underlyingSubType: [],
      settlePlan: 0,
      triggerProtect: '0.15',
      filters: filtersOf(listing),
      OrderType: ['LIMIT', 'MARKET'],
      timeInForce: ['GTC', 'IOC'],
      liquidationFee: '0.010000',
      marketTakeBound: '0.30',
    })),
  }
}

const filtersOf = (listing: Listing): readonly unknown[] => [
  {
    filterType: 'PRICE_FILTER',
    minPrice: priceText(listing, listing.tick),
    maxPrice: '1000000',
    tickSize: priceText(listing, listing.tick),
  },
  { filterType: 'LOT_SIZE', minQty: lotsText(listing, 1), maxQty: '100000000', stepSize: lotsText(listing, 1) },
]

function klines({ query }: Ask, market: VenueMarket, which: 'spot' | 'perp'): Answer {
  const listing = named(query, market, which)
  if (listing === undefined) return badSymbol()
  const stepMs = STEPS[query.get('interval') ?? '']
  if (stepMs === undefined) return refusal(400, -1120, 'Invalid interval.')
  const limit = Math.min(numberOf(query, 'limit', 500), which === 'spot' ? 1000 : 1500)
  const to = numberOf(query, 'endTime', market.now()) + 1
  const from = query.has('startTime') ? numberOf(query, 'startTime', 0) : to - limit * stepMs
  const bars = market.candles(listing, { stepMs, from, to: Math.min(to, from + (limit + 1) * stepMs) })
  return ok(bars.slice(0, limit).map((bar) => klineRow(listing, bar)))
}

const klineRow = (listing: Listing, bar: SimCandle): readonly unknown[] => [
  bar.at,
  priceText(listing, bar.open),
  priceText(listing, bar.high),
  priceText(listing, bar.low),
  priceText(listing, bar.close),
  bar.units.toFixed(8),
  bar.at + bar.stepMs - 1,
  bar.quoteValue.toFixed(8),
  bar.trades,
  bar.takerBuyUnits.toFixed(8),
  bar.takerBuyQuoteValue.toFixed(8),
  '0',
]

function aggTrades({ query }: Ask, market: VenueMarket, which: 'spot' | 'perp'): Answer {
  const listing = named(query, market, which)
  if (listing === undefined) return badSymbol()
  const limit = Math.min(numberOf(query, 'limit', 500), 1000)
  const [start, end, id] = ['startTime', 'endTime', 'fromId'].map((name) => numberOf(query, name, NaN))
  if (which === 'perp' && Number(end) - Number(start) >= HOUR) {
    return refusal(400, -1127, 'More than 1 hours between startTime and endTime.')
  }
  const oldest = which === 'perp' ? market.now() - DAY : -Infinity
  const trades = market.trades(listing).filter(({ at }) => at >= oldest)
  const found = query.has('fromId')
    ? trades.filter(({ seq }) => seq >= Number(id))
    : query.has('startTime') || query.has('endTime')
      ? trades.filter(
          ({ at }) => (Number.isNaN(start) || at >= Number(start)) && (Number.isNaN(end) || at <= Number(end)),
        )
      : trades.slice(-limit)
  return ok(found.slice(0, limit).map((trade) => aggTradeFields(listing, trade)))
}

function tickers({ query }: Ask, market: VenueMarket, which: 'spot' | 'perp'): Answer {
  if (!query.has('symbol')) return ok(of(market, which).map((listing) => tickerOf(listing, market)))
  const listing = named(query, market, which)
  return listing === undefined ? badSymbol() : ok(tickerOf(listing, market))
}

function tickerOf(listing: Listing, market: VenueMarket): unknown {
  const ticker = market.ticker(listing)
  const price = (value: number): string => priceText(listing, value)
  const change = ticker.last - ticker.open24h
  const trades = market.trades(listing)
  const spotOnly = {
    prevClosePrice: price(ticker.open24h),
    bidPrice: price(ticker.bid),
    bidQty: lotsText(listing, 1),
    askPrice: price(ticker.ask),
    askQty: lotsText(listing, 1),
  }
  return {
    symbol: listing.name,
    priceChange: price(change),
    priceChangePercent: ((100 * change) / ticker.open24h).toFixed(3),
    weightedAvgPrice: price(ticker.units24h === 0 ? ticker.last : ticker.quoteValue24h / ticker.units24h),
    ...(listing.market === 'spot' ? spotOnly : {}),
    lastPrice: price(ticker.last),
    lastQty: lotsText(listing, trades.at(-1)?.lots ?? 1),
    openPrice: price(ticker.open24h),
    highPrice: price(ticker.high24h),
    lowPrice: price(ticker.low24h),
    volume: ticker.units24h.toFixed(8),
    quoteVolume: ticker.quoteValue24h.toFixed(8),
    openTime: market.now() - DAY,
    closeTime: market.now(),
    firstId: trades[0]?.firstFill ?? 0,
    lastId: trades.at(-1)?.firstFill ?? 0,
    count: ticker.trades24h,
  }
}

/** Open interest counts one side, in coins of the name. */
function openInterest({ query }: Ask, market: VenueMarket): Answer {
  const listing = named(query, market, 'perp')
  if (listing === undefined) return badSymbol()
  const { longLots } = market.snapshot(listing)
  return ok({ openInterest: lotsText(listing, longLots), symbol: listing.name, time: market.now() })
}

/** Statistics are kept for thirty days, five hundred rows a page, the newest where no start is named. */
function statistics(
  { query }: Ask,
  market: VenueMarket,
  row: (listing: Listing, snapshot: ReturnType<VenueMarket['snapshot']>) => unknown,
): Answer {
  const listing = named(query, market, 'perp')
  if (listing === undefined) return badSymbol()
  const stepMs = STEPS[query.get('period') ?? '']
  if (stepMs === undefined || stepMs < 5 * MINUTE) return refusal(400, -1120, 'Invalid interval.')
  const start = numberOf(query, 'startTime', -Infinity)
  if (start !== -Infinity && start < market.now() - 30 * DAY) {
    return refusal(400, -1130, "parameter 'startTime' is invalid.")
  }
  const end = numberOf(query, 'endTime', Infinity)
  const limit = Math.min(numberOf(query, 'limit', 30), 500)
  const found = market.snapshots(listing).filter(({ at }) => at % stepMs === 0 && at >= start && at <= end)
  return ok(found.slice(-limit).map((snapshot) => row(listing, snapshot)))
}

function openInterestHistory(ask: Ask, market: VenueMarket): Answer {
  return statistics(ask, market, (listing, { at, longLots, mark }) => ({
    symbol: listing.name,
    sumOpenInterest: (longLots * listing.lot).toFixed(8),
    sumOpenInterestValue: (longLots * listing.lot * mark).toFixed(8),
    CMCCirculatingSupply: '0',
    timestamp: at,
  }))
}

function ratios(
  ask: Ask,
  market: VenueMarket,
  sides: (snapshot: ReturnType<VenueMarket['snapshot']>) => readonly [long: number, short: number],
): Answer {
  return statistics(ask, market, (listing, snapshot) => {
    const [long, short] = sides(snapshot)
    const all = Math.max(1, long + short)
    return {
      symbol: listing.name,
      longAccount: (long / all).toFixed(4),
      longShortRatio: (long / Math.max(1, short)).toFixed(4),
      shortAccount: (short / all).toFixed(4),
      timestamp: snapshot.at,
    }
  })
}

function takers(ask: Ask, market: VenueMarket): Answer {
  return statistics(ask, market, (listing, { at, boughtLots, soldLots }) => ({
    buySellRatio: (boughtLots / Math.max(1, soldLots)).toFixed(4),
    buyVol: (boughtLots * listing.lot).toFixed(4),
    sellVol: (soldLots * listing.lot).toFixed(4),
    timestamp: at,
  }))
}

function fundingRate({ query }: Ask, market: VenueMarket): Answer {
  const listing = named(query, market, 'perp')
  if (listing === undefined) return badSymbol()
  const limit = Math.min(numberOf(query, 'limit', 100), 1000)
  const [start, end] = [numberOf(query, 'startTime', -Infinity), numberOf(query, 'endTime', Infinity)]
  const found = market.fundings(listing).filter(({ at }) => at >= start && at <= end)
  const rows = query.has('startTime') ? found.slice(0, limit) : found.slice(-limit)
  return ok(
    rows.map(({ at, rate, mark }) => ({
      symbol: listing.name,
      fundingTime: at,
      fundingRate: rate.toFixed(8),
      markPrice: mark.toFixed(8),
    })),
  )
}

const fundingInfo = (market: VenueMarket): unknown =>
  of(market, 'perp').map((listing) => ({
    symbol: listing.name,
    adjustedFundingRateCap: '0.02500000',
    adjustedFundingRateFloor: '-0.02500000',
    fundingIntervalHours: listing.fundingHours,
    disclaimer: false,
  }))

function premiumIndex({ query }: Ask, market: VenueMarket): Answer {
  if (!query.has('symbol')) return ok(of(market, 'perp').map((listing) => premiumOf(listing, market)))
  const listing = named(query, market, 'perp')
  return listing === undefined ? badSymbol() : ok(premiumOf(listing, market))
}

function premiumOf(listing: Listing, market: VenueMarket): unknown {
  const { mark, index } = market.ticker(listing)
  const { rate, at } = market.expectedFunding(listing)
  return {
    symbol: listing.name,
    markPrice: mark.toFixed(8),
    indexPrice: index.toFixed(8),
    estimatedSettlePrice: index.toFixed(8),
    lastFundingRate: rate.toFixed(8),
    interestRate: '0.00010000',
    nextFundingTime: at,
    time: market.now(),
  }
}

const of = (market: VenueMarket, which: 'spot' | 'perp'): readonly Listing[] =>
  market.listings.filter((listing) => listing.market === which)

const named = (query: URLSearchParams, market: VenueMarket, which: 'spot' | 'perp'): Listing | undefined =>
  market.listing(which, query.get('symbol') ?? '')
