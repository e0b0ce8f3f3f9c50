import { describe, expect, it } from 'vitest'
import { temporary } from '../../test/support/temporaryStore.ts'
import { instant } from '../core/instant.ts'
import { batchOf } from '../records/batch.ts'
import { coverage, type Coverage } from '../records/coverage.ts'
import { ticker } from '../records/ticker.ts'
import { trade } from '../records/trade.ts'
import { append } from './append.ts'
import type { Store } from './open.ts'
import { readCoverage } from './queries/readCoverage.ts'
import { readLastTrades } from './queries/readLastTrades.ts'

const { open } = temporary()
const start = Date.UTC(2026, 0, 31, 23, 59, 59)

const covered = (since: number, until: number, fields: Partial<Coverage> = {}): Coverage => ({
  venue: 'bybit',
  market: 'perp',
  lane: 'trade',
  feed: 'perp 1',
  way: 'live',
  since,
  until,
  members: 'BTCUSDT,ETHUSDT',
  ended: '',
  ...fields,
})
const putCoverage = (store: Store, number: number, ...rows: readonly Coverage[]) =>
  append(store, batchOf(coverage, rows), number)

const traded = (tradeId: string, at: number, fields: Record<string, unknown> = {}) => {
  const series = { venue: 'bybit', market: 'perp', instrument: 'BTCUSDT' }
  const row = { ...series, at: start + at, knownAt: start + at, price: 100, quantity: 1, takerBuy: true }
  return { ...row, tradeId, ...fields }
}

const shown = (last: number, more: Record<string, unknown> = {}) => {
  const series = { venue: 'bybit', market: 'perp', instrument: 'BTCUSDT' }
  return { ...series, at: start, knownAt: start, last, ...more }
}

async function numbers(store: Store, sql: string): Promise<readonly number[]> {
  const { columns } = await store.engine.select(sql, { n: 'number' })
  return [...columns.n]
}

describe('append', () => {
  it('keeps the longest of a stretch that grows, in whatever order and by whatever run it was written', async () => {
    const store = await open()
    await putCoverage(store, 1, covered(start, start + 10))
    await putCoverage(store, 1, covered(start, start + 30, { ended: 'socket closed' }))
    await putCoverage(store, 2, covered(start, start + 20))
    expect(await readCoverage(store)).toEqual([covered(start, start + 30, { ended: 'socket closed' })])
  })

  it('keeps stretches apart that began at another time, by another way or in another lane', async () => {
    const store = await open()
    const rows = [
      covered(start, start + 10),
      covered(start + 20, start + 30),
      covered(start, start + 5, { way: 'history' }),
      covered(start, start + 5, { lane: 'candle/1m' }),
    ]
    await putCoverage(store, 1, ...rows)
    const found = await readCoverage(store)
    expect(found).toHaveLength(4)
    expect(found).toEqual(expect.arrayContaining(rows))
  })

  it('has a row once that is written twice, and of two the fuller, then that of the later run', async () => {
    const store = await open()
    await append(store, batchOf(trade, [traded('1', 0), traded('2', 0), traded('3', 1_000)]), 1)
    await append(store, batchOf(trade, [traded('1', 0), traded('3', 1_000)]), 2)
    expect(await numbers(store, 'select toFloat64(count()) as n from trade final')).toEqual([3])
    const last = 'select last as n from ticker final'
    await append(store, batchOf(ticker, [shown(1, { mark: 5 })]), 1)
    await append(store, batchOf(ticker, [shown(2)]), 2)
    expect(await numbers(store, last)).toEqual([1])
    await append(store, batchOf(ticker, [shown(3, { mark: 5 })]), 3)
    expect(await numbers(store, last)).toEqual([3])
  })

  it('asks nothing of the store for no rows', async () => {
    const none = undefined as unknown as Store
    await expect(append(none, batchOf(trade, []), 1)).resolves.toBeUndefined()
  })
})

describe('readLastTrades', () => {
  it('gives the trade with the highest number of each instrument since an instant, not the highest text', async () => {
    const store = await open()
    const rows = [
      traded('999', 0),
      traded('1000', 10),
      traded('7', 20, { instrument: 'ETHUSDT' }),
      traded('8', 20, { market: 'spot' }),
      traded('9', -10, { instrument: 'OLDUSDT' }),
      traded('5000', 20, { venue: 'okx' }),
    ]
    await append(store, batchOf(trade, rows), 1)
    const found = await readLastTrades(store, { venue: 'bybit', since: instant(start) })
    expect(Object.fromEntries(found)).toEqual({
      'perp/BTCUSDT': { id: 1000, at: start + 10 },
      'perp/ETHUSDT': { id: 7, at: start + 20 },
      'spot/BTCUSDT': { id: 8, at: start + 20 },
    })
  })
})
