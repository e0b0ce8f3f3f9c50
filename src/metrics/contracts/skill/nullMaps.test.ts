import { expect, it } from 'vitest'
import { binned, binsAround, placeOf } from '../logBins.ts'
import { mirrored, volumeProfile } from './nullMaps.ts'

const bins = { first: 0, count: 5, width: 1 }
const at = (place: number): number => Math.exp(place + 0.5)

it('spreads what traded in a bucket evenly over the bins from its low to its high', () => {
  const tape = {
    low: Float64Array.of(at(1), at(2)),
    high: Float64Array.of(at(3), at(2)),
    vwap: Float64Array.of(10, 20),
    volume: Float64Array.of(3, 1),
  }
  expect([...volumeProfile(tape, 0, 2, bins)]).toEqual([0, 10, 30, 10, 0])
  expect([...volumeProfile(tape, 1, 2, bins)]).toEqual([0, 0, 20, 0, 0])
})

it('leaves out what traded beyond the bins, and it only', () => {
  const tape = {
    low: Float64Array.of(at(3)),
    high: Float64Array.of(at(6)),
    vwap: Float64Array.of(1),
    volume: Float64Array.of(8),
  }
  expect([...volumeProfile(tape, 0, 1, bins)]).toEqual([0, 0, 0, 2, 2])
})

it('adds the mirror image about the price, the bin of the price once', () => {
  expect([...mirrored(Float64Array.of(3, 1, 7, 0, 2), at(2), bins)]).toEqual([5, 1, 7, 1, 5])
})

it('lays amounts into the bins of their prices and leaves the others out', () => {
  const amounts = [
    { price: at(0), usd: 1 },
    { price: at(0), usd: 2 },
    { price: at(4), usd: 4 },
    { price: at(5), usd: 8 },
    { price: 0, usd: 16 },
  ]
  expect([...binned(amounts, bins)]).toEqual([3, 0, 0, 0, 4])
})

it('has bins that reach as far as was asked on either side', () => {
  const around = binsAround(100, 0.1, 0.005)
  expect(placeOf(100 * Math.exp(-0.1), around)).toBeGreaterThanOrEqual(0)
  expect(placeOf(100 * Math.exp(0.0999), around)).toBeLessThan(around.count)
  expect(around.count).toBe(41)
})
