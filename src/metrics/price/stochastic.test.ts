import { expect, it } from 'vitest'
import { rollingHigh, rollingLow } from './rollingExtreme.ts'
import { stochastic } from './stochastic.ts'

const high = Float64Array.of(10, 12, 11, 14, 13)
const low = Float64Array.of(8, 9, 7, 10, 11)
const close = Float64Array.of(9, 11, 8, 13, 12)

it('places the close between the lowest low and the highest high', () => {
  const { k } = stochastic({ high, low, close }, { n: 3, slowing: 1, signal: 1 })
  expect([...k]).toEqual([NaN, NaN, 1 / 0.05, 6 / 0.07, 5 / 0.07])
})

it('smooths it once for %K and again for %D, both from one bar on', () => {
  const raw = stochastic({ high, low, close }, { n: 1, slowing: 1, signal: 1 }).k
  const { k, d } = stochastic({ high, low, close }, { n: 1, slowing: 2, signal: 2 })
  expect(k[1]).toBe(NaN)
  expect(k[2]).toBeCloseTo((raw[1]! + raw[2]!) / 2, 12)
  expect(d[2]).toBeCloseTo((raw[0]! + 2 * raw[1]! + raw[2]!) / 4, 12)
})

it('gives 0 where the bars had no range', () => {
  const flat = new Float64Array(20).fill(5)
  expect(stochastic({ high: flat, low: flat, close: flat }).k[17]).toBe(0)
})

it('keeps the extremes of the last n values', () => {
  expect([3, 1, 2, 4, 4, 0].map(rollingLow(3))).toEqual([NaN, NaN, 1, 1, 2, 0])
  expect([3, 1, 2, 4, 4, 0].map(rollingHigh(3))).toEqual([NaN, NaN, 3, 4, 4, 4])
})
