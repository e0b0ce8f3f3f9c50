import { describe, expect, it } from 'vitest'
import { levelTest, stepLevelTest, type LevelOutcome } from './levelTest.ts'

/** Feeds [high, low, close] bars to a level at 100 with an ATR of 10; tells [bar, outcome] of those that did something. */
function outcomes(
  bars: readonly (readonly [high: number, low: number, close: number])[],
  atr = 10,
): readonly (readonly [bar: number, outcome: LevelOutcome])[] {
  const test = levelTest(100)
  return bars.flatMap(([high, low, close], i) => {
    const outcome = stepLevelTest(test, { open: close, high, low, close, volume: 1 }, atr, i)
    return outcome === undefined ? [] : [[i, outcome] as const]
  })
}

const AWAY_BELOW = [92, 88, 89] as const
const TOUCH_BELOW = [96, 90, 94] as const
const BREAK_UP = [105, 95, 103] as const

describe('stepLevelTest', () => {
  it('rejects at a later close 1 ATR back from a touch within 0.5 ATR', () => {
    expect(outcomes([AWAY_BELOW, TOUCH_BELOW, AWAY_BELOW])).toEqual([[2, { kind: 'rejected', from: -1, tests: 1 }]])
    expect(outcomes([AWAY_BELOW, [94.9, 90, 94], AWAY_BELOW])).toEqual([])
  })

  it('needs a later close than that of the touching bar', () => {
    expect(outcomes([AWAY_BELOW, [99, 85, 86]])).toEqual([])
    expect(outcomes([AWAY_BELOW, [99, 85, 86], [92, 85, 90.1]])).toEqual([])
    expect(outcomes([AWAY_BELOW, [99, 85, 86], [92, 85, 90]])).toHaveLength(1)
  })

  it('needs arming first', () => {
    expect(outcomes([TOUCH_BELOW, TOUCH_BELOW, BREAK_UP])).toEqual([])
  })

  it('stays armed after a rejection and counts the tests', () => {
    const found = outcomes([AWAY_BELOW, TOUCH_BELOW, AWAY_BELOW, TOUCH_BELOW, AWAY_BELOW])
    expect(found.map(([i, { tests }]) => [i, tests])).toEqual([
      [2, 1],
      [4, 2],
    ])
  })

  it('breaks at a close more than 0.25 ATR beyond, on the touching bar too, which is no test', () => {
    expect(outcomes([AWAY_BELOW, BREAK_UP])).toEqual([[1, { kind: 'broken', from: -1, tests: 0 }]])
    expect(outcomes([AWAY_BELOW, TOUCH_BELOW, [105, 95, 102.5]])).toEqual([])
    const found = outcomes([AWAY_BELOW, TOUCH_BELOW, AWAY_BELOW, BREAK_UP])
    expect(found.at(-1)).toEqual([3, { kind: 'broken', from: -1, tests: 1 }])
  })

  it('must be armed again after a break', () => {
    expect(outcomes([AWAY_BELOW, BREAK_UP, [104, 95, 96], BREAK_UP])).toHaveLength(1)
    expect(outcomes([AWAY_BELOW, BREAK_UP, [104, 88, 89], BREAK_UP])).toHaveLength(2)
  })

  it('flips at the first rejection from the side that the break led to', () => {
    const armedAbove = [115, 105, 111] as const
    const touchAbove = [112, 104, 106] as const
    const found = outcomes([AWAY_BELOW, BREAK_UP, armedAbove, touchAbove, armedAbove, touchAbove, armedAbove])
    expect(found.map(([i, outcome]) => [i, outcome.kind, outcome.flipOf])).toEqual([
      [1, 'broken', undefined],
      [4, 'rejected', 1],
      [6, 'rejected', undefined],
    ])
  })

  it('does not flip where price fell back and was rejected from its old side', () => {
    const found = outcomes([AWAY_BELOW, BREAK_UP, [104, 88, 89], TOUCH_BELOW, AWAY_BELOW])
    expect(found.at(-1)).toEqual([4, { kind: 'rejected', from: -1, tests: 1 }])
  })

  it('does nothing without an ATR above 0', () => {
    for (const atr of [NaN, 0]) expect(outcomes([AWAY_BELOW, TOUCH_BELOW, AWAY_BELOW, BREAK_UP], atr)).toEqual([])
  })
})
