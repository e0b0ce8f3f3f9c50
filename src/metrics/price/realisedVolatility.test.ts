import { expect, it } from 'vitest'
import { seededRandom } from '../../core/random.ts'
import { realisedVolatility, realisedVolatilityStream } from './realisedVolatility.ts'

it('gives the sample deviation of the log returns, annualised', () => {
  const value = Math.log(1.1)
  expect(realisedVolatility(Float64Array.of(100, 110, 100), 2, 365)[2]).toBeCloseTo(100 * value * Math.sqrt(2 * 365), 9)
})

it('agrees with a direct computation over a long series', () => {
  const random = seededRandom('volatility')
  let price = 1
  const close = Float64Array.from({ length: 20_000 }, () => (price *= Math.exp(0.03 * random.normal())))
  const values = realisedVolatility(close, 30, 252)
  for (let i = 30; i < close.length; i += 37) {
    const changes = Array.from({ length: 30 }, (_, k) => Math.log(close[i - k]! / close[i - k - 1]!))
    const mean = changes.reduce((total, change) => total + change, 0) / 30
    const squares = changes.reduce((total, change) => total + (change - mean) ** 2, 0)
    const direct = 100 * Math.sqrt((squares / 29) * 252)
    expect(Math.abs(values[i]! - direct) / direct).toBeLessThan(1e-9)
  }
})

it('gives exactly 0 once the last n returns are 0', () => {
  const close = Float64Array.of(1, 1.3, 0.9, 1.7, ...Array.from({ length: 10 }, () => 1.7))
  expect([...realisedVolatility(close, 5).subarray(8)]).toEqual([0, 0, 0, 0, 0, 0])
})

it('starts over after a gap', () => {
  expect([...realisedVolatility(Float64Array.of(1, 2, 1, NaN, 1, 2), 2).subarray(3)]).toEqual([NaN, NaN, NaN])
})

it('gives the same values bar by bar, bit for bit', () => {
  const random = seededRandom('stream')
  let price = 1
  const close = Float64Array.from({ length: 3000 }, (_, i) => (price *= i % 400 < 50 ? 1 : Math.exp(random.normal())))
  const values = realisedVolatility(close, 30)
  const next = realisedVolatilityStream(30)
  for (let i = 0; i < close.length; i++) expect(next(close[i]!)).toBe(values[i])
})
