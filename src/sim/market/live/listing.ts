/** What a venue lists: one thing to trade, with its own name and its own way of counting. */
export interface Listing {
  readonly venue: string
  readonly market: 'spot' | 'perp'
  readonly contract: 'none' | 'linear' | 'inverse'
  /** The venue's own name: `BTC-USDT-SWAP`. */
  readonly name: string
  readonly asset: string
  /** The coin as the venue names it: `1000PEPE`. */
  readonly base: string
  readonly quote: string
  /** Coins of the asset in one unit of the instrument. */
  readonly unitCoins: number
  /** Smallest quantity: units of the instrument, or for an inverse contract units of the quote. One contract where the venue counts in contracts. */
  readonly lot: number
  /** Smallest step of the price of one unit, a power of ten. */
  readonly tick: number
  /** Decimals of a price and of a quantity in units. */
  readonly priceDecimals: number
  readonly lotDecimals: number
  readonly listedAt: number
  readonly fundingHours: number
}

/**
 * Units of the instrument in so many lots.
 * @param price - of one unit, for inverse contracts
 */
export const unitsOf = (listing: Listing, lots: number, price: number): number =>
  listing.contract === 'inverse' ? (lots * listing.lot) / price : lots * listing.lot

/** Value of so many lots in the quote unit. */
export const valueOf = (listing: Listing, lots: number, price: number): number =>
  listing.contract === 'inverse' ? lots * listing.lot : lots * listing.lot * price

/** A price as text with the listing's decimals. */
export const priceText = (listing: Listing, price: number): string => price.toFixed(listing.priceDecimals)

/** A quantity in units (of the quote for inverse contracts) as text with the listing's decimals. */
export const lotsText = (listing: Listing, lots: number): string => (lots * listing.lot).toFixed(listing.lotDecimals)
