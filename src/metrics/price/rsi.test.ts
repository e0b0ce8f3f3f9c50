import { expect, it } from 'vitest'
import { rsi } from './rsi.ts'

it('gives the smoothed rises as a share of the smoothed moves', () => {
  const values = rsi(Float64Array.of(1, 2, 1.5, 2.5), 2)
  expect(values[2]).toBe(100 * (0.5 / 0.75))
  expect(values[3]).toBe(100 * (0.75 / 0.875))
})

it('gives 100 for rises alone and 0 for falls alone', () => {
  expect(rsi(Float64Array.from({ length: 30 }, (_, i) => i + 1)).at(-1)).toBe(100)
  expect(rsi(Float64Array.from({ length: 30 }, (_, i) => 99 - i)).at(-1)).toBe(0)
})

it('gives 0 where the price has not moved, as TA-Lib does', () => {
  expect(rsi(new Float64Array(30).fill(3)).at(-1)).toBe(0)
})

it('reads a coin that is priced in billionths like any other', () => {
  const close = Float64Array.of(1, 2, 1.5, 2.5).map((price) => price * 2 ** -60)
  expect(rsi(close, 2)[3]).toBe(100 * (0.75 / 0.875))
})
