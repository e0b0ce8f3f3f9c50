import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { columnFrame, outputsOf } from '../../../test/support/columnFrame.ts'
import { trailingPercentile } from '../trailingPercentile.ts'

it('gives the share of the window before that lies below the present value', () => {
  const column = Float64Array.of(3, 1, 2, 2, 9, 0)
  // Windows of three: [3,1], [3,1,2], [1,2,2], [2,2,9]; equal values are not below.
  expect([...trailingPercentile(column, 3)]).toEqual([NaN, NaN, 50, (100 * 1) / 3, 100, 0])
})

it('needs half of the window, whatever is missing in it', () => {
  expect([...trailingPercentile(Float64Array.of(1, NaN, NaN, 5, 2), 4)]).toEqual([NaN, NaN, NaN, NaN, 50])
  expect([...trailingPercentile(Float64Array.of(1, NaN, NaN, NaN, 5), 2)]).toEqual([NaN, NaN, NaN, NaN, NaN])
})

it('agrees with counting', () => {
  const values = fc.array(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(NaN)), { maxLength: 60 })
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 12 }), (column, bars) => {
      const found = trailingPercentile(Float64Array.from(column), bars)
      for (const [i, value] of column.entries()) {
        const window = column.slice(Math.max(0, i - bars), i).filter((each) => !Number.isNaN(each))
        const isThere = !Number.isNaN(value) && window.length * 2 >= bars
        const below = window.filter((each) => each < value).length
        expect(found[i]).toBe(isThere ? (100 * below) / window.length : NaN)
      }
    }),
    { seed: 1 },
  )
})

it('is what the frame has, with its place among 180 days', () => {
  const annual = Array.from({ length: 100 }, (_, day) => day)
  const frame = columnFrame({ 'funding.annual': annual, 'funding.per_8h': annual.map((rate) => rate / 1095) })
  const { value, per_8h, percentile } = outputsOf('funding', frame)
  expect(value).toEqual(annual)
  expect(per_8h![99]).toBeCloseTo(99 / 1095, 12)
  expect(percentile![89]).toBe(NaN)
  expect(percentile![90]).toBe(100)
})
