import { expect, it } from 'vitest'
import { DAY_MS, instant } from '../../core/instant.ts'
import { largeTrades, type SizedTrades } from './largeTrades.ts'

/** Rows of `[day, class of size, count, value]`. */
function sized(rows: readonly (readonly [number, number, number, number])[], days: readonly number[]): SizedTrades {
  const column = (of: number): Float64Array => Float64Array.from(rows, (row) => row[of]!)
  return {
    open: column(0).map((day) => day * DAY_MS),
    size: column(1),
    count: column(2),
    value: column(3),
    known: days.map((day) => day * DAY_MS),
  }
}

const grid = (days: number) => ({ start: instant(0), step: DAY_MS, length: days })
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)
/** Days of 99 small trades and a larger one, whose class is ten times the day's number. */
const usual = (days: readonly number[]) =>
  days.flatMap((day) => [[day, 1, 99, 990] as const, [day, 10 * (day + 1), 1, 10] as const])

it('counts a trade as large that is in a higher class than the percentile of seven days', () => {
  const { large, all } = largeTrades([sized(usual(range(0, 9)), range(0, 9))], grid(9))
  expect(Array.from(large)).toEqual([NaN, NaN, NaN, NaN, NaN, NaN, 10, 10, 10])
  expect(all[8]).toBe(1000)
})

it('takes the class that reaches the share itself as not large, also where it is the largest', () => {
  const even = range(0, 7).flatMap((day) => [[day, 1, 90, 90] as const, [day, 2, 10, 20] as const])
  expect(largeTrades([sized(even, range(0, 7))], grid(7)).large[6]).toBe(0)
})

it('lets what is older than seven days go', () => {
  // In the first eight days a trade in a hundred is of class 900; from then on none is, so that 2 is large.
  const early = range(0, 8).flatMap((day) => [[day, 1, 97, 97] as const, [day, 900, 3, 3] as const])
  const late = range(8, 20).flatMap((day) => [[day, 1, 995, 995] as const, [day, 2, 5, 5] as const])
  const { large } = largeTrades([sized([...early, ...late], range(0, 20))], grid(20))
  expect(large[8]).toBe(0)
  expect(large[19]).toBe(5)
})

it('leaves out a bar that is not known, and one of whose seven days too little is', () => {
  const days = [...range(0, 8), ...range(10, 20)]
  const { large } = largeTrades([sized(usual(days), days)], grid(20))
  expect(range(0, 20).filter((day) => !Number.isNaN(large[day]!))).toEqual([6, 7, 16, 17, 18, 19])
})

it('judges every instrument by its own trades', () => {
  const big = range(0, 7).flatMap((day) => [[day, 500, 99, 9e6] as const, [day, 600, 1, 1e6] as const])
  const { large, all } = largeTrades([sized(usual(range(0, 7)), range(0, 7)), sized(big, range(0, 7))], grid(7))
  expect(large[6]).toBe(10 + 1e6)
  expect(all[6]).toBe(1000 + 1e7)
})

it('gives gaps where no instrument is held', () => {
  expect(Array.from(largeTrades([], grid(2)).all)).toEqual([NaN, NaN])
})
