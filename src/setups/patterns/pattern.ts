import type { Emit, Evidence, SetupFamily, Side, Step } from '../setup.ts'
import type { PatternBars } from './candleTotal.ts'

/** TA-Lib's answer for a bar: 0 for no pattern, 100 (80 where one edge is equal) for a bullish one, negative for a bearish one. */
export type PatternValue = 0 | 80 | 100 | -80 | -100

/** Reads one bar after the other, in order from bar 0, and gives TA-Lib's answer for each. */
export type PatternReader = (bars: PatternBars, i: number) => PatternValue

/** A pattern: how a reader for a run of candles without gaps is made. */
export type Pattern = () => PatternReader

/**
 * A pattern over whole columns.
 * @param bars - open, high, low and close of one length, oldest first, without gaps
 * @returns TA-Lib's answer per bar, 0 in the look-back
 * @example patternColumn(engulfing, bars).indexOf(100) // the first bullish engulfing
 */
export function patternColumn(pattern: Pattern, bars: PatternBars): Int8Array {
  const { length } = bars.close
  const out = new Int8Array(length)
  const read = pattern()
  for (let i = 0; i < length; i++) out[i] = read(bars, i)
  return out
}

/** Ids and titles of a family, by the side that TA-Lib's answer leans to; `neutral` takes both signs. */
export interface PatternNames {
  readonly long?: readonly [id: string, title: string]
  readonly short?: readonly [id: string, title: string]
  readonly neutral?: readonly [id: string, title: string]
}

/**
 * A pattern as a setup: an event on every bar that completes it, with TA-Lib's answer as evidence.
 * @param names - the same id on both sides makes one kind with two sides
 * @example patternFamily(harami, { long: ['harami', 'Harami'], short: ['harami', 'Harami'] }).kinds // { harami: 'Harami' }
 */
export const patternFamily = (pattern: Pattern, names: PatternNames): SetupFamily =>
  family(pattern, names, (value) => ({ talib: value }))

/**
 * The form of a pattern for a market without sessions as a setup: not TA-Lib's, so that its evidence names the form instead.
 * @example patternFamily24h(piercing24h, { long: ['piercing_24h', 'Piercing line (24 h form)'] })
 */
export const patternFamily24h = (pattern: Pattern, names: PatternNames): SetupFamily =>
  family(pattern, names, (value) => ({ form: '24h', value }))

function family(pattern: Pattern, names: PatternNames, evidence: (value: PatternValue) => Evidence): SetupFamily {
  const kinds = Object.fromEntries([names.long, names.short, names.neutral].filter((name) => name !== undefined))
  return { kinds, params: [], detector: (_, emit) => patternStep(pattern(), names, evidence, emit) }
}

function patternStep(
  read: PatternReader,
  names: PatternNames,
  evidence: (value: PatternValue) => Evidence,
  emit: Emit,
): Step {
  return (bars, i) => {
    const value = read(bars, i)
    if (value === 0) return
    const side = sideOf(value, names)
    const setup = names[side]?.[0]
    if (setup !== undefined) emit({ setup, bar: i, side, evidence: evidence(value) })
  }
}

function sideOf(value: PatternValue, names: PatternNames): Side {
  if (names.neutral !== undefined) return 'neutral'
  return value > 0 ? 'long' : 'short'
}
