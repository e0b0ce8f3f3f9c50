import { expect, it } from 'vitest'
import { mfi } from './mfi.ts'

const flat = (prices: readonly number[], volume: readonly number[]): Parameters<typeof mfi>[0] => {
  const close = Float64Array.from(prices)
  return { high: close, low: close, close, volume: Float64Array.from(volume) }
}

it('gives the share of the money that flowed on rising bars', () => {
  expect(mfi(flat([1, 2, 1], [9, 1, 1]), 2)[2]).toBe(100 * (2 / 3))
})

it('counts a bar whose typical price did not change on neither side', () => {
  expect(mfi(flat([1, 2, 2, 1], [9, 1, 50, 1]), 3)[3]).toBe(100 * (2 / 3))
})

it('gives 0 while no money flows, and no rounding residue of what flowed before', () => {
  const prices = [0.1, 0.3, 0.2, 0.7, ...Array.from({ length: 20 }, () => 0.7)]
  const values = mfi(
    flat(
      prices,
      prices.map((_, i) => 1e9 / (i + 3)),
    ),
    14,
  )
  expect([...values.subarray(18)]).toEqual([0, 0, 0, 0, 0, 0])
})

it('gives 0 for 14 bars without volume', () => {
  expect(
    mfi(
      flat(
        Array.from({ length: 15 }, (_, i) => 1 + (i % 3)),
        Array.from({ length: 15 }, () => 0),
      ),
    )[14],
  ).toBe(0)
})

it('reads tiny money flows like any other', () => {
  expect(
    mfi(
      flat(
        [1, 2, 1].map((price) => price * 2 ** -60),
        [9, 1, 1],
      ),
      2,
    )[2],
  ).toBe(100 * (2 / 3))
})
