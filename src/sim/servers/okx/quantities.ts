import { unitsOf, valueOf, type Listing } from '../../market/live/listing.ts'
import { decimalText } from './decimalText.ts'

/** Smallest quantity in hundredths of a lot: contract counts are no whole numbers. */
export const HUNDREDTHS = 100

/** `sz` of so many hundredths of a lot: coins on spot, contracts of a swap. */
export const sizeText = (listing: Listing, hundredths: number): string =>
  listing.market === 'spot'
    ? decimalText((hundredths * listing.lot) / HUNDREDTHS, listing.lotDecimals + 2)
    : decimalText(hundredths / HUNDREDTHS, 2)

/** `sz` of so many lots. */
export const lotsSizeText = (listing: Listing, lots: number): string => sizeText(listing, lots * HUNDREDTHS)

/** A price, without zeros behind it. */
export const pxText = (listing: Listing, price: number): string => decimalText(price, listing.priceDecimals)

/** What was traded: `units` coins for `quoteValue`. */
interface Turnover {
  readonly units: number
  readonly quoteValue: number
}

/** Contracts in a turnover. */
const contractsIn = (listing: Listing, { units, quoteValue }: Turnover): number =>
  (listing.contract === 'inverse' ? quoteValue : units) / listing.lot

/**
 * `vol`, `volCcy` and `volCcyQuote` of a turnover. On spot these are coins, quote and quote; of a swap contracts, coins and quote
 * (dollars where it is inverse): `volCcy` changes its meaning.
 */
export function volumesOf(listing: Listing, turnover: Turnover): readonly [vol: string, ccy: string, quote: string] {
  const [units, quoteValue] = [decimalText(turnover.units, 8), decimalText(turnover.quoteValue, 8)]
  if (listing.market === 'spot') return [units, quoteValue, quoteValue]
  return [decimalText(contractsIn(listing, turnover), 2), units, quoteValue]
}

/** `oi`, `oiCcy` and `oiUsd` of so many contracts: contracts, coins, dollars. */
export const openInterestOf = (listing: Listing, lots: number, mark: number): readonly [string, string, string] => [
  decimalText(lots, 2),
  decimalText(unitsOf(listing, lots, mark), 10),
  decimalText(valueOf(listing, lots, mark), 10),
]
