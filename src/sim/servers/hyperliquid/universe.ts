import { MAINTENANCE } from '../../market/live/accounts.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'

/** A place in the list of perpetuals. Places never shift: a coin that is taken off the list keeps its own. */
export interface Place {
  readonly name: string
  readonly szDecimals: number
  /** Where the mark stood when it was last looked at; frozen from the delisting on. */
  mark: number
}

/** A coin that was delisted long ago: readers must count with such rows. */
const LONG_GONE: Readonly<Place> = { name: 'MATIC', szDecimals: 1, mark: 0.37 }
const LONG_GONE_AT = 2

const placesByMarket = new WeakMap<VenueMarket, Place[]>()

/** All places of the first dex: new listings stand at the end. */
export function placesOf(market: VenueMarket): readonly Place[] {
  const places = placesByMarket.get(market) ?? []
  placesByMarket.set(market, places)
  for (const listing of market.listings) {
    if (listing.market !== 'perp' || places.some(({ name }) => name === listing.name)) continue
    if (places.length === LONG_GONE_AT) places.push({ ...LONG_GONE })
    places.push({ name: listing.name, szDecimals: listing.lotDecimals, mark: market.mark(listing) })
  }
  return places
}

/** The listing of a coin that trades; undefined for any other name, and where it was delisted. */
export const listed = (market: VenueMarket, coin: unknown): Listing | undefined =>
  typeof coin === 'string' ? market.listing('perp', coin) : undefined

/** Whether a coin stands in the list, be it delisted. */
export const isKnown = (market: VenueMarket, coin: unknown): boolean =>
  placesOf(market).some(({ name }) => name === coin)

/** Maintenance is half of the initial margin at the highest leverage, by which the world's maintenance is this: 100. */
export const MAX_LEVERAGE = 1 / (2 * MAINTENANCE)

interface MarginTable {
  readonly description: string
  readonly marginTiers: readonly { readonly lowerBound: string; readonly maxLeverage: number }[]
}

const FLAT_TABLE = 56
const MARGIN_TABLES: readonly (readonly [id: number, table: MarginTable])[] = [
  [FLAT_TABLE, { description: '', marginTiers: [{ lowerBound: '0.0', maxLeverage: MAX_LEVERAGE }] }],
]

/** One table of leverage by notional; undefined where there is none of that id. */
export const marginTable = (id: unknown): MarginTable | undefined => MARGIN_TABLES.find(([each]) => each === id)?.[1]

/** What is listed, as `meta` gives it. */
export function meta(market: VenueMarket): unknown {
  return {
    universe: placesOf(market).map(({ name, szDecimals }) => ({
      szDecimals,
      name,
      maxLeverage: MAX_LEVERAGE,
      marginTableId: FLAT_TABLE,
      ...(listed(market, name) === undefined ? { isDelisted: true } : {}),
    })),
    marginTables: MARGIN_TABLES,
    collateralToken: 0,
  }
}

/** No pair of spot is simulated; its currency is there. */
export const SPOT_META = {
  universe: [],
  tokens: [
    {
      name: 'USDC',
      szDecimals: 8,
      weiDecimals: 8,
      index: 0,
      tokenId: '0x6d1e7cde53ba9467b783cb7c530ce054',
      isCanonical: true,
      evmContract: null,
      fullName: null,
    },
  ],
}
