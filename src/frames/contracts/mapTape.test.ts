import { expect, it } from 'vitest'
import { gaps, type Candles } from '../../core/candles.ts'
import { instant, MINUTE_MS } from '../../core/instant.ts'
import { mapTape, type InterestReadings } from './mapTape.ts'

const STEP = 5 * MINUTE_MS
const candles: Candles = {
  start: instant(10 * STEP),
  step: STEP,
  length: 3,
  open: Float64Array.of(10, 11, NaN),
  high: Float64Array.of(12, 13, NaN),
  low: Float64Array.of(9, 11, NaN),
  close: Float64Array.of(11, 12, NaN),
  volume: Float64Array.of(2, 0, NaN),
  quoteVolume: Float64Array.of(23, 0, NaN),
  trades: gaps(3),
  takerBuyVolume: gaps(3),
  takerBuyQuoteVolume: gaps(3),
}

const readings = (
  ...rows: readonly (readonly [at: number, coins: number, sides?: 'one' | 'two' | 'unknown'])[]
): InterestReadings => ({
  at: rows.map(([at]) => at),
  coins: rows.map(([, coins]) => coins),
  quoteValue: rows.map(([, coins]) => 10 * coins),
  sides: rows.map(([, , sides = 'one']) => sides),
})

it('a reading at the end of a bucket is of that bucket', () => {
  const tape = mapTape(candles, readings([11 * STEP, 5], [11 * STEP + 1, 6], [13 * STEP, 7]), 'linear')
  expect([...tape.openInterest]).toEqual([5, 6, 7])
})

it('a bucket without a reading is a gap, and readings outside the candles are left out', () => {
  const tape = mapTape(candles, readings([10 * STEP, 4], [12 * STEP, 6], [14 * STEP, 7]), 'linear')
  expect([...tape.openInterest]).toEqual([NaN, 6, NaN])
})

it('counts an inverse contract in dollars', () => {
  expect(mapTape(candles, readings([11 * STEP, 5]), 'inverse').openInterest[0]).toBe(50)
})

it('has a gap where the ledger begins to read the number in another way', () => {
  const tape = mapTape(
    candles,
    readings([11 * STEP, 5, 'unknown'], [12 * STEP, 3, 'two'], [13 * STEP, 3, 'two']),
    'linear',
  )
  expect([...tape.openInterest]).toEqual([5, NaN, 3])
})

it('the average price is turnover over volume, and without them the mean of three prices', () => {
  const { vwap } = mapTape(candles, readings(), 'linear')
  expect([...vwap]).toEqual([11.5, 12, NaN])
})
