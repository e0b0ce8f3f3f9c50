import { lotsText, priceText, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { digestDigits } from '../answers.ts'
import type { Answer } from '../door.ts'
import { categoryNamed, listedAs, listedIn, type Category } from './category.ts'
import { limitOf, namedCategoryDoor } from './doors.ts'
import { answered, invalid, refused } from './envelope.ts'
import { FUNDING_CAP } from './tickers.ts'

/** GET /v5/market/instruments-info. An unknown symbol is an error for contracts and an empty list for spot. */
export const instruments = namedCategoryDoor(({ query }, market) => {
  const category = categoryNamed(query)
  if (category === undefined) return undefined
  const name = query.get('symbol')
  const named = name === null ? undefined : listedAs(market, category, name)
  if (category === 'spot') return spotAnswer(market, name === null ? listedIn(market, category) : asList(named))
  if (name === null) return pageOfContracts(query, market, category)
  if (named === undefined) {
    return refused(market, 'params error: symbol invalid', { category: '', list: [], nextPageCursor: '' })
  }
  return answered(market, { category, list: [contractInfo(named)], nextPageCursor: '' })
})

const asList = (listing: Listing | undefined): readonly Listing[] => (listing === undefined ? [] : [listing])

/** Spot has no pages: everything comes at once. */
const spotAnswer = (market: VenueMarket, listings: readonly Listing[]): Answer =>
  answered(market, { category: 'spot', list: listings.map(spotInfo) })

/** Only what trades comes unasked, and everything here trades. The last page has a cursor too; behind it is nothing. */
function pageOfContracts(query: URLSearchParams, market: VenueMarket, category: Category): Answer {
  const limit = limitOf(query, { usual: 500, most: 1000 })
  if (limit === undefined) return invalid(market, 'limit')
  const after = /^first=[^&]*&last=(.+)$/.exec(query.get('cursor') ?? '')?.[1]
  if (after === undefined && (query.get('cursor') ?? '') !== '') return invalid(market, 'cursor')
  const coin = query.get('baseCoin')
  const found = (query.get('status') ?? 'Trading') === 'Trading' ? listedIn(market, category) : []
  const list = found
    .filter(({ base, name }) => (coin === null || base === coin) && (after === undefined || name > after))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, limit)
  const [first, last] = [list[0], list.at(-1)]
  const cursor = first === undefined || last === undefined ? '' : `first=${first.name}&last=${last.name}`
  return answered(market, {
    category,
    list: list.map(contractInfo),
    nextPageCursor: encodeURIComponent(cursor),
  })
}

const symbolId = ({ market, name }: Listing): number => Number(digestDigits(`${market}/${name}`, 6))

const spotInfo = (listing: Listing): unknown => ({
  symbolId: symbolId(listing),
  symbol: listing.name,
  baseCoin: listing.base,
  quoteCoin: listing.quote,
  innovation: '0',
  status: 'Trading',
  marginTrading: 'utaOnly',
  stTag: '0',
  lotSizeFilter: {
    basePrecision: lotsText(listing, 1),
    quotePrecision: '0.0000001',
    minOrderQty: lotsText(listing, 1),
    maxOrderQty: lotsText(listing, 10_000_000),
    minOrderAmt: '5',
    maxOrderAmt: '8000000',
    maxLimitOrderQty: lotsText(listing, 10_000_000),
    maxMarketOrderQty: lotsText(listing, 5_000_000),
    postOnlyMaxLimitOrderSize: lotsText(listing, 10_000_000),
  },
  priceFilter: { tickSize: priceText(listing, listing.tick) },
  riskParameters: { priceLimitRatioX: '0.005', priceLimitRatioY: '0.01' },
  symbolType: '',
})

const contractInfo = (listing: Listing): unknown => ({
  symbol: listing.name,
  symbolId: symbolId(listing),
  contractType: listing.contract === 'inverse' ? 'InversePerpetual' : 'LinearPerpetual',
  status: 'Trading',
  baseCoin: listing.base,
  quoteCoin: listing.quote,
  launchTime: String(listing.listedAt),
  deliveryTime: '0',
  deliveryFeeRate: '',
  priceScale: String(listing.priceDecimals),
  leverageFilter: { minLeverage: '1', maxLeverage: '100.00', leverageStep: '0.01' },
  priceFilter: {
    minPrice: priceText(listing, listing.tick),
    maxPrice: priceText(listing, 1_999_999),
    tickSize: priceText(listing, listing.tick),
  },
  lotSizeFilter: {
    maxOrderQty: lotsText(listing, 10_000_000),
    minOrderQty: lotsText(listing, 1),
    qtyStep: lotsText(listing, 1),
    postOnlyMaxOrderQty: lotsText(listing, 10_000_000),
    maxMktOrderQty: lotsText(listing, 5_000_000),
    minNotionalValue: '5',
  },
  unifiedMarginTrade: true,
  fundingInterval: 60 * listing.fundingHours,
  settleCoin: listing.contract === 'inverse' ? listing.base : listing.quote,
  copyTrading: 'both',
  upperFundingRate: String(FUNDING_CAP),
  lowerFundingRate: String(-FUNDING_CAP),
  isPreListing: false,
  preListingInfo: null,
  riskParameters: { priceLimitRatioX: '0.01', priceLimitRatioY: '0.02' },
  symbolType: '',
})
