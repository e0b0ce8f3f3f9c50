import { expect, it } from 'vitest'
import { binMiddles, binned, binsAround, binsOver, onBins, placeOf } from './logBins.ts'

it('a bin holds its middle, and bins over a range hold its ends', () => {
  const bins = binsOver(1_500, 2_400, 0.005)
  expect([...binMiddles(bins)].map((price) => placeOf(price, bins))).toEqual(
    Array.from({ length: bins.count }, (_, i) => i),
  )
  expect(placeOf(1_500, bins)).toBe(0)
  expect(placeOf(2_400, bins)).toBe(bins.count - 1)
})

it('bins around a price reach as far as was asked on either side', () => {
  const bins = binsAround(100, 0.1, 0.005)
  expect(bins.count).toBe(41)
  expect(placeOf(100, bins)).toBe(20)
  expect(placeOf(100 * Math.exp(-0.1), bins)).toBeGreaterThanOrEqual(0)
  expect(placeOf(100 * Math.exp(0.1), bins)).toBeLessThan(bins.count)
})

it('a price that is none has no place', () => {
  expect(placeOf(0, binsAround(100, 0.1, 0.005))).toBeNaN()
})

it('lays amounts into the bins of their prices and leaves out what lies outside', () => {
  const amounts = [
    { price: 100, usd: 5 },
    { price: 100, usd: 2 },
    { price: 200, usd: 1 },
  ]
  expect([...binned(amounts, binsAround(100, 0.01, 0.005))]).toEqual([0, 0, 7, 0, 0])
})

it('moves amounts to other bins of the same width', () => {
  const own = { first: 3, count: 3, width: 1 }
  expect([...onBins(Float64Array.of(7, 8, 9), own, { first: 4, count: 3, width: 1 })]).toEqual([8, 9, 0])
  expect([...onBins(Float64Array.of(7, 8, 9), own, { first: 1, count: 3, width: 1 })]).toEqual([0, 0, 7])
  expect([...onBins(Float64Array.of(7, 8, 9), own, { first: 9, count: 2, width: 1 })]).toEqual([0, 0])
})
