import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { seededRandom } from '../../core/random.ts'
import { drawdown, drawdownStream } from './drawdown.ts'
import { rebound, reboundStream } from './rebound.ts'

it('gives the deepest fall from a high to the low of a later bar', () => {
  const high = Float64Array.of(10, 20, 16, 30, 25)
  const low = Float64Array.of(8, 10, 5, 24, 15)
  const close = Float64Array.of(9, 15, 8, 27, 18)
  const { value, current, bars } = drawdown({ high, low, close })
  expect([...value]).toEqual([0, 0, -75, -75, -75])
  expect([...current]).toEqual([-10, -25, -60, -10, -40])
  expect([...bars]).toEqual([0, 0, 1, 1, 1])
})

it('looks at nothing before the first bar asked for', () => {
  const column = Float64Array.of(100, 10, 8, 9)
  expect([...drawdown({ high: column, low: column, close: column }, 1).value]).toEqual([NaN, 0, -20, -20])
  expect([...drawdown({ high: column, low: column, close: column }, 9).value]).toEqual([NaN, NaN, NaN, NaN])
})

it('skips a gap and counts its time', () => {
  const column = Float64Array.of(10, NaN, 5)
  const { value, bars } = drawdown({ high: column, low: column, close: column })
  expect([...value]).toEqual([0, NaN, -50])
  expect(bars[2]).toBe(2)
})

it('gives how far the close stands above the lowest low', () => {
  expect([...rebound(Float64Array.of(10, 8, NaN, 9), Float64Array.of(10, 9, NaN, 10))]).toEqual([0, 12.5, NaN, 25])
  expect([...rebound(Float64Array.of(1, 8, 9), Float64Array.of(2, 8, 10), 1)]).toEqual([NaN, 0, 25])
})

it('agrees with looking at every pair of bars', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 30 }), (prices) => {
      const column = Float64Array.from(prices)
      const falls = prices.flatMap((peak, i) => prices.slice(i + 1).map((low) => (100 * (low - peak)) / peak))
      expect(drawdown({ high: column, low: column, close: column }).value.at(-1)).toBe(Math.min(0, ...falls))
    }),
    { seed: 1 },
  )
})

it('gives the same values bar by bar, bit for bit', () => {
  const random = seededRandom('drawdown')
  const close = Float64Array.from({ length: 500 }, (_, i) => (i % 50 === 7 ? NaN : 100 * Math.exp(random.normal())))
  const high = close.map((price) => price * 1.1)
  const low = close.map((price) => price * 0.9)
  const { value, current, bars } = drawdown({ high, low, close })
  const rebounds = rebound(low, close)
  const next = drawdownStream()
  const nextRebound = reboundStream()
  for (let i = 0; i < close.length; i++) {
    const bar = { high: high[i]!, low: low[i]!, close: close[i]! }
    expect(next(bar)).toEqual({ value: value[i], current: current[i], bars: bars[i] })
    expect(nextRebound(bar)).toBe(rebounds[i])
  }
})
