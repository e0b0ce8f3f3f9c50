import type { Params } from '../../core/params.ts'
import type { Bars, Emit, Evidence, SetupFamily, Side, Step } from '../setup.ts'
import type { PatternBars } from './candle.ts'
import type { MakeYardstick } from './yardstick.ts'

/** TA-Lib's answer for a bar: 0 for no pattern, 100 (80 where one edge is equal) for a bullish one, negative for a bearish one. */
export type PatternValue = 0 | 80 | 100 | -80 | -100

/** A candlestick pattern: what it compares with, and how one bar is judged. */
export interface Pattern {
  /** Bars before the first one that can complete it. */
  readonly lookback: number
  readonly yardsticks: readonly MakeYardstick[]
  /**
   * Judges bar `i`, at the look-back or later. The lengths of the yardsticks for that bar lie in their order from `lengths[at]` on (not as
   * numbers of their own: the call is too hot to box them).
   */
  readonly judge: (bars: PatternBars, i: number, lengths: Float64Array, at: number) => PatternValue
}

/**
 * A pattern over whole columns.
 * @param bars - open, high, low and close of one length, oldest first, without gaps
 * @returns TA-Lib's answer per bar, 0 in the look-back
 * @example patternColumn(engulfing, bars).indexOf(100) // the first bullish engulfing
 */
export function patternColumn(pattern: Pattern, bars: PatternBars): Int8Array {
  const out = new Int8Array(bars.close.length)
  const judge = judgeOf(pattern, BLOCK)
  for (let from = 0; from < out.length; from += BLOCK) judge(bars, from, out.subarray(from, from + BLOCK))
  return out
}

/** Bars judged at a time: few enough that the lengths of the yardsticks stay in the processor's nearest cache. */
const BLOCK = 1024

/** Judges as many bars as `out` is long, from bar `from`; with state, so that blocks follow each other from bar 0. */
function judgeOf({ lookback, yardsticks, judge }: Pattern, block: number) {
  const made = yardsticks.map((make) => make(lookback))
  const columns = made.length
  const lengths = new Float64Array(block * columns)
  return (bars: PatternBars, from: number, out: Int8Array): void => {
    const to = from + out.length
    for (const [column, yardstick] of made.entries()) yardstick.read(bars, { from, to, lengths, column, columns })
    for (let i = Math.max(lookback, from); i < to; i++) out[i - from] = judge(bars, i, lengths, (i - from) * columns)
  }
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
  family({ pattern, names, warmUp: pattern.lookback, evidence: (value) => ({ talib: value }) })

/**
 * The form of a pattern for a market without sessions as a setup: not TA-Lib's, so that its evidence names the form instead.
 * @example patternFamily24h(piercing24h, { long: ['piercing_24h', 'Piercing line (24 h form)'] })
 */
export const patternFamily24h = (pattern: Pattern, names: PatternNames): SetupFamily =>
  family({
    pattern,
    names,
    warmUp: pattern.lookback + ATR_BARS,
    evidence: (value) => ({ form: '24h', value }),
  })

/** What these compare an opening with is in ATR(14), as of an earlier bar of the pattern. */
const ATR_BARS = 14

interface PatternSetup {
  readonly pattern: Pattern
  readonly names: PatternNames
  readonly warmUp: number
  readonly evidence: (value: PatternValue) => Evidence
}

function family({ pattern, names, warmUp, evidence }: PatternSetup): SetupFamily {
  const kinds = Object.fromEntries([names.long, names.short, names.neutral].filter((name) => name !== undefined))
  const tell = (bar: number, value: PatternValue, emit: Emit): void => {
    if (value === 0) return
    const side = sideOf(value, names)
    const setup = names[side]?.[0]
    if (setup !== undefined) emit({ setup, bar, side, evidence: evidence(value) })
  }
  const detector = (_: Params, emit: Emit): Step => {
    const judge = judgeOf(pattern, 1)
    const answer = new Int8Array(1)
    return (bars, i) => {
      answer[0] = 0
      judge(bars, i, answer)
      tell(i, (answer[0] ?? 0) as PatternValue, emit)
    }
  }
  const whole = (_: Params, bars: Bars, emit: Emit): void => {
    const answers = patternColumn(pattern, bars)
    for (let i = 0; i < answers.length; i++) tell(i, answers[i] as PatternValue, emit)
  }
  return { kinds, params: [], warmUp: () => warmUp, detector, whole }
}

function sideOf(value: PatternValue, names: PatternNames): Side {
  if (names.neutral !== undefined) return 'neutral'
  return value > 0 ? 'long' : 'short'
}
