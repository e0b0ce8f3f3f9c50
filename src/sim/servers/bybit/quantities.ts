import type { Listing } from '../../market/live/listing.ts'

/** What was traded, as the tape counts it. */
interface Traded {
  readonly units: number
  readonly quoteValue: number
}

/** Volume: units of the instrument; dollars of an inverse contract. */
export const volumeText = ({ contract, lotDecimals }: Listing, { units, quoteValue }: Traded): string =>
  contract === 'inverse' ? quoteValue.toFixed(0) : units.toFixed(lotDecimals)

/** Turnover: what was paid in the quote; coins of an inverse contract. */
export const turnoverText = ({ contract }: Listing, { units, quoteValue }: Traded): string =>
  contract === 'inverse' ? units.toFixed(8) : quoteValue.toFixed(8)

/** A number with at most so many decimals and no zeros behind them. */
export const trimmed = (value: number, decimals: number): string =>
  value
    .toFixed(decimals)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
