import { array, assert, constantFrom, integer, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { DAY_MS, instant, parseInstant } from '../core/instant.ts'
import { layoutFor } from './figure.ts'
import { markCaption, markRadius, numberMarks, placeMarks } from './marks.ts'
import { plotOn } from './plot.ts'

const grid = { start: parseInstant('2025-01-01'), step: DAY_MS, length: 100 }
const plot = plotOn('a', layoutFor(360), grid, 0, 250)
const high = Float64Array.from({ length: 100 }, (_, i) => 100 + 20 * Math.sin(i / 5))
const low = high.map((y) => y + 15)
const at = (bar: number) => instant(grid.start + bar * DAY_MS)

test('numbers marks in order of time and leaves out those outside the figure', () => {
  const marks = numberMarks(grid, [
    { at: at(7), side: 'above', label: 'Later' },
    { at: at(3), side: 'below', label: 'Earlier' },
    { at: at(100), side: 'below', label: 'Outside' },
  ])
  expect(marks.map(({ number, bar, label }) => [number, bar, label])).toEqual([
    [1, 3, 'Earlier'],
    [2, 7, 'Later'],
  ])
  expect(markCaption(grid, marks[0]!)).toBe('1: Earlier, 4 Jan 2025')
})

test('a caption names the hour where bars are shorter than a day', () => {
  const hours = { ...grid, step: DAY_MS / 6 }
  const [mark] = numberMarks(hours, [{ at: instant(grid.start + DAY_MS / 6), side: 'above', label: 'Sweep' }])
  expect(markCaption(hours, mark!)).toBe('1: Sweep, 1 Jan 2025, 04:00 UTC')
})

test('circles stand clear of each other and of the candles they cover', () => {
  const mark = record({
    bar: integer({ min: 0, max: 99 }),
    side: constantFrom('above' as const, 'below' as const),
  })
  assert(
    property(array(mark, { maxLength: 15 }), (wanted) => {
      const marks = numberMarks(
        grid,
        wanted.map(({ bar, side }) => ({ at: at(bar), side, label: 'x' })),
      )
      const placed = placeMarks(plot, marks, high, low)
      const radius = markRadius(plot)
      for (const [i, one] of placed.entries()) {
        for (const other of placed.slice(i + 1))
          expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(2 * radius)
        const ends = one.side === 'above' ? high : low
        expect(one.side === 'above' ? ends[one.bar]! - one.y : one.y - ends[one.bar]!).toBeGreaterThan(radius)
      }
    }),
  )
})

test('a mark on a gap is not drawn', () => {
  const gap = high.map((y, i) => (i === 5 ? NaN : y))
  expect(placeMarks(plot, numberMarks(grid, [{ at: at(5), side: 'above', label: 'x' }]), gap, low)).toEqual([])
})
