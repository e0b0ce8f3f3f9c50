import { closeAt, openAt, sliceCandles, type Candles } from '../core/candles.ts'
import type { ColumnGroup, Input } from '../core/frame.ts'
import { instant } from '../core/instant.ts'
import type { ContractReading } from './contractReading.ts'
import type { FrameReader } from './frameReader.ts'
import type { Reading } from './reading.ts'
import { sayInstant, sayList, sayVenue } from './wording.ts'

/** The last days of what is known of contracts, as one figure shows them. */
export interface ContractView {
  readonly candles: Candles
  /** Index of the first bar in the whole. */
  readonly from: number
  /** A measure over the same bars, of all venues or of the reader that is given. */
  readonly column: (id: string, reader?: FrameReader) => Float64Array
}

/** A view over the last days; all there are where they are fewer. */
export function contractView({ all }: ContractReading, days: number): ContractView {
  const from = Math.max(0, all.candles.length - days)
  const candles = sliceCandles(all.candles, from, all.candles.length)
  return {
    candles,
    from,
    column: (id, reader = all) => {
      const column = reader.column(id)
      return Float64Array.from({ length: candles.length }, (_, i) => column[reader.barOf(openAt(candles, i))] ?? NaN)
    },
  }
}

/** True where any of a note's candles or columns was made by no market. */
export const isSimulated = ({ simulated }: Reading, { all }: ContractReading): boolean =>
  simulated || all.frame.inputs.some((input) => input.simulated)

/** True where a column has a value. */
export const hasValues = (column: Float64Array): boolean => column.some((value) => !Number.isNaN(value))

/** The venues that some groups of columns came from: `Binance and Bybit`. */
export function sayVenuesOf(inputs: readonly Input[], ...groups: readonly ColumnGroup[]): string {
  const wanted = inputs.filter(({ kind }) => (groups as readonly string[]).includes(kind))
  return sayList([...new Set(wanted.map(({ venue }) => sayVenue(venue)))])
}

/** `to 23 April 2025, 00:00 UTC`: the close of the last bar that a column has. */
export function sayUntil({ candles }: FrameReader, column: Float64Array): string {
  const bar = column.findLastIndex((value) => !Number.isNaN(value))
  return `to ${sayInstant(instant(closeAt(candles, bar)))}`
}
