import { closeAt, openAt, sliceCandles, type Candles } from '../core/candles.ts'
import { instant } from '../core/instant.ts'
import type { Channel } from '../figures/channel.ts'
import type { Divergence } from '../figures/divergence.ts'
import type { Level } from '../figures/levels.ts'
import type { Mark } from '../figures/marks.ts'
import { LEVEL_BARS } from './levels.ts'
import type { Reading } from './reading.ts'
import { extremeAround } from './series.ts'
import { sayDirection } from './sections/structureSection.ts'
import { sayInstant, sayVenue, sentence } from './wording.ts'

/** The last days of a reading, as one figure shows them. */
export interface FigureView {
  readonly candles: Candles
  /** A measure over the same bars. */
  readonly column: (id: string) => Float64Array
  readonly marks: readonly Mark[]
  readonly levels: readonly Level[]
  readonly channel: Channel | undefined
  /** Divergences of an oscillator, from the measure that shows it. */
  readonly divergences: (osc: string, metric: string) => readonly Divergence[]
}

/** A view over the last days of a reading; all there are where they are fewer. */
export function figureView(reading: Reading, days: number): FigureView {
  const { daily } = reading
  const from = Math.max(0, daily.candles.length - days)
  return {
    candles: sliceCandles(daily.candles, from, daily.candles.length),
    column: (id) => daily.column(id).subarray(from),
    marks: marksOf(reading),
    levels: levelsOf(reading),
    channel: channelOf(reading, from),
    divergences: (osc, metric) => divergencesOf(reading, osc, metric),
  }
}

/** Measure, source and time under a figure's title. */
export function figureSubtitle({ daily }: Reading, measure: string): string {
  const [input] = daily.frame.inputs
  const source = input === undefined ? '' : `, ${sayVenue(input.venue)} ${input.market} ${input.instrument}`
  return `${measure}${source}, to ${sayInstant(instant(closeAt(daily.candles, daily.last)))}`
}

function marksOf(reading: Reading): readonly Mark[] {
  return reading.candleSignals.days.map(({ at, named }) => {
    const label = named.map(({ name }) => name.replace(/^an? /, '')).join(', ')
    const side = named[0]?.side === 'short' ? 'above' : 'below'
    return { at, side, label: sentence(label) }
  })
}

/** Levels begin where the pivots they are made of may begin. */
function levelsOf(reading: Reading): readonly Level[] {
  const { candles, last } = reading.levels
  const from = openAt(candles, Math.max(0, last - LEVEL_BARS + 1))
  return reading.nearLevels.map(({ price, tests }) => ({ price, tests, from }))
}

function divergencesOf(reading: Reading, osc: string, metric: string): readonly Divergence[] {
  const { daily } = reading
  const { low, high } = daily.candles
  const column = daily.column(metric)
  return reading.divergences
    .filter((each) => each.osc === osc)
    .map(({ side, firstPivotAt, pivotAt, voided }) => {
      const [first, second] = [daily.barOf(firstPivotAt), daily.barOf(pivotAt)]
      const price = (bar: number): number =>
        extremeAround(side === 'bullish' ? low : high, bar, side === 'bullish' ? 'lowest' : 'highest')
      return {
        of: osc,
        label: `${sentence(side)} divergence${voided === undefined ? '' : ', undone'}`,
        from: firstPivotAt,
        to: pivotAt,
        prices: [price(first), price(second)],
        values: [column[first] ?? NaN, column[second] ?? NaN],
      }
    })
}

function channelOf(reading: Reading, from: number): Channel | undefined {
  const { candles, last } = reading.daily
  const { channel } = reading
  if (channel === undefined) return undefined
  const { slope, start } = channel
  const bars = Array.from({ length: candles.length - from }, (_, k) => from + k)
  const edge = (intercept: number): Float64Array =>
    Float64Array.from(bars, (bar) => (bar < start ? NaN : Math.exp(intercept + slope * (bar - start))))
  return {
    label: sentence(`${sayDirection(slope * 100)} channel`),
    upper: edge(channel.upper),
    lower: edge(channel.lower),
    fitted: { from: openAt(candles, start), to: openAt(candles, last) },
  }
}
