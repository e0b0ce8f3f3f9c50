import { expect, it } from 'vitest'
import { instant } from '../../core/instant.ts'
import { flowColumns, type InstrumentFlow } from './flowColumns.ts'

const grid = { start: instant(1000), step: 100, length: 4 }
const flow = (bars: readonly (readonly [open: number, bought: number, sold: number])[]): InstrumentFlow => ({
  open: Float64Array.from(bars, ([open]) => open),
  bought: Float64Array.from(bars, ([, bought]) => bought),
  sold: Float64Array.from(bars, ([, , sold]) => sold),
})

it('sums over the instruments that have a value, and says how many they are', () => {
  const a = flow([
    [1000, 5, 1],
    [1100, 7, 2],
    [1300, 1, 1],
  ])
  const b = flow([
    [1100, 10, 20],
    [1200, NaN, 4],
  ])
  const { bought, sold, parts } = flowColumns([a, b], grid)
  expect([...bought]).toEqual([5, 17, NaN, 1])
  expect([...sold]).toEqual([1, 22, NaN, 1])
  expect([...parts]).toEqual([1, 2, 0, 1])
})

it('leaves out what lies outside the grid, and is 0 where takers traded nothing', () => {
  const { bought, parts } = flowColumns(
    [
      flow([
        [900, 9, 9],
        [1000, 0, 0],
        [1400, 9, 9],
      ]),
    ],
    grid,
  )
  expect([...bought]).toEqual([0, NaN, NaN, NaN])
  expect([...parts]).toEqual([1, 0, 0, 0])
})

it('is all gaps of no instrument', () => {
  expect([...flowColumns([], grid).bought]).toEqual([NaN, NaN, NaN, NaN])
})
