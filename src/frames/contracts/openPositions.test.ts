import { expect, it } from 'vitest'
import { instant } from '../../core/instant.ts'
import { markOf, valueOf } from './markOf.ts'
import { openPositions, STANDS_MS, type AccountLook, type PositionRow } from './openPositions.ts'

const row = (account: string, at: number, coins: number, fields: Partial<PositionRow> = {}): PositionRow => ({
  account,
  at: instant(at),
  coins,
  ...fields,
})
const look = (account: string, at: number, ...coins: readonly number[]): AccountLook => ({
  account,
  at,
  positions: coins.map((size) => row(account, at, size)),
})
const sizes = (looks: readonly AccountLook[], at: number): readonly number[] | undefined =>
  openPositions(looks, at)?.map(({ coins }) => coins)

it('are those of the last look at each account before the moment', () => {
  const looks = [look('a', 10, 1), look('b', 20, 2), look('a', 30, 3), look('a', 40, 4)]
  expect(sizes(looks, 31)).toEqual([3, 2])
  expect(sizes(looks, 30)).toEqual([1, 2])
  expect(sizes(looks, 41)).toEqual([4, 2])
})

it('are closed where the last look finds none, or finds 0 coins', () => {
  expect(sizes([look('a', 10, 1), look('b', 10, 2), look('a', 20)], 25)).toEqual([2])
  expect(sizes([look('a', 10, 1), look('b', 10, 2), look('a', 20, 0)], 25)).toEqual([2])
})

it('stand for a day, then are not known any more', () => {
  const looks = [look('a', 0, 1), look('b', 1, 2)]
  expect(sizes(looks, STANDS_MS)).toEqual([1, 2])
  expect(sizes(looks, STANDS_MS + 1)).toEqual([2])
  expect(sizes(looks, STANDS_MS + 2)).toBeUndefined()
})

it('are not known before the first look, and none where a look found none', () => {
  expect(sizes([look('a', 10, 1)], 10)).toBeUndefined()
  expect(sizes([look('a', 10)], 11)).toEqual([])
  expect(openPositions([], 11)).toBeUndefined()
})

it('tell the mark that they were valued at, and their value by side', () => {
  const some = [
    row('a', 0, -2, { entryPrice: 2000, unrealised: 400 }),
    row('b', 0, 4, { entryPrice: 1750, unrealised: 200 }),
    row('c', 0, 1, { entryPrice: 1700 }),
  ]
  expect(markOf(some)).toBe(1800)
  expect(valueOf(some)).toEqual({ long: 7200, short: 3600 })
  expect(markOf([])).toBeNaN()
  expect(valueOf([])).toEqual({ long: 0, short: 0 })
})
