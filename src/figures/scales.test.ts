import { describe, expect, test } from 'vitest'
import { linearScale, logScale, priceScale } from './scales.ts'

const box = { top: 0, bottom: 400, spacing: 40 }

describe('a price axis', () => {
  test('is logarithmic from more than a doubling, so that equal ratios are equal heights', () => {
    expect(priceScale({ ...box, low: 100, high: 200 }).kind).toBe('linear')
    const { kind, y } = priceScale({ ...box, low: 1000, high: 4000 })
    expect(kind).toBe('log')
    expect(y(1000) - y(2000)).toBeCloseTo(y(2000) - y(4000), 9)
  })

  test('stays linear where a price is not above zero', () => {
    expect(priceScale({ ...box, low: 0, high: 10 }).kind).toBe('linear')
  })

  test('shows a flat price in the middle', () => {
    expect(priceScale({ ...box, low: 5, high: 5 }).y(5)).toBeCloseTo(200, 9)
    expect(linearScale({ ...box, low: 0, high: 0 }).y(0)).toBe(200)
  })

  test.each([
    [1385, 4108],
    [0.021, 0.097],
    [1, 100_000],
    [1e-9, 3e-9],
    [93_000, 109_588],
  ])('has at least two ticks that differ between %d and %d', (low, high) => {
    const { ticks } = priceScale({ ...box, low, high })
    expect(ticks.length).toBeGreaterThanOrEqual(2)
    expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length)
  })

  test('keeps its ticks apart', () => {
    const ys = logScale({ ...box, low: 1385, high: 4108 }).ticks.map(({ y }) => y)
    for (let i = 1; i < ys.length; i++) expect(ys[i - 1]! - ys[i]!).toBeGreaterThanOrEqual(40)
  })

  test('writes its ticks with equal decimals', () => {
    expect(linearScale({ ...box, low: 0, high: 1, spacing: 100 }).ticks.map(({ label }) => label)).toEqual([
      '0.0',
      '0.2',
      '0.4',
      '0.6',
      '0.8',
      '1.0',
    ])
  })
})
