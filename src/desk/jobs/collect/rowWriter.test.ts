import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { liquidationRow } from '../../../../test/support/liquidationRow.ts'
import { temporary } from '../../../../test/support/temporaryStore.ts'
import type { Coverage } from '../../../records/coverage.ts'
import { liquidation } from '../../../records/liquidation.ts'
import { trade } from '../../../records/trade.ts'
import { openStore, type Store } from '../../../store/open.ts'
import { countRows } from '../../../store/queries/countRows.ts'
import { readCoverage } from '../../../store/queries/readCoverage.ts'
import { RowWriter } from './rowWriter.ts'

const { directory, open } = temporary()

afterEach(() => void vi.useRealTimers())

const START = Date.UTC(2026, 0, 5)

const traded = (id: number) => ({
  record: trade,
  row: {
    venue: 'bybit',
    market: 'perp',
    instrument: 'BTCUSDT',
    at: START + id,
    knownAt: START + id,
    tradeId: String(id),
    price: 100,
    quantity: 1,
    takerBuy: true,
  },
})

const liquidated = (id: number) => ({ record: liquidation, row: liquidationRow(id, START + id) })

const covered = (until: number): Coverage => ({
  venue: 'bybit',
  market: 'perp',
  lane: 'trade',
  feed: 'perp 1',
  way: 'live',
  since: 1,
  until,
  members: 'BTCUSDT',
  ended: '',
})

const writerTo = (store: Store, coverageNow: () => readonly Coverage[]): RowWriter =>
  new RowWriter(store, { number: 1, coverageNow, isToldOnce: (_, kind) => kind === 'liquidation' })

async function tradesIn(store: Store): Promise<number> {
  const { columns } = await store.engine.select('select toFloat64(count()) as n from trade', { n: 'number' })
  return columns.n[0] as number
}

/** The store, with every insert told, and failing where said. */
function watched(store: Store, onInsert: (sql: string) => void): Store {
  const { engine } = store
  const insert: Store['engine']['insert'] = async (sql, ...rest) => {
    onInsert(sql)
    return engine.insert(sql, ...rest)
  }
  return { ...store, engine: { ...engine, stage: engine.stage.bind(engine), insert } as Store['engine'] }
}

describe('RowWriter', () => {
  it('writes what is covered behind the rows that it speaks of', async () => {
    const store = await open()
    const order: string[] = []
    const seen = watched(store, (sql) => order.push(/insert into \W?(\w+)/.exec(sql)?.[1] ?? sql))
    const writer = writerTo(seen, () => [covered(10)])
    writer.put(traded(1))
    writer.put(traded(2))
    expect(writer.waiting).toBe(2)
    await writer.close()
    expect(order).toEqual(['trade', 'coverage'])
    expect([writer.waiting, writer.written, writer.latencyMs.length]).toEqual([0, 2, 1])
    expect(await tradesIn(store)).toBe(2)
    expect(await readCoverage(store)).toEqual([covered(10)])
  })

  it('writes what is missed before the rows behind which it is', async () => {
    const store = await open()
    const order: string[] = []
    const seen = watched(store, (sql) => order.push(/insert into \W?(\w+)/.exec(sql)?.[1] ?? sql))
    const missed: Coverage = { ...covered(5), feed: 'BTCUSDT', way: 'missed', ended: 'trade "2" never came' }
    const writer = writerTo(seen, () => [covered(10), missed])
    writer.put(traded(1))
    await writer.close()
    expect(order).toEqual(['coverage', 'trade', 'coverage'])
    const rows = await readCoverage(store)
    expect(rows.map(({ way, until }) => `${way} ${until}`).toSorted()).toEqual(['live 10', 'missed 5'])
  })

  it('asks what is covered when a flush begins, so that rows put later are not spoken of', async () => {
    const store = await open()
    // However slow the machine is, nothing is flushed meanwhile.
    vi.useFakeTimers({ toFake: ['setInterval'] })
    let until = 10
    const writer = writerTo(store, () => [covered(until)])
    writer.put(traded(1))
    const flushed = writer.flush()
    until = 20
    writer.put(traded(2))
    await flushed
    expect(await readCoverage(store)).toEqual([covered(10)])
    expect([await tradesIn(store), writer.waiting]).toEqual([1, 1])
    await writer.close()
    expect(await readCoverage(store)).toEqual([covered(20)])
  })

  it('does not keep what is told once waiting for a flush of other rows', async () => {
    const store = await open()
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const { engine } = store
    const insert: Store['engine']['insert'] = async (sql, ...rest) => {
      if (sql.includes('trade')) await held
      return engine.insert(sql, ...rest)
    }
    const slow = { ...store, engine: { ...engine, stage: engine.stage.bind(engine), insert } as Store['engine'] }
    const covers = (lane: string): Coverage => ({ ...covered(10), lane })
    const writer = writerTo(slow, () => [covers('trade'), covers('liquidation')])
    writer.put(traded(1))
    const flushed = writer.flush()
    writer.put(liquidated(2))
    await expect.poll(async () => (await readCoverage(store)).map(({ lane }) => lane)).toEqual(['liquidation'])
    await expect.poll(() => writer.waiting).toBe(0)
    expect(await tradesIn(store)).toBe(0)
    release()
    await flushed
    await writer.close()
    expect((await readCoverage(store)).map(({ lane }) => lane).toSorted()).toEqual(['liquidation', 'trade'])
  })

  it('has what is told once where the next process finds it, before it is stored, and nothing there after', async () => {
    const path = directory()
    const store = await openStore(path)
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const { engine } = store
    const insert: Store['engine']['insert'] = async (...all) => {
      await held
      return engine.insert(...all)
    }
    const slow = { ...store, engine: { ...engine, stage: engine.stage.bind(engine), insert } as Store['engine'] }
    const writer = writerTo(slow, () => [{ ...covered(10), lane: 'liquidation' }])
    writer.put(liquidated(1))
    writer.put(traded(2))
    const noted = (): readonly string[] => readdirSync(join(path, 'journal')).map((name) => join(path, 'journal', name))
    await expect.poll(noted).toHaveLength(1)
    const killed = readFileSync(noted()[0] as string)
    release()
    await writer.close()
    expect(noted()).toEqual([])
    await store.close()

    // As if it had been killed then: another store finds what the first one wrote down.
    const other = await open()
    await other.close()
    mkdirSync(join(other.path, 'journal'))
    writeFileSync(join(other.path, 'journal', '1-0.journal'), killed)
    const next = await open(other.path)
    expect(await countRows(next, liquidation)).toBe(1)
    expect((await readCoverage(next)).map(({ lane, until }) => `${lane} ${until}`)).toEqual(['liquidation 10'])
    expect(await tradesIn(next)).toBe(0)
  })

  it('keeps what one flow was told of the other, of a stretch the last', async () => {
    const store = await open()
    const told = [[covered(10)], [{ ...covered(20), ended: 'socket closed' }], [], []]
    const writer = writerTo(store, () => told.shift() ?? [])
    await writer.flush()
    await writer.close()
    expect(await readCoverage(store)).toEqual([{ ...covered(20), ended: 'socket closed' }])
  })

  it('is ended for ever by rows that cannot be stored: nothing is covered behind them', async () => {
    const store = await open()
    let isFull = true
    const broken = watched(store, (sql) => {
      if (isFull && sql.includes('trade')) throw new Error('disk full')
    })
    const writer = writerTo(broken, () => [covered(10)])
    writer.put(traded(1))
    await expect(writer.flush()).rejects.toThrow('disk full')
    isFull = false
    expect(() => writer.put(traded(2))).toThrow('disk full')
    await expect(writer.room()).rejects.toThrow('disk full')
    await expect(writer.flush()).rejects.toThrow('disk full')
    await expect(writer.close()).rejects.toThrow('disk full')
    expect(await readCoverage(store)).toEqual([])
  })

  it('is ended for ever as a whole by rows of one kind that cannot be stored', async () => {
    const broken = watched(await open(), (sql) => {
      if (sql.includes('liquidation')) throw new Error('disk full')
    })
    const writer = writerTo(broken, () => [])
    writer.put(liquidated(1))
    await expect(writer.flush()).rejects.toThrow('disk full')
    expect(() => writer.put(traded(2))).toThrow('disk full')
    await expect(writer.close()).rejects.toThrow('disk full')
  })

  it.each(['trade', 'liquidation'])(
    'covers nothing any more once rows are refused, since a %s was not stored',
    async (broken) => {
      const store = await open()
      const inserts: string[] = []
      const failing = watched(store, (sql) => {
        inserts.push(/insert into \W?(\w+)/.exec(sql)?.[1] ?? sql)
        if (sql.includes(broken)) throw new Error('disk full')
      })
      let hasFailed = false
      const told = ['trade', 'liquidation'].map((lane) => ({ ...covered(10), lane }))
      const writer = writerTo(failing, () => (hasFailed ? told : []))
      writer.put(broken === 'trade' ? traded(1) : liquidated(1))
      await expect(writer.flush()).rejects.toThrow('disk full')
      hasFailed = true
      expect(() => writer.put(broken === 'trade' ? liquidated(2) : traded(2))).toThrow('disk full')
      await expect(writer.close()).rejects.toThrow('disk full')
      expect(inserts).toEqual([broken])
      await store.close()
      expect(await readCoverage(await open(store.path))).toEqual([])
    },
  )
})
