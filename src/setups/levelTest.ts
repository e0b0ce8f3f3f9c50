import type { Bar } from '../core/candles.ts'
import type { Direction } from './direction.ts'

/** How far away a close must lie to arm a level, and to have been turned back by it, in ATR. */
export const AWAY_ATR = 1
/** How near price must come to touch it. */
const TOUCH_ATR = 0.5
/** How far beyond it a close must lie to break it. */
export const BREAK_ATR = 0.25

/** What a bar does to a level. */
export interface LevelOutcome {
  readonly kind: 'rejected' | 'broken'
  /** Where price came from: 1 above the level, -1 below it. */
  readonly from: Direction
  /** Rejections since the last break, or since the beginning; a rejection counts itself, a break is none. */
  readonly tests: number
  /** Of a rejection that is the first from the side which a break led to: the bar of that break. */
  readonly flipOf?: number
}

/** One level and how it has been tested so far. */
export interface LevelTest {
  price: number
  /** Where price comes from: 1 above the level, -1 below it; 0 while no close has armed it. */
  from: Direction | 0
  /** The bar of the touch that is not decided yet; -1 for none. */
  touched: number
  tests: number
  /** Which way it was last broken, until the other side has rejected price once; 0 for not. */
  brokenTo: Direction | 0
  /** The bar of the last break; -1 for none. */
  brokenAt: number
}

/**
 * A level that nothing has happened to yet.
 * @param price - quote unit
 * @example levelTest(1650).from // 0
 */
export const levelTest = (price: number): LevelTest => ({
  price,
  from: 0,
  touched: -1,
  tests: 0,
  brokenTo: 0,
  brokenAt: -1,
})

/**
 * Tests a level against bar `i`. A close at least 1 ATR away arms it, on that side; then a bar that comes within 0.5 ATR touches it; then
 * either a close more than 0.25 ATR beyond breaks it (the touching one too), which must be armed again, or a later close
 * at least 1 ATR back on the side it came from is a rejection, which leaves it armed. Every distance is in the ATR of its own bar.
 * @param test - changed in place
 * @param atr - of the bar; unless it is above 0 nothing happens
 * @returns what the bar did to it; undefined for nothing
 * @example stepLevelTest(test, bar, 27, 12) // undefined
 */
export function stepLevelTest(test: LevelTest, bar: Bar, atr: number, i: number): LevelOutcome | undefined {
  const { close } = bar
  if (!(atr > 0)) return undefined
  const { price, from } = test
  let outcome: LevelOutcome | undefined
  if (from !== 0) {
    if (test.touched < 0 && nearest(bar, from, price) <= TOUCH_ATR * atr) test.touched = i
    if (test.touched >= 0) outcome = decide(test, from, from * (close - price), atr, i)
  }
  if (test.touched < 0 && Math.abs(close - price) >= AWAY_ATR * atr) test.from = close > price ? 1 : -1
  return outcome
}

/** How near the bar came to the level from the side that price came from; below 0 where it went through. */
const nearest = ({ high, low }: Bar, from: Direction, price: number): number =>
  from === 1 ? low - price : price - high

function decide(test: LevelTest, from: Direction, back: number, atr: number, i: number): LevelOutcome | undefined {
  if (-back > BREAK_ATR * atr) return recordBreak(test, from, i)
  return back >= AWAY_ATR * atr && test.touched < i ? recordRejection(test, from) : undefined
}

function recordBreak(test: LevelTest, from: Direction, i: number): LevelOutcome {
  const { tests } = test
  test.from = 0
  test.touched = -1
  test.tests = 0
  test.brokenTo = from === 1 ? -1 : 1
  test.brokenAt = i
  return { kind: 'broken', from, tests }
}

function recordRejection(test: LevelTest, from: Direction): LevelOutcome {
  const isFlip = test.brokenTo === from
  test.touched = -1
  test.tests++
  if (isFlip) test.brokenTo = 0
  return { kind: 'rejected', from, tests: test.tests, ...(isFlip ? { flipOf: test.brokenAt } : {}) }
}
