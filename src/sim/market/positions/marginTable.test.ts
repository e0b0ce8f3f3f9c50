import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { levelOf, marginTable, mostLeverage, type Held, type MarginRow } from './marginTable.ts'

const table = marginTable(0.005, 100_000)

/** What must stay behind a position of so many USD, read off the table. */
function mustStay(usd: number, rows: readonly MarginRow[]): number {
  const row = rows.find(({ upToUsd }) => usd <= upToUsd)!
  return usd * row.rate - row.amount
}

it('ends a long of ten times its margin where a twentieth of a tenth is left, counted by hand', () => {
  // 10 + (p - 100) = 0.005 p
  expect(levelOf({ side: 1, coins: 1, entry: 100, collateral: 10 }, table)).toBeCloseTo(90 / 0.995, 10)
})

it('ends a short likewise', () => {
  // 10 + (100 - p) = 0.005 p
  expect(levelOf({ side: -1, coins: 1, entry: 100, collateral: 10 }, table)).toBeCloseTo(110 / 1.005, 10)
})

it('ends a position where what stands behind it is just what must stay, whatever its size', () => {
  const held = fc.record({
    side: fc.constantFrom<1 | -1>(1, -1),
    coins: fc.double({ min: 1, max: 1e6, noNaN: true }),
    entry: fc.constant(100),
    leverage: fc.double({ min: 1.1, max: 10, noNaN: true }),
  })
  fc.assert(
    fc.property(held, ({ side, coins, entry, leverage }) => {
      const position: Held = { side, coins, entry, collateral: (coins * entry) / leverage }
      const level = levelOf(position, table)
      fc.pre(level > 0)
      const left = position.collateral + side * coins * (level - entry)
      expect(left / (coins * entry)).toBeCloseTo(mustStay(coins * level, table) / (coins * entry), 9)
    }),
  )
})

it('has no end for a long without debt', () => {
  expect(levelOf({ side: 1, coins: 2, entry: 100, collateral: 250 }, table)).toBe(0)
})

it('asks for no more at once where one row ends and the next begins', () => {
  for (const [k, { upToUsd, rate, amount }] of table.entries()) {
    const next = table[k + 1]
    if (next !== undefined) expect(upToUsd * next.rate - next.amount).toBeCloseTo(upToUsd * rate - amount, 6)
  }
})

it('gives large positions less leverage', () => {
  expect(mostLeverage(table, 1_000)).toBe(100)
  expect(mostLeverage(table, 300_000)).toBeLessThan(100)
  expect(mostLeverage(table, 1e12)).toBeLessThan(5)
})
