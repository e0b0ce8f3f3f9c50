import { expect, it } from 'vitest'
import { adx } from './adx.ts'

const ramp = (step: number): Float64Array => Float64Array.from({ length: 60 }, (_, i) => 100 + step * i)
const pricesOf = (close: Float64Array): Parameters<typeof adx>[0] => ({
  high: close.map((price) => price + 1),
  low: close.map((price) => price - 1),
  close,
})

it('gives 100 for a trend without a bar against it, up or down', () => {
  for (const step of [0.5, -0.5])
    for (const value of adx(pricesOf(ramp(step))).subarray(27)) expect(value).toBeCloseTo(100, 9)
})

it('gives 0 for a price that does not move', () => {
  expect(adx(pricesOf(ramp(0))).at(-1)).toBe(0)
})

it('stays defined while nothing moves', () => {
  const close = Float64Array.from({ length: 80 }, (_, i) => 100 + (i < 40 ? Math.sin(i) * 3 : 0))
  const flat = { high: close, low: close, close }
  expect(Number.isFinite(adx(flat).at(-1)!)).toBe(true)
})
