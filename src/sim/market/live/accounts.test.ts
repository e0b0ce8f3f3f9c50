import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../core/random.ts'
import {
  bankruptcyPrice,
  fill,
  liquidationPrice,
  longLots,
  MAINTENANCE,
  newAccounts,
  type Account,
} from './accounts.ts'

const account = (lots: number, entry: number, leverage = 10): Account => ({
  id: '0x0',
  lots,
  entry,
  leverage,
  margin: 'isolated',
  size: 1,
})
const filled = (before: Account, lots: number, price: number): readonly [number, number] => {
  fill(before, lots, price)
  return [before.lots, before.entry]
}

describe('fill', () => {
  it('averages the entry while a position grows', () => {
    expect(filled(account(0, 0), 2, 100)).toEqual([2, 100])
    expect(filled(account(2, 100), 2, 200)).toEqual([4, 150])
    expect(filled(account(-1, 100), -3, 200)).toEqual([-4, 175])
  })

  it('keeps the entry of what is left, has none where nothing is, and a new one on the other side', () => {
    expect(filled(account(4, 100), -1, 300)).toEqual([3, 100])
    expect(filled(account(4, 100), -4, 300)).toEqual([0, 0])
    expect(filled(account(4, 100), -5, 300)).toEqual([-1, 300])
    expect(filled(account(-4, 100), 6, 50)).toEqual([2, 50])
  })

  it('keeps the sum of both sides of any trades at nothing, and every entry between the prices traded', () => {
    const trades = fc.array(
      fc.record({
        taker: fc.integer({ min: 0, max: 3 }),
        maker: fc.integer({ min: 0, max: 3 }),
        lots: fc.integer({ min: 1, max: 50 }),
        price: fc.integer({ min: 50, max: 150 }),
      }),
    )
    fc.assert(
      fc.property(trades, (list) => {
        const accounts = [0, 1, 2, 3].map(() => account(0, 0))
        for (const { taker, maker, lots, price } of list.filter((each) => each.taker !== each.maker)) {
          fill(accounts[taker]!, lots, price)
          fill(accounts[maker]!, -lots, price)
        }
        expect(accounts.reduce((sum, { lots }) => sum + lots, 0)).toBe(0)
        expect(longLots(accounts)).toBe(accounts.reduce((sum, { lots }) => sum + Math.abs(lots), 0) / 2)
        for (const { lots, entry } of accounts) {
          if (lots === 0) expect(entry).toBe(0)
          else expect(entry >= 50 - 1e-9 && entry <= 150 + 1e-9).toBe(true)
        }
      }),
    )
  })
})

describe('liquidationPrice', () => {
  it('is where what is left of the margin is the maintenance margin', () => {
    for (const lots of [3, -3]) {
      for (const leverage of [3, 10, 50]) {
        const price = liquidationPrice(account(lots, 100, leverage))
        const equity = (Math.abs(lots) * 100) / leverage + lots * (price - 100)
        expect(equity).toBeCloseTo(MAINTENANCE * price * Math.abs(lots), 9)
      }
    }
  })

  it('is met before the margin is gone, and there is none without a position', () => {
    const [long, short] = [account(1, 100), account(-1, 100)]
    expect(bankruptcyPrice(long)).toBeCloseTo(90, 9)
    expect(bankruptcyPrice(short)).toBeCloseTo(110, 9)
    expect(liquidationPrice(long)).toBeGreaterThan(bankruptcyPrice(long))
    expect(liquidationPrice(short)).toBeLessThan(bankruptcyPrice(short))
    expect(liquidationPrice(account(0, 0))).toBe(0)
  })
})

describe('newAccounts', () => {
  it('names each by an address of its own, the same for the same book', () => {
    const ids = newAccounts(30, 'a/bybit/BTCUSDT', seededRandom('x')).map(({ id }) => id)
    expect(new Set(ids).size).toBe(30)
    expect(ids.every((id) => /^0x[0-9a-f]{40}$/.test(id))).toBe(true)
    expect(newAccounts(30, 'a/bybit/BTCUSDT', seededRandom('y')).map(({ id }) => id)).toEqual(ids)
    expect(newAccounts(30, 'a/okx/BTCUSDT', seededRandom('x')).map(({ id }) => id)).not.toEqual(ids)
  })
})
