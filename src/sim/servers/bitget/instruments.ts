import { lotsText, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Answer, Ask } from '../door.ts'
import { forContract, forFamily, forPair } from './asked.ts'
import { success } from './envelope.ts'
import { listed } from './families.ts'

/** All pairs in one answer, or the one that is named. */
export const symbols = (ask: Ask, market: VenueMarket): Answer =>
  ask.query.has('symbol')
    ? forPair(ask, market, (listing) => success(market, [pairRow(listing)]))
    : success(market, listed(market, 'SPOT').map(pairRow))

/** All contracts of a family, or the one that is named. */
export const contracts = (ask: Ask, market: VenueMarket): Answer =>
  ask.query.has('symbol')
    ? forContract(ask, market, (listing) => success(market, [contractRow(listing)]))
    : forFamily(ask, market, (family) => success(market, listed(market, family).map(contractRow)))

/** Precisions are counts of decimals. */
const pairRow = (listing: Listing): object => ({
  symbol: listing.name,
  baseCoin: listing.base,
  quoteCoin: listing.quote,
  minTradeAmount: lotsText(listing, 1),
  maxTradeAmount: '10000000000',
  takerFeeRate: '0.001',
  makerFeeRate: '0.001',
  pricePrecision: String(listing.priceDecimals),
  quantityPrecision: String(listing.lotDecimals),
  quotePrecision: String(listing.priceDecimals + listing.lotDecimals),
  minTradeUSDT: '1',
  status: 'online',
  buyLimitPriceRatio: '0.05',
  sellLimitPriceRatio: '0.05',
})

/** A contract is one coin; `sizeMultiplier` is the step of a size. Times that are not set are written in two ways. */
const contractRow = (listing: Listing): object => ({
  symbol: listing.name,
  baseCoin: listing.base,
  quoteCoin: listing.quote,
  buyLimitPriceRatio: '0.9',
  sellLimitPriceRatio: '0.9',
  feeRateUpRatio: '0.1',
  makerFeeRate: '0.0004',
  takerFeeRate: '0.0006',
  openCostUpRatio: '0.1',
  supportMarginCoins: [listing.quote],
  minTradeNum: lotsText(listing, 1),
  priceEndStep: '1',
  volumePlace: String(listing.lotDecimals),
  pricePlace: String(listing.priceDecimals),
  sizeMultiplier: lotsText(listing, 1),
  symbolType: 'perpetual',
  minTradeUSDT: '5',
  maxSymbolOrderNum: '999999',
  maxProductOrderNum: '999999',
  maxPositionNum: '150',
  symbolStatus: 'normal',
  offTime: '-1',
  limitOpenTime: '-1',
  deliveryTime: '',
  deliveryStartTime: '',
  launchTime: '',
  fundInterval: String(listing.fundingHours),
  minLever: '1',
  maxLever: '50',
  posLimit: '0.05',
  maintainTime: '',
})
