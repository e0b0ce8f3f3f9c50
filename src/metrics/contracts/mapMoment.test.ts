import { expect, it } from 'vitest'
import type { LiquidationMap } from './liquidationMap.ts'
import { mapMoment } from './mapMoment.ts'

/** Bins of a fifth, their middles at exp(-0.3), exp(-0.1), exp(0.1) and exp(0.3). */
const map: LiquidationMap = {
  bins: { first: -2, count: 4, width: 0.2 },
  longUsd: Float64Array.of(5, 3, 2, 0),
  shortUsd: Float64Array.of(0, 1, 4, 7),
  tiers: [],
}
const prices = [-0.3, -0.1, 0.1, 0.3].map(Math.exp)

it('shows longs below the price and shorts above it, each summed up from the price', () => {
  const moment = mapMoment(map, 1)
  for (const [i, price] of prices.entries()) expect(moment.price[i]).toBeCloseTo(price, 12)
  expect([...moment.longUsd]).toEqual([5, 3, 0, 0])
  expect([...moment.shortUsd]).toEqual([0, 0, 4, 7])
  expect([...moment.longSum]).toEqual([8, 3, 0, 0])
  expect([...moment.shortSum]).toEqual([0, 0, 4, 11])
  expect(moment).toMatchObject({ mark: 1, binWidth: 0.2 })
})

it('shows no bins beyond its reach', () => {
  expect([...mapMoment(map, 1, 0.2).longUsd]).toEqual([3, 0])
})
