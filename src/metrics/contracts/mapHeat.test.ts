import { expect, it } from 'vitest'
import type { LiquidationMap } from './liquidationMap.ts'
import { mapHeat } from './mapHeat.ts'

const mapAt = (first: number, ...usd: readonly number[]): LiquidationMap => ({
  bins: { first, count: usd.length, width: 0.01 },
  longUsd: Float64Array.from(usd),
  shortUsd: Float64Array.from(usd, (value) => 10 * value),
  tiers: [],
})

it('lays both sides of maps with other bins side by side', () => {
  const heat = mapHeat([mapAt(0, 1, 2), mapAt(1, 4, 8)], { low: 1.001, high: Math.exp(0.029) })
  expect(heat.price[0]).toBeCloseTo(Math.exp(0.005), 12)
  expect(heat.usd.map((column) => [...column])).toEqual([
    [11, 0],
    [22, 44],
    [0, 88],
  ])
})

it('a moment without a map is a gap, and without any map there are no bins', () => {
  expect([...mapHeat([undefined, mapAt(0, 1)], { low: 1.001, high: 1.005 }).usd[0]!]).toEqual([NaN, 11])
  expect(mapHeat([undefined], { low: 1, high: 2 }).usd).toEqual([])
})
