import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, instant } from '../core/instant.ts'
import { emptyFrame, withQuotes, type LevelRows } from './quoteFrame.ts'

type Point = readonly [at: number, value: number, knownAt?: number]

/** Daily values, each known when its day ends unless said otherwise. */
const rows = (symbol: string, points: readonly Point[], interval = '1d'): LevelRows => ({
  venue: 'file',
  symbol,
  interval,
  at: Float64Array.from(points, ([at]) => at),
  knownAt: Float64Array.from(points, ([at, , knownAt]) => knownAt ?? at + DAY_MS),
  value: Float64Array.from(points, ([, value]) => value),
})

const empty = emptyFrame('US', '1d', instant(100 * DAY_MS))

describe('withQuotes', () => {
  it('takes the range of the series as the grid where the frame has none', () => {
    const frame = withQuotes(empty, [
      rows('VIX', [
        [2 * DAY_MS, 20],
        [5 * DAY_MS, 30],
      ]),
    ])
    expect(frame.grid).toEqual({ start: 2 * DAY_MS, step: DAY_MS, length: 4 })
    expect([...frame.quotes.get('VIX')!]).toEqual([20, NaN, NaN, 30])
  })

  it('puts several series on the grid that covers them all', () => {
    const frame = withQuotes(empty, [rows('VIX', [[2 * DAY_MS, 20]]), rows('SPX', [[4 * DAY_MS + HOUR_MS, 5000]])])
    expect(frame.grid).toEqual({ start: 2 * DAY_MS, step: DAY_MS, length: 3 })
    expect([...frame.quotes.get('VIX')!]).toEqual([20, NaN, NaN])
    expect([...frame.quotes.get('SPX')!]).toEqual([NaN, NaN, 5000])
  })

  it('takes the last value inside each bar and carries nothing forward', () => {
    const frame = withQuotes(empty, [
      rows(
        'VIX',
        [
          [0, 1],
          [HOUR_MS, 2],
          [23 * HOUR_MS, 3],
          [2 * DAY_MS, 4],
        ],
        '1h',
      ),
    ])
    expect([...frame.quotes.get('VIX')!]).toEqual([3, NaN, 4])
  })

  it('keeps to the grid of a frame that has one', () => {
    const held = { ...empty, grid: { start: instant(DAY_MS), step: DAY_MS, length: 2 } }
    const frame = withQuotes(held, [
      rows('VIX', [
        [0, 1],
        [DAY_MS, 2],
        [3 * DAY_MS, 4],
      ]),
    ])
    expect(frame.grid).toBe(held.grid)
    expect([...frame.quotes.get('VIX')!]).toEqual([2, NaN])
  })

  it('says where the values come from, what was read and what is missing', () => {
    const frame = withQuotes(empty, [
      rows('VIX', [
        [2 * DAY_MS, 20],
        [5 * DAY_MS, 30],
      ]),
    ])
    expect(frame.inputs).toEqual([
      {
        kind: 'quote',
        venue: 'file',
        market: 'index',
        instrument: 'VIX',
        interval: '1d',
        from: 2 * DAY_MS,
        to: 6 * DAY_MS,
        rows: 2,
        // A Sunday lies between, which is none.
        gaps: 1,
        simulated: false,
      },
    ])
  })

  it('shows a daily value on intraday bars when it is known, not before', () => {
    const hours = { ...emptyFrame('US', '4h', instant(100 * DAY_MS)) }
    const grid = { start: instant(DAY_MS), step: 4 * HOUR_MS, length: 13 }
    const points: readonly Point[] = [
      [DAY_MS, 20],
      [2 * DAY_MS, 30, 3 * DAY_MS + HOUR_MS],
    ]
    const shown = Array.from({ length: 13 }, (_, bar) => (bar === 5 ? 20 : bar === 12 ? 30 : NaN))
    const frame = withQuotes({ ...hours, grid }, [rows('VIX', points)])
    expect([...frame.quotes.get('VIX')!]).toEqual(shown)
    expect(frame.inputs[0]).toMatchObject({ interval: '1d', from: DAY_MS, to: 3 * DAY_MS, rows: 2, gaps: 0 })
    const alone = withQuotes(hours, [rows('VIX', points)])
    expect(alone.grid).toEqual({ start: DAY_MS + 20 * HOUR_MS, step: 4 * HOUR_MS, length: 8 })
    expect([...alone.quotes.get('VIX')!]).toEqual(shown.slice(5))
  })

  it('never shows an older value after a newer one was known', () => {
    const grid = { start: instant(DAY_MS), step: 4 * HOUR_MS, length: 24 }
    const points: readonly Point[] = [
      [DAY_MS, 21, 4 * DAY_MS],
      [2 * DAY_MS, 30],
    ]
    const frame = withQuotes({ ...emptyFrame('US', '4h', instant(100 * DAY_MS)), grid }, [rows('VIX', points)])
    expect([...frame.quotes.get('VIX')!].flatMap((value, bar) => (Number.isNaN(value) ? [] : [[bar, value]]))).toEqual([
      [11, 30],
    ])
  })

  it('leaves a frame without a grid where the series are empty', () => {
    const frame = withQuotes(empty, [rows('VIX', [])])
    expect(frame.grid.length).toBe(0)
    expect(frame.quotes.get('VIX')).toHaveLength(0)
  })
})
