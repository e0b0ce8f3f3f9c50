import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { columnFrame, outputsOf } from '../../../test/support/columnFrame.ts'
import { correlation } from './priceOiCorrelation.ts'

it('is Pearson with the interval of Fisher', () => {
  // Deviations (-1.5,-.5,.5,1.5) and (-1,-2,2,1): 5 / sqrt(5 * 10). Interval: tanh(atanh(r) -+ 1.96 / sqrt(1)).
  const { value, low, high, n } = correlation([1, 2, 3, 4], [2, 1, 5, 4])
  expect(n).toBe(4)
  expect(value).toBeCloseTo(5 / Math.sqrt(50), 12)
  expect(low).toBeCloseTo(Math.tanh(Math.atanh(value) - 1.959963984540054), 12)
  expect(high).toBeCloseTo(Math.tanh(Math.atanh(value) + 1.959963984540054), 12)
})

it('is 1 exactly on a line, where rounding would bring it beyond', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 4, maxLength: 30 }), (a) => {
      const { value, low, high } = correlation(
        a,
        a.map((x) => 3 * x + 1),
      )
      if (Number.isNaN(value)) return
      expect(value).toBeLessThanOrEqual(1)
      expect(low).toBeLessThanOrEqual(high)
    }),
    { seed: 1 },
  )
  expect(correlation([1, 2, 3, 4], [4, 3, 2, 1])).toEqual({ value: -1, low: -1, high: -1, n: 4 })
})

it('has no value of three pairs, nor where one side stands still', () => {
  expect(correlation([1, 2, 3], [1, 2, 3])).toEqual({ value: NaN, low: NaN, high: NaN, n: 3 })
  expect(correlation([1, 1, 1, 1], [1, 2, 3, 4])).toEqual({ value: NaN, low: NaN, high: NaN, n: 4 })
})

const price = [100, 110, 105, 120, 118, 125, 130]
const coins = [10, 12, 11, 13, 13, 14, 14.5]
const logs = (values: readonly number[]) => values.slice(1).map((value, i) => Math.log(value / values[i]!))

const chain = coins.map(() => 1)

it('correlates log changes of the last bars, of open interest like for like and the price that stands with it', () => {
  const frame = columnFrame({
    'open_interest.price': price,
    'open_interest.likeForLike': coins,
    'open_interest.chain': chain,
  })
  const { value, n, low, high } = outputsOf('price_oi_correlation(4)', frame)
  expect(value!.slice(0, 4)).toEqual([NaN, NaN, NaN, NaN])
  const direct = correlation(logs(price).slice(0, 4).toReversed(), logs(coins).slice(0, 4).toReversed())
  expect([value![4], low![4], high![4], n![4]]).toEqual([direct.value, direct.low, direct.high, 4])
})

it('tells how many changes it rests on, and is a gap where half are missing', () => {
  const holed = price.map((each, i) => (i === 2 ? NaN : each))
  const frame = columnFrame({
    'open_interest.price': holed,
    'open_interest.likeForLike': coins,
    'open_interest.chain': chain,
  })
  const { value, n } = outputsOf('price_oi_correlation(6)', frame)
  expect(n![6]).toBe(4)
  expect(value![6]).not.toBe(NaN)
  const sparse = price.map((each, i) => (i === 2 || i === 5 ? NaN : each))
  const none = columnFrame({
    'open_interest.price': sparse,
    'open_interest.likeForLike': coins,
    'open_interest.chain': chain,
  })
  expect(outputsOf('price_oi_correlation(6)', none)['value']![6]).toBe(NaN)
})

it('takes no change across bars that share no instrument', () => {
  const begun = coins.map((_, i) => (i < 3 ? 1 : 2))
  const frame = columnFrame({
    'open_interest.price': price,
    'open_interest.likeForLike': coins,
    'open_interest.chain': begun,
  })
  expect(outputsOf('price_oi_correlation(6)', frame)['n']![6]).toBe(5)
})
