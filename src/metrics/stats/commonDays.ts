import type { Frame, Need } from '../../core/frame.ts'
import { gaps } from '../../core/candles.ts'
import { textParam, type Params } from '../../core/params.ts'

/** What a comparison of an asset with a series of the New York session needs: the asset at that session's closes, and the series. */
export const needsOfComparison = (params: Params): readonly Need[] => [
  { kind: 'columns', group: 'us_close' },
  { kind: 'quote', symbol: textParam(params, 'symbol') },
]

/** Days on which both are there: their bars, and both values. */
export interface CommonDays {
  readonly bars: readonly number[]
  readonly asset: readonly number[]
  readonly series: readonly number[]
}

/**
 * The days on which both an asset has a price at New York's close and a series has a value. What happens between two of them, a weekend
 * too, is one change.
 * @example commonDays(frame, { symbol: 'SPX' }).bars.length // 250
 */
export function commonDays({ columns, quotes, grid }: Frame, params: Params): CommonDays {
  const asset = columns.get('us_close.price') ?? gaps(grid.length)
  const series = quotes.get(textParam(params, 'symbol')) ?? gaps(grid.length)
  const bars = Array.from(asset.keys()).filter((i) => (asset[i] as number) > 0 && (series[i] as number) > 0)
  return { bars, asset: bars.map((i) => asset[i] as number), series: bars.map((i) => series[i] as number) }
}

/** Log changes from each to the next. */
const logChanges = (values: readonly number[]): readonly number[] =>
  values.slice(1).map((value, i) => Math.log(value / (values[i] as number)))

/**
 * A statistic of the changes of the last `n` pairs of common days, on every common day from the n-th change on.
 * @returns its outputs as columns on the frame's grid
 */
export function overCommonDays<K extends string>(
  frame: Frame,
  params: Params,
  {
    n,
    outputs,
    of,
  }: {
    readonly n: number
    readonly outputs: readonly K[]
    readonly of: (asset: readonly number[], series: readonly number[]) => Readonly<Record<K, number>>
  },
): Readonly<Record<K, Float64Array>> {
  const { bars, asset, series } = commonDays(frame, params)
  const [a, b] = [logChanges(asset), logChanges(series)]
  const columns = Object.fromEntries(outputs.map((name) => [name, gaps(frame.grid.length)])) as Record<K, Float64Array>
  for (let k = n; k < bars.length; k++) {
    const found = of(a.slice(k - n, k), b.slice(k - n, k))
    for (const name of outputs) columns[name][bars[k] as number] = found[name]
  }
  return columns
}
