import { expect, it } from 'vitest'
import { instant } from '../../core/instant.ts'
import { openInterestColumns, type InterestSeries } from './openInterestColumns.ts'

const grid = (length: number) => ({ start: instant(1000), step: 100, length })
type Row = InterestSeries['rows'][number]
const row = (at: number, coins: number, fields: Partial<Row> = {}): Row => ({
  at: instant(at),
  sides: 'one',
  coins,
  quoteValue: coins * 10,
  ...fields,
})
const readings = (...rows: readonly Row[]): InterestSeries => ({ spanMs: 0, rows })
const unpriced = (priced: Row): Row => {
  const { quoteValue: _, ...rest } = priced
  return rest
}

it('sums the last value of every instrument in a bucket', () => {
  const a = readings(row(1010, 1), row(1090, 2), row(1100, 3))
  const b = readings(row(1050, 10), row(1150, 20))
  const { coins, usd, parts, coverage, price } = openInterestColumns([[a], [b]], grid(2))
  expect([...coins]).toEqual([12, 23])
  expect([...usd]).toEqual([120, 230])
  expect([...price]).toEqual([10, 10])
  expect([...parts]).toEqual([2, 2])
  expect([...coverage]).toEqual([1, 1])
})

it('has bounds of unknown sides, and doubles what a venue publishes of both', () => {
  const sums = openInterestColumns(
    [[readings(row(1000, 8, { sides: 'unknown' }))], [readings(row(1000, 4, { sides: 'two' }))]],
    grid(1),
  )
  expect([sums.coins[0], sums.least[0], sums.published[0]]).toEqual([12, 8, 16])
  expect([sums.usd[0], sums.usdLeast[0]]).toEqual([120, 80])
})

it('carries a value for two buckets, then leaves the instrument out and says so', () => {
  const a = readings(row(1000, 1))
  const b = readings(...[1000, 1100, 1200, 1300, 1400].map((at) => row(at, 10)))
  const { coins, parts, coverage, carried } = openInterestColumns([[a], [b]], grid(5))
  expect([...carried]).toEqual([0, 1 / 11, 1 / 11, 0, 0])
  expect([...coins]).toEqual([11, 11, 11, 10, 10])
  expect([...parts]).toEqual([2, 2, 2, 1, 1])
  expect([...coverage]).toEqual([1, 1, 1, 0.5, 0.5])
})

it('does not count an instrument against coverage before its first value', () => {
  const { coins, coverage } = openInterestColumns(
    [[readings(row(1200, 1))], [readings(row(1000, 5), row(1200, 5))]],
    grid(3),
  )
  expect([...coverage]).toEqual([1, 1, 1])
  expect([...coins]).toEqual([5, 5, 6])
})

it('moves like for like only as those do that are in both bars', () => {
  const leaves = readings(row(1000, 100), row(1100, 110))
  const stays = readings(...[10, 11, 11, 11, 22, 22].map((coins, i) => row(1000 + 100 * i, coins)))
  const comes = readings(row(1500, 1000))
  const { coins, likeForLike, coverage } = openInterestColumns([[leaves], [stays], [comes]], grid(6))
  expect([...coins]).toEqual([110, 121, 121, 121, 22, 1022])
  expect([...likeForLike]).toEqual([110, 121, 121, 121, 242, 242])
  expect([...coverage]).toEqual([1, 1, 1, 1, 0.5, 2 / 3])
})

it('begins like for like again where two bars have none in common, and goes on over a gap of all', () => {
  const first = readings(row(1000, 50))
  const second = readings(row(1500, 70), row(1900, 77))
  const { coins, likeForLike, chain } = openInterestColumns([[first], [second]], grid(10))
  expect([...coins]).toEqual([50, 50, 50, NaN, NaN, 70, 70, 70, NaN, 77])
  expect([...likeForLike]).toEqual([50, 50, 50, NaN, NaN, 70, 70, 70, NaN, 77])
  expect([...chain]).toEqual([1, 1, 1, NaN, NaN, 2, 2, 2, NaN, 2])
})

it('values at the price of the others what has no value of its own', () => {
  const { usd, usdLeast, price } = openInterestColumns(
    [[readings(row(1000, 3))], [readings(unpriced(row(1000, 2, { sides: 'unknown' })))]],
    grid(1),
  )
  expect([usd[0], usdLeast[0], price[0]]).toEqual([50, 40, 10])
})

it('has no dollars where nobody gives a value', () => {
  const { coins, usd, price } = openInterestColumns([[readings(unpriced(row(1000, 2)))]], grid(1))
  expect([coins[0], usd[0], price[0]]).toEqual([2, NaN, NaN])
})

it('shows a mean over a longer stretch in the bucket in which that ends, and carries it by its own length', () => {
  const mean: InterestSeries = { spanMs: 300, rows: [row(1000, 6)] }
  const { coins } = openInterestColumns([[mean]], grid(12))
  expect([...coins].map((value) => (Number.isNaN(value) ? 0 : value))).toEqual([0, 0, 6, 6, 6, 6, 6, 6, 6, 0, 0, 0])
})

it('takes the preferred of two series of an instrument, never both, and the other where the first has none', () => {
  const preferred = readings(row(1000, 1), row(1200, 3))
  const other = readings(row(1000, 100), row(1100, 200), row(1200, 300))
  const { coins, parts } = openInterestColumns([[preferred, other]], grid(3))
  expect([...coins]).toEqual([1, 200, 3])
  expect([...parts]).toEqual([1, 1, 1])
})

it('carries into the grid what was read before it', () => {
  expect([...openInterestColumns([[readings(row(950, 4))]], grid(3)).coins]).toEqual([4, 4, NaN])
})

it('is gaps of nothing, and takes a year of minutes', () => {
  expect([...openInterestColumns([], grid(2)).coins]).toEqual([NaN, NaN])
  const rows = Array.from({ length: 525_600 }, (_, i) => row(1000 + 100 * i, 1))
  expect(openInterestColumns([[{ spanMs: 0, rows }]], grid(10)).coins[9]).toBe(1)
})

it('values coins at the prices of the bar, not at those of a value that is carried', () => {
  const stale = readings(row(1000, 100, { quoteValue: 1000 }))
  const fresh = readings(row(1000, 100, { quoteValue: 1000 }), row(1100, 100, { quoteValue: 1200 }))
  const { price, usd } = openInterestColumns([[stale], [fresh]], grid(4))
  expect([...price]).toEqual([10, 12, 11, 12])
  expect([...usd]).toEqual([2000, 2400, 2200, 1200])
})
