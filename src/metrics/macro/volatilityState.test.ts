import { expect, it } from 'vitest'
import type { Frame } from '../../core/frame.ts'
import { parseInstant } from '../../core/instant.ts'
import { seededRandom } from '../../core/random.ts'
import { evaluateMetric, resolveMetric } from '../registry.ts'

/** Weeks of five sessions and two days without. */
const days = 7 * 60
const { normal } = seededRandom('volatility')
const isSession = (i: number): boolean => i % 7 < 5
const walk = (sigma: number): Float64Array => {
  let price = 100
  return Float64Array.from({ length: days }, (_, i) => (isSession(i) ? (price *= Math.exp(sigma * normal())) : NaN))
}
const [btc, spx] = [walk(0.03), walk(0.01)]
const vix = Float64Array.from({ length: days }, (_, i) => (isSession(i) ? 20 + i / 100 : NaN))
const frame: Frame = {
  asset: 'BTC',
  asOf: parseInstant('2026-06-01'),
  interval: '1d',
  grid: { start: parseInstant('2025-01-06'), step: 86_400_000, length: days },
  quotes: new Map([
    ['VIX', vix],
    ['SPX', spx],
  ]),
  columns: new Map([['us_close.price', btc]]),
  inputs: [],
  conventions: [],
}

it('measures over sessions, as if the days between were not there', () => {
  const found = evaluateMetric(resolveMetric('volatility_state'), frame)
  const changes: number[] = []
  let before = NaN
  for (const price of spx) {
    if (Number.isNaN(price)) continue
    if (!Number.isNaN(before)) changes.push(Math.log(price / before))
    before = price
  }
  const last = changes.slice(-21)
  const mean = last.reduce((sum, each) => sum + each, 0) / 21
  const deviation = Math.sqrt(last.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 20)
  expect(found['spx']![days - 3]).toBeCloseTo(100 * deviation * Math.sqrt(252), 9)
  expect(found['spx']![days - 2]).toBeNaN()
  expect(found['asset']![days - 3]).toBeGreaterThan(2 * found['spx']![days - 3]!)
  expect(found['vix_percentile']![days - 3]).toBe(100)
  expect(Array.from(found['since']!).every(Number.isNaN)).toBe(true)
})

it('tells the change of the VIX since the close of a day, or of the next session', () => {
  // 11 January is a Saturday: the next session is on the 13th, a week after the first.
  const { since } = evaluateMetric(resolveMetric('volatility_state(2025-01-11)'), frame)
  expect(since![6]).toBeNaN()
  expect(since![7]).toBe(0)
  expect(since![10]).toBeCloseTo(0.03, 12)
})
