import type { Listing } from '../../market/live/listing.ts'

/** A number as the venue writes it: so many decimals at most, none that say nothing. */
export function decimal(value: number, decimals: number): string {
  const text = value.toFixed(decimals)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

export const price = ({ priceDecimals }: Listing, value: number): string => decimal(value, priceDecimals)

/** A rate as a ratio. */
export const rate = (value: number): string => decimal(value, 8)

/** A change in percent, as tickers show it. */
export const change = (before: number, now: number): string => decimal((100 * (now - before)) / before, 4)

export const seconds = (ms: number): number => Math.floor(ms / 1000)

/** How a client wants sizes: as text where it sent the header, else as whole numbers that were cut. */
export type SizeForm = 'text' | 'number'

export const SIZE_HEADER = 'x-gate-size-decimal'

export const sizeForm = (header: string | undefined): SizeForm => (header === '1' ? 'text' : 'number')

/** A size in contracts. */
export const size = (contracts: number, form: SizeForm): string | number =>
  form === 'text' ? String(contracts) : Math.trunc(contracts)
