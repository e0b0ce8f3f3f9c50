import { scaleLinear, scaleLog } from 'd3-scale'
import { decimalsOf, formatFixed } from './format.ts'

/** A value axis: where a value stands, and the ticks that fit. */
export interface ValueScale {
  readonly kind: 'linear' | 'log'
  /** Pixels from the top of the figure; NaN for a gap. */
  readonly y: (value: number) => number
  readonly ticks: readonly ValueTick[]
}

export interface ValueTick {
  readonly y: number
  readonly label: string
}

/** What an axis must show and where it stands. */
export interface ValueRange {
  readonly low: number
  readonly high: number
  /** Pixels; `bottom` is the greater. */
  readonly top: number
  readonly bottom: number
  /** Least pixels between two ticks. */
  readonly spacing: number
  /** How ticks are written; unless said in full, with as many decimals as the finest of them needs. */
  readonly write?: (value: number) => string
}

/**
 * A price axis: logarithmic where the highest price is more than double the lowest, so that equal percentages look equal.
 * @example priceScale({ low: 10, high: 30, top: 0, bottom: 100, spacing: 20 }).kind // 'log'
 */
export function priceScale(range: ValueRange): ValueScale {
  const wanted = range.low > 0 && range.high > 2 * range.low
  return wanted ? logScale(range) : linearScale(range)
}

/**
 * An axis with equal steps. A range of no height is widened, so that a flat line stands in the middle.
 * @example linearScale({ low: 0, high: 100, top: 0, bottom: 200, spacing: 20 }).y(50) // 100
 */
export function linearScale(range: ValueRange): ValueScale {
  const { low, high } = widened(range)
  const scale = scaleLinear([low, high], [range.bottom, range.top])
  const count = Math.max(2, Math.floor((range.bottom - range.top) / range.spacing))
  return { kind: 'linear', y: scale, ticks: labelled(scale.ticks(count), scale, range.spacing * 0.6, range.write) }
}

/**
 * An axis with equal ratios.
 * @param range - `low` above 0
 */
export function logScale(range: ValueRange): ValueScale {
  const { low, high } = widened(range)
  const scale = scaleLog([low, high], [range.bottom, range.top])
  const values =
    high / low < 12 ? roundSteps(low, high) : scale.ticks().filter((value) => /^[125]/.test(mantissa(value)))
  return { kind: 'log', y: scale, ticks: labelled(values, scale, range.spacing, range.write) }
}

/** Round values at the steps that suit the low end; what crowds at the high end is thinned by `labelled`. */
function roundSteps(low: number, high: number): readonly number[] {
  const step = 10 ** Math.floor(Math.log10(low)) / (high / low < 4 ? 2 : 1)
  return scaleLinear([low, high], [0, 1]).ticks(Math.max(4, Math.round((high - low) / step)))
}

const mantissa = (value: number): string => value.toExponential()

function labelled(
  values: readonly number[],
  y: (value: number) => number,
  spacing: number,
  write?: (value: number) => string,
): readonly ValueTick[] {
  const kept: number[] = []
  for (const value of roundestFirst(values)) {
    if (kept.every((other) => Math.abs(y(other) - y(value)) >= spacing)) kept.push(value)
  }
  const decimals = decimalsOf(kept)
  const words = write ?? ((value: number): string => formatFixed(value, decimals))
  return kept.sort((a, b) => a - b).map((value) => ({ y: y(value), label: words(value) }))
}

/** Values with fewer significant figures come first: where two ticks crowd, 2,000 stays and 2,200 goes. */
const roundestFirst = (values: readonly number[]): readonly number[] =>
  [...values].sort((a, b) => figures(a) - figures(b) || a - b)

const figures = (value: number): number => mantissa(value).replace(/e.*/, '').length

function widened({ low, high }: ValueRange): { readonly low: number; readonly high: number } {
  if (high > low) return { low, high }
  const half = Math.abs(low) * 0.01 || 1
  return { low: low - half, high: high + half }
}
