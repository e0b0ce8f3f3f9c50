import { barAt, gaps, type Candles } from '../../core/candles.ts'
import { candleMetric } from '../candleMetric.ts'
import type { Columns, Metric, Output, Values } from '../metric.ts'
import { channelTracker, type ChannelReading } from './channelTracker.ts'

/** A channel as a figure draws it: two parallel lines in log price. */
export interface Channel {
  /** Index of its first bar, and of the bar that is judged against it. */
  readonly start: number
  readonly end: number
  /** Change of log price per bar. */
  readonly slope: number
  /** Log price of each edge at bar `start`; at bar k it is `upper + slope * (k - start)`. */
  readonly upper: number
  readonly lower: number
  readonly touchesUpper: number
  readonly touchesLower: number
  /** Closes of bars `start` to `end - 1` that lie inside, in percent. */
  readonly insidePct: number
  /** Channels that meet the definition, this one among them. */
  readonly admissible: number
}

/**
 * The channel that bar `i` is judged against: fitted to the bars before it.
 * @param candles - columns on one grid, oldest first; a gap starts over, as if nothing had been before it
 * @param i - index of the bar; the last unless said
 * @returns the chosen channel, its bars counted in `candles`; undefined where none is admissible, or bar `i` is a gap or lies outside
 * @see channelTracker - the definition
 * @example const { upper, slope, start } = channelAt(candles, i); Math.exp(upper + slope * (i - start)) // 1617.3
 */
export function channelAt(candles: Candles, i = candles.length - 1): Channel | undefined {
  let from = i + 1
  while (from > 0 && !isGap(candles, from - 1)) from--
  const tracker = channelTracker()
  let reading: Readonly<ChannelReading> | undefined
  for (let k = from; k <= i; k++) reading = tracker.step(barAt(candles, k))
  if (reading === undefined || Number.isNaN(reading.upper)) return undefined
  const back = reading.slope * (reading.bars - 1)
  return {
    start: from + reading.start,
    end: i,
    slope: reading.slope,
    upper: reading.upper - back,
    lower: reading.lower - back,
    touchesUpper: reading.touchesUpper,
    touchesLower: reading.touchesLower,
    insidePct: reading.insidePct,
    admissible: reading.admissible,
  }
}

const OUTPUTS = [
  { name: 'upper', unit: 'quote' },
  { name: 'lower', unit: 'quote' },
  { name: 'middle', unit: 'quote' },
  { name: 'distance_upper_atr', unit: 'atr' },
  { name: 'distance_lower_atr', unit: 'atr' },
  { name: 'slope_pct_per_bar', unit: 'pct' },
  { name: 'touches_upper', unit: 'count' },
  { name: 'touches_lower', unit: 'count' },
  { name: 'inside_pct', unit: 'pct' },
  { name: 'admissible', unit: 'count' },
  { name: 'upper_min', unit: 'quote' },
  { name: 'upper_max', unit: 'quote' },
  { name: 'lower_min', unit: 'quote' },
  { name: 'lower_max', unit: 'quote' },
  { name: 'bars', unit: 'bars' },
] as const satisfies readonly Output[]

type ChannelValues = Record<(typeof OUTPUTS)[number]['name'], number>

/**
 * Registry entry `channel`. Each bar shows the channel fitted to the bars before it: `.upper`, `.lower` and `.middle` (the geometric mean of
 * the two) at that bar; `.distance_upper_atr` and `.distance_lower_atr`, (close - edge) / ATR(14), above 0 where the close is above that
 * edge; `.slope_pct_per_bar`; `.touches_upper`, `.touches_lower` (pivots); `.inside_pct` of the closes before; `.bars` from its start to
 * this bar, both counted. It is a choice: `.admissible` channels met the definition (0 where none did), their edges between `.upper_min`
 * and `.upper_max`, `.lower_min` and `.lower_max`. All NaN where there is none; a gap starts over.
 */
export const channelMetric: Metric = candleMetric({
  id: 'channel',
  title: 'Price channel in log price',
  params: [],
  outputs: OUTPUTS,
  fields: ['high', 'low', 'close'],
  kernel: (run) => {
    const columns = Object.fromEntries(OUTPUTS.map(({ name }) => [name, gaps(run.length)])) as Columns &
      Record<keyof ChannelValues, Float64Array>
    const tracker = channelTracker()
    for (let i = 0; i < run.length; i++) {
      const reading = tracker.step(barAt(run, i))
      columns.admissible[i] = reading.admissible
      if (!(reading.admissible > 0)) continue
      const values = channelValues(reading, run.close[i] as number)
      for (const { name } of OUTPUTS) columns[name][i] = values[name]
    }
    return columns
  },
  stream: () => {
    let tracker = channelTracker()
    return (bar): Values => {
      if (Number.isNaN(bar.high + bar.low + bar.close)) {
        tracker = channelTracker()
        return NONE
      }
      const reading = tracker.step(bar)
      return reading.admissible > 0 ? channelValues(reading, bar.close) : { ...NONE, admissible: reading.admissible }
    }
  },
})

const NONE: Values = Object.fromEntries(OUTPUTS.map(({ name }) => [name, NaN]))

function channelValues(reading: Readonly<ChannelReading>, close: number): ChannelValues {
  const upper = Math.exp(reading.upper)
  const lower = Math.exp(reading.lower)
  return {
    upper,
    lower,
    middle: Math.exp((reading.upper + reading.lower) / 2),
    distance_upper_atr: (close - upper) / reading.atr,
    distance_lower_atr: (close - lower) / reading.atr,
    slope_pct_per_bar: 100 * Math.expm1(reading.slope),
    touches_upper: reading.touchesUpper,
    touches_lower: reading.touchesLower,
    inside_pct: reading.insidePct,
    admissible: reading.admissible,
    upper_min: Math.exp(reading.upperMin),
    upper_max: Math.exp(reading.upperMax),
    lower_min: Math.exp(reading.lowerMin),
    lower_max: Math.exp(reading.lowerMax),
    bars: reading.bars,
  }
}

const isGap = (candles: Candles, i: number): boolean =>
  Number.isNaN((candles.high[i] as number) + (candles.low[i] as number) + (candles.close[i] as number))
