import { closeAt, openAt, sliceCandles, type Candles } from '../core/candles.ts'
import { DAY_MS, instant, type InstantMs } from '../core/instant.ts'
import type { Channel } from '../figures/channel.ts'
import type { Divergence } from '../figures/divergence.ts'
import type { Figure, FigureOptions } from '../figures/figure.ts'
import { macdFigure } from '../figures/macdFigure.ts'
import type { Mark } from '../figures/marks.ts'
import { oscillatorFigure } from '../figures/oscillatorFigure.ts'
import { priceFigure } from '../figures/priceFigure.ts'
import { channelAt } from '../metrics/structure/channel.ts'
import { candleDays } from './candleEvents.ts'
import { noteLevels } from './levels.ts'
import type { NoteFigure } from './note.ts'
import type { Reading } from './reading.ts'
import { recentEvents } from './recent.ts'
import { sayInstant } from './wording.ts'

/** Days that the figures show. */
const SHOWN_DAYS = 140
const WIDE = 960
const NARROW = 360

/** Price with its 20-day average, channel, levels and the numbered candles, and volume. */
export function drawPrice(reading: Reading, finding: string): NoteFigure {
  const { daily, asset } = reading
  const { candles, from } = shown(reading)
  const channel = drawnChannel(reading, from)
  const input = {
    candles,
    volumeUnit: asset,
    overlays: [{ id: 'ema20', label: 'EMA 20', values: daily.column('ema(20)').subarray(from) }],
    levels: noteLevels(reading).map(({ price, tests }) => ({ price, tests })),
    marks: marksOf(reading),
    divergences: divergencesOf(reading, 'rsi', 'rsi(14)'),
    ...(channel === undefined ? {} : { channel }),
  }
  const words = { title: finding, subtitle: subtitle(reading, 'Daily candles and volume') }
  return bothWidths('price', reading, words, (options) => priceFigure(input, options))
}

/** MACD, its signal and histogram, and ten-day momentum. */
export function drawMomentum(reading: Reading, finding: string): NoteFigure {
  const { daily } = reading
  const { candles, from } = shown(reading)
  const column = (id: string): Float64Array => daily.column(id).subarray(from)
  const input = {
    grid: candles,
    heading: 'MACD (12, 26, 9)',
    line: { id: 'macd', label: 'MACD', values: column('macd(12, 26, 9).line') },
    signal: { id: 'signal', label: 'Signal', values: column('macd(12, 26, 9).signal') },
    histogram: { id: 'histogram', label: 'Histogram', values: column('macd(12, 26, 9).histogram') },
    momentum: { id: 'momentum', label: 'Momentum', heading: 'Momentum, 10 days', values: column('momentum(10)') },
    divergences: [
      ...divergencesOf(reading, 'macd', 'macd(12, 26, 9).line'),
      ...divergencesOf(reading, 'momentum', 'momentum(10)'),
    ],
  }
  const words = { title: finding, subtitle: subtitle(reading, 'MACD and momentum of daily closes') }
  return bothWidths('momentum', reading, words, (options) => macdFigure(input, options))
}

/** RSI and MFI with their thresholds. */
export function drawStrength(reading: Reading, finding: string): NoteFigure {
  const { daily } = reading
  const { candles, from } = shown(reading)
  const input = {
    grid: candles,
    heading: 'RSI and MFI, 14 days',
    lines: [
      {
        id: 'rsi',
        label: 'RSI',
        values: daily.column('rsi(14)').subarray(from),
        thresholds: [
          { value: 30, label: 'RSI oversold' },
          { value: 70, label: 'RSI overbought' },
        ],
      },
      {
        id: 'mfi',
        label: 'MFI',
        values: daily.column('mfi(14)').subarray(from),
        thresholds: [
          { value: 20, label: 'MFI oversold' },
          { value: 80, label: 'MFI overbought' },
        ],
      },
    ],
    divergences: divergencesOf(reading, 'rsi', 'rsi(14)'),
  }
  const words = { title: finding, subtitle: subtitle(reading, 'RSI and MFI of daily candles') }
  return bothWidths('strength', reading, words, (options) => oscillatorFigure(input, options))
}

function bothWidths(
  id: string,
  reading: Reading,
  words: { readonly title: string; readonly subtitle: string },
  draw: (options: FigureOptions) => Figure,
): NoteFigure {
  const options = { ...words, simulated: reading.simulated }
  const wide = draw({ ...options, id: `${id}-wide`, width: WIDE })
  const narrow = draw({ ...options, id: `${id}-narrow`, width: NARROW })
  return { id, wide: wide.svg, narrow: narrow.svg, csv: wide.csv, alt: wide.alt, captions: wide.captions }
}

function shown(reading: Reading): { readonly candles: Candles; readonly from: number } {
  const { candles } = reading.daily
  const from = Math.max(0, candles.length - SHOWN_DAYS)
  return { candles: sliceCandles(candles, from, candles.length), from }
}

function subtitle(reading: Reading, measure: string): string {
  const { daily } = reading
  const [input] = daily.frame.inputs
  const source = input === undefined ? '' : `, ${input.venue} ${input.market} ${input.instrument}`
  return `${measure}${source}, to ${sayInstant(instant(closeAt(daily.candles, daily.last)))}`
}

function marksOf(reading: Reading): readonly Mark[] {
  return candleDays(reading).map(({ at, named }) => {
    const label = named.map(({ name }) => name.replace(/^an? /, '')).join(', ')
    const side = named[0]?.side === 'short' ? 'above' : 'below'
    return { at, side, label: label.charAt(0).toUpperCase() + label.slice(1) }
  })
}

/** The last bullish and the last bearish divergence of an oscillator that the note speaks of. */
function divergencesOf(reading: Reading, osc: string, metric: string): readonly Divergence[] {
  const { daily } = reading
  const { low, high } = daily.candles
  const column = daily.column(metric)
  return (['bullish', 'bearish'] as const).flatMap((side) => {
    const event = recentEvents(daily, `${side}_divergence(${osc})`).at(-1)
    if (event?.pivotAt === undefined || event.firstPivotAt === undefined) return []
    const [from, to] = [event.firstPivotAt, event.pivotAt]
    const bars = [daily.barOf(from), daily.barOf(to)] as const
    const price = (bar: number): number => extremeAround(side === 'bullish' ? low : high, bar, side)
    return [
      {
        of: osc,
        label: `${side === 'bullish' ? 'Bullish' : 'Bearish'} divergence`,
        from,
        to,
        prices: [price(bars[0]), price(bars[1])],
        values: [column[bars[0]] ?? NaN, column[bars[1]] ?? NaN],
      },
    ]
  })
}

/** Price at a pivot of an oscillator: the extreme of that bar and its two neighbours. */
function extremeAround(column: Float64Array, bar: number, side: 'bullish' | 'bearish'): number {
  const near = column.subarray(Math.max(0, bar - 1), bar + 2)
  return side === 'bullish' ? Math.min(...near) : Math.max(...near)
}

function drawnChannel(reading: Reading, from: number): Channel | undefined {
  const { candles, last } = reading.daily
  const channel = channelAt(candles, last)
  if (channel === undefined) return undefined
  const bars = Array.from({ length: candles.length - from }, (_, k) => from + k)
  const edge = (intercept: number): Float64Array =>
    Float64Array.from(bars, (bar) =>
      bar < channel.start ? NaN : Math.exp(intercept + channel.slope * (bar - channel.start)),
    )
  const slope =
    Math.abs(channel.slope * (DAY_MS / candles.step)) < 0.0005 ? 'Flat' : channel.slope > 0 ? 'Rising' : 'Falling'
  return {
    label: `${slope} channel`,
    upper: edge(channel.upper),
    lower: edge(channel.lower),
    fitted: { from: barTime(candles, channel.start), to: barTime(candles, last) },
  }
}

const barTime = (candles: Candles, bar: number): InstantMs => openAt(candles, bar)
