import { expect, it } from 'vitest'
import { ema } from './ema.ts'
import { macd } from './macd.ts'

const close = Float64Array.from({ length: 60 }, (_, i) => 100 + 10 * Math.sin(i / 5) + i / 7)

it('seeds both averages at bar slow - 1, the fast one with the bars just before', () => {
  const { line, signal, histogram } = macd(Float64Array.of(1, 2, 4, 8), 1, 2, 2)
  const slow = [1.5, 1.5 + ((4 - 1.5) * 2) / 3]
  expect(line[2]).toBeCloseTo(4 - slow[1]!, 12)
  expect(signal[2]).toBeCloseTo((2 - slow[0]! + (4 - slow[1]!)) / 2, 12)
  expect(histogram[2]).toBeCloseTo(line[2]! - signal[2]!, 12)
})

it('is defined from bar 33 on, all three columns', () => {
  const { line, signal, histogram } = macd(close)
  for (const column of [line, signal, histogram]) expect(column.findIndex((value) => !Number.isNaN(value))).toBe(33)
})

it('takes the slow average from the first bars and the fast one from bars 14 to 25', () => {
  const slow = ema(close, 26)
  const fast = ema(close.subarray(14), 12)
  const { line } = macd(close)
  for (let i = 33; i < close.length; i++) expect(line[i]).toBe(fast[i - 14]! - slow[i]!)
})

it('takes the two lengths in either order', () => {
  expect(macd(close, 26, 12)).toEqual(macd(close, 12, 26))
})
