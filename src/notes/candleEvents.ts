import type { InstantMs } from '../core/instant.ts'
import type { SetupEvent, Side } from '../setups/setup.ts'
import type { ReadFrames } from './reading.ts'
import { recentEvents } from './recent.ts'
import { voidedAt } from './voided.ts'
import { sayPercent, sayPrice } from './wording.ts'

/** Days of candles that the candle section looks back on. */
export const CANDLE_DAYS = 21
const MOST_DAYS = 5

/** A candle worth naming: one day, and every setup that day completed. */
export interface CandleDay {
  readonly bar: number
  readonly at: InstantMs
  /** 1, 2, 3 in order of time: the mark in the figure. */
  readonly mark: number
  readonly named: readonly NamedCandle[]
}

export interface NamedCandle {
  readonly id: string
  readonly name: string
  readonly weight: number
  readonly side: Side
  readonly event: SetupEvent
  /** The day a later close proved it wrong. */
  readonly voided: InstantMs | undefined
  /** What happened, as the end of a sentence. */
  readonly story: string
}

interface Kind {
  readonly id: string
  readonly name: string
  readonly weight: number
  readonly story: (reading: ReadFrames, bar: number, event: SetupEvent) => string
}

const KINDS: readonly Kind[] = [
  { id: 'stopping_volume', name: 'stopping volume', weight: 5, story: effort },
  { id: 'buying_climax', name: 'a buying climax', weight: 5, story: effort },
  {
    id: 'wyckoff_spring',
    name: 'a spring',
    weight: 5,
    story: () => 'it broke a tested support and closed back above it',
  },
  {
    id: 'wyckoff_upthrust',
    name: 'an upthrust',
    weight: 5,
    story: () => 'it broke a tested resistance and closed back below it',
  },
  { id: 'sweep', name: 'a sweep of the lows', weight: 3, story: sweptLow },
  { id: 'sweep_high', name: 'a sweep of the highs', weight: 3, story: sweptHigh },
  { id: 'bullish_engulfing', name: 'a bullish engulfing', weight: 4, story: engulfed },
  { id: 'bearish_engulfing', name: 'a bearish engulfing', weight: 4, story: engulfed },
  { id: 'morning_star_24h', name: 'a morning star', weight: 4, story: () => 'three candles turned the fall' },
  { id: 'evening_star_24h', name: 'an evening star', weight: 4, story: () => 'three candles turned the rise' },
  {
    id: 'piercing_24h',
    name: 'a piercing line',
    weight: 2,
    story: () => 'it closed in the upper half of the day before',
  },
  {
    id: 'dark_cloud_24h',
    name: 'a dark cloud cover',
    weight: 2,
    story: () => 'it closed in the lower half of the day before',
  },
  { id: 'hammer', name: 'a hammer', weight: 2, story: lowerShadow },
  { id: 'shooting_star', name: 'a shooting star', weight: 2, story: upperShadow },
]

/** What the candles of the last three weeks say. */
export interface CandleSignals {
  /** Every signal, listed or not. */
  readonly all: readonly NamedCandle[]
  /** The five weightiest days, in order of time. */
  readonly days: readonly CandleDay[]
}

/** Setups that candles are looked through for. */
export const CANDLE_SETUPS: readonly string[] = KINDS.map(({ id }) => id)

/** The signals in the candles of the last three weeks, and the days that are worth a sentence. */
export function candleSignals(reading: ReadFrames): CandleSignals {
  const byBar = new Map<number, NamedCandle[]>()
  for (const kind of KINDS) {
    for (const event of recentEvents(reading.daily, kind.id, CANDLE_DAYS)) {
      const bar = reading.daily.barOf(event.at)
      const voided = voidedAt(reading.daily, event)
      const named = { ...kind, side: event.side, event, voided, story: kind.story(reading, bar, event) }
      byBar.set(bar, [...(byBar.get(bar) ?? []), named])
    }
  }
  const days = [...byBar].map(([bar, named]) => ({ bar, named: named.toSorted((a, b) => b.weight - a.weight) }))
  const listed = days
    .toSorted((a, b) => weightOf(b.named) - weightOf(a.named) || b.bar - a.bar)
    .slice(0, MOST_DAYS)
    .toSorted((a, b) => a.bar - b.bar)
    .map(({ bar, named }, i) => ({ bar, at: named[0]?.event.at ?? reading.asOf, mark: i + 1, named }))
  return { all: [...byBar.values()].flat(), days: listed }
}

/** What still stands comes before what was undone. */
const weightOf = (named: readonly NamedCandle[]): number =>
  named.reduce((total, { weight, voided }) => total + (voided === undefined ? weight : weight / 3), 0)

function effort(reading: ReadFrames, bar: number): string {
  const { open, high, low, close } = candle(reading, bar)
  const range = high - low
  const lower = ((Math.min(open, close) - low) / range) * 100
  const upper = ((high - Math.max(open, close)) / range) * 100
  const [shadow, where] = lower > upper ? [lower, 'lower'] : [upper, 'upper']
  return `volume was the highest of 60 days, yet the ${where} shadow took ${sayPercent(shadow)} of the range and the close was ${sayPrice(close)}`
}

function sweptLow(reading: ReadFrames, bar: number): string {
  return `the low of ${sayPrice(candle(reading, bar).low)} undercut every low of 20 days and the close came back above them`
}

function sweptHigh(reading: ReadFrames, bar: number): string {
  return `the high of ${sayPrice(candle(reading, bar).high)} passed every high of 20 days and the close fell back below them`
}

function engulfed(reading: ReadFrames, bar: number): string {
  const { open, close } = candle(reading, bar)
  return `its body, ${sayPrice(open)} to ${sayPrice(close)}, covered that of the day before`
}

function lowerShadow(reading: ReadFrames, bar: number): string {
  const { open, high, low, close } = candle(reading, bar)
  return `the lower shadow took ${sayPercent(((Math.min(open, close) - low) / (high - low)) * 100)} of the range`
}

function upperShadow(reading: ReadFrames, bar: number): string {
  const { open, high, low, close } = candle(reading, bar)
  return `the upper shadow took ${sayPercent(((high - Math.max(open, close)) / (high - low)) * 100)} of the range`
}

function candle(reading: ReadFrames, bar: number): { open: number; high: number; low: number; close: number } {
  const { open, high, low, close } = reading.daily.candles
  return { open: open[bar] ?? NaN, high: high[bar] ?? NaN, low: low[bar] ?? NaN, close: close[bar] ?? NaN }
}
