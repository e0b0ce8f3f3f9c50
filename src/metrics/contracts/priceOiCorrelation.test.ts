import { expect, it } from 'vitest'
import { columnFrame, outputsOf } from '../../../test/support/columnFrame.ts'
import { pearson } from '../stats/pearson.ts'

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
  const direct = pearson(logs(price).slice(0, 4).toReversed(), logs(coins).slice(0, 4).toReversed())
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
