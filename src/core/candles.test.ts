import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barAt, CANDLE_FIELDS, closeAt, gaps, openAt, runs, sliceCandles, type Candles } from './candles.ts'
import { DAY_MS, instant } from './instant.ts'

const counting = (length: number): Candles => {
  const columns = CANDLE_FIELDS.map((field, k) => [field, Float64Array.from({ length }, (_, i) => 100 * k + i)])
  return { start: instant(0), step: DAY_MS, length, ...Object.fromEntries(columns) } as Candles
}

describe('runs', () => {
  it('are the stretches between gaps, ends included', () => {
    expect(runs(Float64Array.of(1, 2, NaN, 3, NaN, NaN, 4))).toEqual([
      [0, 2],
      [3, 4],
      [6, 7],
    ])
    expect(runs(Float64Array.of(NaN, 1, NaN))).toEqual([[1, 2]])
    expect(runs(Float64Array.of(1, 2))).toEqual([[0, 2]])
  })

  it('are none in gaps or in nothing', () => {
    expect(runs(gaps(3))).toEqual([])
    expect(runs(new Float64Array(0))).toEqual([])
  })

  it('hold every value once, in order, and are as long as can be', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean()), (there) => {
        const found = runs(Float64Array.from(there, (value) => (value ? 1 : NaN)))
        const covered = found.flatMap(([from, to]) => Array.from({ length: to - from }, (_, k) => from + k))
        expect(covered).toEqual(there.flatMap((value, i) => (value ? [i] : [])))
        for (const [from, to] of found) {
          expect(to).toBeGreaterThan(from)
          expect([there[from - 1] ?? false, there[to] ?? false]).toEqual([false, false])
        }
      }),
    )
  })
})

describe('a bar', () => {
  it('opens at its place on the grid and closes one step later', () => {
    const grid = { start: instant(DAY_MS), step: DAY_MS, length: 3 }
    expect([openAt(grid, 0), closeAt(grid, 0), closeAt(grid, 2)]).toEqual([DAY_MS, 2 * DAY_MS, 4 * DAY_MS])
  })

  it('is read as an object, as gaps outside the grid', () => {
    expect(barAt(counting(3), 1)).toEqual({ open: 1, high: 101, low: 201, close: 301, volume: 401 })
    expect(Object.values(barAt(counting(3), 3)).every(Number.isNaN)).toBe(true)
  })
})

describe('sliceCandles', () => {
  it('keeps every column and moves the start', () => {
    const slice = sliceCandles(counting(5), 1, 3)
    expect([slice.start, slice.length]).toEqual([DAY_MS, 2])
    expect(Object.fromEntries(CANDLE_FIELDS.map((field) => [field, [...slice[field]]]))).toEqual(
      Object.fromEntries(CANDLE_FIELDS.map((field, k) => [field, [100 * k + 1, 100 * k + 2]])),
    )
  })

  it('shares memory with the whole', () => {
    const whole = counting(3)
    whole.close[1] = -1
    expect(sliceCandles(whole, 1, 2).close[0]).toBe(-1)
  })
})
