import { expect, it } from 'vitest'
import { instant } from '../../core/instant.ts'
import { lastColumn } from './lastColumn.ts'

const grid = { start: instant(1000), step: 100, length: 5 }

it('shows the last reading of a bar, and carries it as far as is said', () => {
  const readings = { at: [1010, 1090, 1200], value: [1, 2, 3], spanMs: 0 }
  expect([...lastColumn(readings, grid)]).toEqual([2, NaN, 3, NaN, NaN])
  expect([...lastColumn(readings, grid, 1)]).toEqual([2, 2, 3, 3, NaN])
})

it('carries what was read before the grid into it', () => {
  expect([...lastColumn({ at: [850], value: [7], spanMs: 0 }, grid, 3)]).toEqual([7, 7, NaN, NaN, NaN])
})

it('shows a value of a longer stretch in the bar in which the stretch ends', () => {
  expect([...lastColumn({ at: [1000], value: [7], spanMs: 300 }, grid)]).toEqual([NaN, NaN, 7, NaN, NaN])
  expect([...lastColumn({ at: [1000], value: [7], spanMs: 100 }, grid)]).toEqual([7, NaN, NaN, NaN, NaN])
})
