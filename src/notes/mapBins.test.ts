import { expect, test } from 'vitest'
import { pooledAmounts, pooledBins, pooledColumns } from './mapBins.ts'

const middles = Float64Array.of(1, 2, 4, 8, 16)

test('bins outside the prices are left out, and the others stand for themselves where there are few', () => {
  const pooled = pooledBins(middles, { low: 1.5, high: 10, most: 60 })
  expect(pooled).toEqual({ price: Float64Array.of(2, 4, 8), groups: [[1], [2], [3]] })
})

test('many bins are pooled by an even number of neighbours', () => {
  const pooled = pooledBins(middles, { low: 1, high: 16, most: 2 })
  expect(pooled.groups).toEqual([[0, 1, 2]])
  expect(pooledBins(middles, { low: 1, high: 16, most: 3 }).groups).toEqual([
    [0, 1],
    [2, 3],
  ])
})

test('a gap adds nothing to its group, and a group of gaps is one', () => {
  const pooled = pooledBins(middles, { low: 1, high: 8, most: 2 })
  expect(pooledAmounts(Float64Array.of(1, NaN, NaN, NaN, 5), pooled)).toEqual(Float64Array.of(1, NaN))
  const columns = [Float64Array.of(1, NaN), Float64Array.of(2, NaN), Float64Array.of(3, 4), Float64Array.of(5, 6)]
  expect(pooledColumns(columns, pooled)).toEqual([Float64Array.of(3, NaN), Float64Array.of(8, 10)])
})
