import { lotsText, priceText, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { ok } from '../answers.ts'
import type { Answer, Ask } from '../door.ts'
import { listed, named } from './asked.ts'
import { REFUSALS } from './refusals.ts'

/** What is listed on spot; one symbol where one is named. */
export function spotListing({ query }: Ask, market: VenueMarket): Answer {
  const listing = named(query, market, 'spot')
  if (listing === undefined && query.has('symbol')) return REFUSALS.symbol
  return ok({
    timezone: 'UTC',
    serverTime: market.now(),
    rateLimits: [{ rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 6000 }],
    exchangeFilters: [],
    symbols: (listing === undefined ? listed(market, 'spot') : [listing]).map(spotSymbol),
  })
}

const spotSymbol = (listing: Listing): unknown => ({
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
  filters: [priceFilter(listing), lotFilter(listing, 'LOT_SIZE')],
  permissions: [],
  permissionSets: [['SPOT']],
  defaultSelfTradePreventionMode: 'NONE',
  allowedSelfTradePreventionModes: ['NONE'],
})

/** What is listed on USD-M: always everything. */
export const perpListing = (market: VenueMarket): Answer =>
  ok({
    exchangeFilters: [],
    rateLimits: [
      { interval: 'MINUTE', intervalNum: 1, limit: 2400, rateLimitType: 'REQUEST_WEIGHT' },
      { interval: 'MINUTE', intervalNum: 1, limit: 1200, rateLimitType: 'ORDERS' },
    ],
    serverTime: market.now(),
    assets: [
      { asset: 'USDT', marginAvailable: true, autoAssetExchange: 0 },
      { asset: 'BNB', marginAvailable: false, autoAssetExchange: null },
    ],
    symbols: listed(market, 'perp').map(perpSymbol),
    timezone: 'UTC',
  })

/** COIN-M is not simulated: it lists nothing. */
export const coinListing = (market: VenueMarket): Answer =>
  ok({ exchangeFilters: [], rateLimits: [], serverTime: market.now(), symbols: [], timezone: 'UTC' })

/** When a perpetual would be delivered: never, which is written as the end of the year 2100. */
const NEVER = 4_133_404_800_000

const perpSymbol = (listing: Listing): unknown => ({
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
  filters: [
    priceFilter(listing),
    lotFilter(listing, 'LOT_SIZE'),
    lotFilter(listing, 'MARKET_LOT_SIZE'),
    { filterType: 'MAX_NUM_ORDERS', limit: 200 },
    { filterType: 'MIN_NOTIONAL', notional: '5.0' },
    { filterType: 'PERCENT_PRICE', multiplierUp: '1.1500', multiplierDown: '0.8500', multiplierDecimal: '4' },
  ],
  orderTypes: ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'],
  timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
  liquidationFee: '0.010000',
  marketTakeBound: '0.30',
})

const priceFilter = (listing: Listing): unknown => ({
  filterType: 'PRICE_FILTER',
  minPrice: priceText(listing, listing.tick),
  maxPrice: '1000000',
  tickSize: priceText(listing, listing.tick),
})

const lotFilter = (listing: Listing, filterType: 'LOT_SIZE' | 'MARKET_LOT_SIZE'): unknown => ({
  filterType,
  minQty: lotsText(listing, 1),
  maxQty: '100000000',
  stepSize: lotsText(listing, 1),
})
