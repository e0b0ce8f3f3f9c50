import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../core/instant.ts'
import { seededRandom } from '../core/random.ts'
import { batchOf } from '../records/batch.ts'
import { candle } from '../records/candle.ts'
import { instrument } from '../records/instrument.ts'
import { trade } from '../records/trade.ts'
import { ConflictError, RepeatedRowError } from './conflict.ts'
import { ingest, UndatedRecordError } from './ingest.ts'
import type { Store } from './open.ts'
import { countRows } from './queries/countRows.ts'
import { readImports } from './ledger.ts'
import { readCandles } from './queries/readCandles.ts'
import { bar, bars, endOf, importBars, inBatches, temporary } from '../../test/support/temporaryStore.ts'

const { open } = temporary()

const read = (store: Store, asOf = endOf(10_000)) =>
  readCandles(store, { venue: 'binance', market: 'spot', instrument: 'ETHUSDT', interval: '1d', asOf })

const TAKER = { quoteVolume: 1000, trades: 7, takerBuyVolume: 4, takerBuyQuoteVolume: 400 }

describe('an import', () => {
  it('keeps new rows, and nothing the second time', async () => {
    const store = await open()
    expect(await importBars(store, 'a.csv', bars(800))).toEqual({
      rows: 800,
      added: 800,
      fuller: 0,
      replaced: 0,
      unchanged: 0,
    })
    const before = await read(store)
    expect(await importBars(store, 'a.csv', bars(800))).toEqual({
      rows: 800,
      added: 0,
      fuller: 0,
      replaced: 0,
      unchanged: 800,
    })
    expect(await read(store)).toEqual(before)
    expect(await countRows(store, candle)).toBe(800)
    expect(await readImports(store.engine)).toMatchObject([
      { number: 1, label: 'a.csv', kind: 'candle', rows: 800, added: 800, finished: true },
    ])
  })

  it('adds what a longer file has more', async () => {
    const store = await open()
    await importBars(store, 'short.csv', bars(10))
    expect(await importBars(store, 'long.csv', bars(15))).toMatchObject({ added: 5, unchanged: 10 })
    expect((await read(store)).at.length).toBe(15)
  })

  it('takes no rows at all for what it is', async () => {
    const store = await open()
    expect(await importBars(store, 'empty.csv', [])).toEqual({
      rows: 0,
      added: 0,
      fuller: 0,
      replaced: 0,
      unchanged: 0,
    })
    expect(await readImports(store.engine)).toEqual([])
  })

  it('stores nothing of a source that fails', async () => {
    const store = await open()
    async function* failing() {
      yield batchOf(candle, bars(100))
      throw new Error('bad row')
    }
    await expect(ingest(store, { record: candle, batches: failing(), label: 'bad.csv' })).rejects.toThrow('bad row')
    expect(await countRows(store, candle)).toBe(0)
    expect(await importBars(store, 'good.csv', bars(3))).toMatchObject({ added: 3 })
  })

  it('reports how many rows it has read', async () => {
    const store = await open()
    const seen: number[] = []
    const batches = inBatches(batchOf(candle, bars(5)), batchOf(candle, []), batchOf(candle, bars(8).slice(5)))
    await ingest(store, { record: candle, batches, label: 'a.csv', progress: (rows) => seen.push(rows) })
    expect(seen).toEqual([5, 8])
  })

  it('spreads over more years than the engine takes by itself', async () => {
    const store = await open()
    const rows = Array.from({ length: 130 }, (_, year) => bar(year * 366 - 100 * 366))
    expect(await importBars(store, 'long.csv', rows)).toMatchObject({ added: 130 })
  })

  it('keeps trades of one instant apart by their id', async () => {
    const store = await open()
    const row = (tradeId: string, quantity = 1) => ({
      venue: 'binance',
      market: 'spot',
      instrument: 'BTCUSDT',
      at: 1000,
      knownAt: 1000,
      tradeId,
      price: 5,
      quantity,
      takerBuy: true,
    })
    const put = (label: string, ...rows: ReturnType<typeof row>[]) =>
      ingest(store, { record: trade, batches: inBatches(batchOf(trade, rows)), label })
    expect(await put('a.csv', row('1'), row('2'))).toMatchObject({ added: 2 })
    expect(await put('a.csv', row('2'), row('3'), row('3'))).toMatchObject({ rows: 3, added: 1, unchanged: 2 })
    await expect(put('b.csv', row('2', 3))).rejects.toThrow('quantity: 3')
    await expect(put('c.csv', { ...row('2'), takerBuy: false })).rejects.toThrow('takerBuy: 0')
  })

  it('comes to the same in slices', async () => {
    const rows = [...bars(700), ...bars(700, { market: 'perp' }), bar(350), ...bars(3, { venue: 'okx' })]
    const [whole, cut] = [await open(), { sliceRows: 100 }]
    await importBars(whole, 'a.csv', rows.slice(0, 500))
    const inOne = await importBars(whole, 'b.csv', rows)
    const view = await read(whole)
    await whole.close()
    const store = await open()
    await importBars(store, 'a.csv', rows.slice(0, 500))
    expect(await importBars(store, 'b.csv', rows, cut)).toEqual(inOne)
    expect(await importBars(store, 'b.csv', rows, cut)).toMatchObject({ unchanged: 1404 })
    expect(await read(store)).toEqual(view)
    const wrong = rows.map((row, i) => (i === 690 ? { ...row, close: 1 + Number(row['close']) } : row))
    await expect(importBars(store, 'c.csv', [...wrong.slice(0, 1400), bar(900)], cut)).rejects.toBeInstanceOf(
      ConflictError,
    )
    expect(await countRows(store, candle)).toBe(1403)
    const sameTime = Array.from({ length: 300 }, (_, i) => bar(0, { instrument: `COIN${i}` }))
    expect(await importBars(store, 'd.csv', sameTime, cut)).toMatchObject({ added: 300 })
  })

  it('refuses records that have no time', async () => {
    const store = await open()
    const request = { record: instrument, batches: inBatches(), label: 'x' }
    await expect(ingest(store, request)).rejects.toBeInstanceOf(UndatedRecordError)
  })

  it('runs beside another and comes out as if after it', async () => {
    const store = await open()
    const both = await Promise.all([importBars(store, 'a.csv', bars(500)), importBars(store, 'b.csv', bars(700))])
    expect(both.reduce((sum, { added }) => sum + added, 0)).toBe(700)
    expect(await countRows(store, candle)).toBe(700)
  })
})

describe('rows that come twice in one file', () => {
  it('count once where they agree, the fullest standing', async () => {
    const store = await open()
    const rows = [bar(0), bar(1), bar(1, TAKER), bar(1), bar(2)]
    expect(await importBars(store, 'a.csv', rows)).toEqual({ rows: 5, added: 3, fuller: 0, replaced: 0, unchanged: 2 })
    expect((await read(store)).trades).toEqual(Float64Array.of(NaN, 7, NaN))
  })

  it('are refused by name where they do not, and nothing is stored', async () => {
    const store = await open()
    const failure = importBars(store, 'a.csv', [bar(0), bar(1), bar(1, { close: 102 })])
    await expect(failure).rejects.toBeInstanceOf(RepeatedRowError)
    await expect(failure).rejects.toThrow(
      '"a.csv" gives 1 row twice with different values; binance spot ETHUSDT 1d 2024-12-31T00:00:00Z close: 102 and 101',
    )
    expect(await countRows(store, candle)).toBe(0)
  })
})

describe('a fuller row', () => {
  it('stands whichever came first', async () => {
    const [plain, full] = [bars(400), bars(400, TAKER)]
    const first = await open()
    await importBars(first, 'plain.csv', plain)
    expect(await importBars(first, 'full.csv', full)).toMatchObject({ added: 0, fuller: 400, unchanged: 0 })
    const afterPlain = await read(first)
    await first.close()
    const second = await open()
    await importBars(second, 'full.csv', full)
    expect(await importBars(second, 'plain.csv', plain)).toMatchObject({ added: 0, fuller: 0, unchanged: 400 })
    expect(await read(second)).toEqual(afterPlain)
    expect(afterPlain.takerBuyVolume.every((volume) => volume === 4)).toBe(true)
  })

  it('stands also after the engine has folded the rows', async () => {
    const store = await open()
    await importBars(store, 'plain.csv', bars(4))
    await importBars(store, 'full.csv', bars(4, TAKER))
    await importBars(store, 'plain.csv', bars(4))
    await store.engine.command('optimize table candle final')
    expect((await read(store)).trades).toEqual(Float64Array.of(7, 7, 7, 7))
    expect(await countRows(store, candle)).toBe(4)
  })
})

describe('a row that says otherwise', () => {
  it('fails the import, naming both files, the bar, the field and both values', async () => {
    const store = await open()
    await importBars(store, 'old.csv', bars(20))
    const rows = bars(30).map((row, day) => (day % 2 === 0 ? row : { ...row, close: 150 }))
    const failure = await importBars(store, 'new.csv', rows).catch((error: unknown) => error as ConflictError)
    expect(failure).toBeInstanceOf(ConflictError)
    expect(failure).toMatchObject({ code: 'IMPORT_CONFLICT', count: 10 })
    expect((failure as Error).message).toContain('"new.csv" contradicts "old.csv" in 10 rows')
    expect((failure as Error).message).toContain(
      'binance spot ETHUSDT 1d 2024-12-31T00:00:00Z close: 150, "old.csv" has 101;',
    )
    expect((failure as Error).message).toContain('; and 5 more')
    expect(await countRows(store, candle)).toBe(20)
    expect((await readImports(store.engine)).length).toBe(1)
  })

  it('passes within 1e-8 and leaves the stored value as it is', async () => {
    const store = await open()
    await importBars(store, 'old.csv', [bar(0, { close: 100 })])
    expect(await importBars(store, 'new.csv', [bar(0, { close: 100 * (1 + 0.9e-8) })])).toMatchObject({ unchanged: 1 })
    expect((await read(store)).close).toEqual(Float64Array.of(100))
    await expect(importBars(store, 'new.csv', [bar(0, { close: 100 * (1 + 1.1e-8) })])).rejects.toBeInstanceOf(
      ConflictError,
    )
  })

  it('conflicts only where both fill the field', async () => {
    const store = await open()
    await importBars(store, 'old.csv', [bar(0, { trades: 5 })])
    expect(await importBars(store, 'new.csv', [bar(0, { quoteVolume: 9 })])).toMatchObject({ unchanged: 1 })
    await expect(importBars(store, 'new.csv', [bar(0, { trades: 6 })])).rejects.toThrow('trades: 6, "old.csv" has 5')
  })

  it('wins where differences replace, also over a fuller row, and again the other way round', async () => {
    const store = await open()
    await importBars(store, 'full.csv', bars(3, TAKER))
    const wrong = [bar(0), bar(1, { close: 150 }), bar(2)]
    const replace = { onDifference: 'replace' } as const
    expect(await importBars(store, 'fix.csv', wrong, replace)).toEqual({
      rows: 3,
      added: 0,
      fuller: 0,
      replaced: 1,
      unchanged: 2,
    })
    expect((await read(store)).close).toEqual(Float64Array.of(100, 150, 102))
    expect((await read(store)).trades).toEqual(Float64Array.of(7, NaN, 7))
    expect(await importBars(store, 'fix.csv', wrong, replace)).toMatchObject({ replaced: 0, unchanged: 3 })
    await expect(importBars(store, 'full.csv', bars(3, TAKER))).rejects.toThrow(
      '"full.csv" contradicts "fix.csv" in 1 row',
    )
    expect(await importBars(store, 'full.csv', bars(3, TAKER), replace)).toMatchObject({ replaced: 1, unchanged: 2 })
    await store.engine.command('optimize table candle final')
    expect((await read(store)).close).toEqual(Float64Array.of(100, 101, 102))
    expect(await countRows(store, candle)).toBe(3)
  })
})

describe('a revision', () => {
  const revised = (day: number, fields = {}) =>
    bar(day, { knownAt: Number(bar(day)['knownAt']) + 5 * DAY_MS, ...fields })

  it('leaves every earlier view as it was', async () => {
    const store = await open()
    await importBars(store, 'a.csv', bars(10))
    const views = await Promise.all(Array.from({ length: 16 }, (_, day) => read(store, endOf(day))))
    expect(await importBars(store, 'b.csv', [revised(3, { close: 150 })])).toMatchObject({ added: 1 })
    for (const day of views.keys()) {
      const now = await read(store, endOf(day))
      if (day < 8) expect(now).toEqual(views[day])
      else expect(now.close).toEqual(views[day]!.close.with(3, 150))
    }
  })

  it('that says the same again is kept as what was known then, once', async () => {
    const store = await open()
    await importBars(store, 'a.csv', bars(4))
    expect(await importBars(store, 'b.csv', [revised(1)])).toMatchObject({ added: 1, unchanged: 0 })
    expect(await importBars(store, 'b.csv', [revised(1)])).toMatchObject({ added: 0, unchanged: 1 })
    expect(await importBars(store, 'a.csv', bars(4))).toMatchObject({ added: 0, unchanged: 4 })
    expect(await countRows(store, candle)).toBe(5)
  })

  it('that is fuller shows from when it was known', async () => {
    const store = await open()
    await importBars(store, 'a.csv', bars(4))
    expect(await importBars(store, 'b.csv', [revised(1, TAKER)])).toMatchObject({ added: 1 })
    expect((await read(store, endOf(4))).trades).toEqual(Float64Array.of(NaN, NaN, NaN, NaN))
    expect((await read(store)).trades).toEqual(Float64Array.of(NaN, 7, NaN, NaN))
  })

  it('that is taken back shows the same in whatever order the files come', async () => {
    const later = (days: number, close: number) => bar(0, { knownAt: endOf(days), close })
    const files = [[bar(0)], [later(3, 103)], [later(5, 100)], [later(7, 100)]]
    const orders = [
      [0, 1, 2, 3],
      [0, 2, 1, 3],
      [3, 2, 0, 1],
      [2, 3, 1, 0],
    ]
    for (const order of orders) {
      const store = await open()
      for (const i of order) expect(await importBars(store, `${i}.csv`, files[i]!)).toMatchObject({ added: 1 })
      for (const i of order) expect(await importBars(store, `${i}.csv`, files[i]!)).toMatchObject({ unchanged: 1 })
      const closes = await Promise.all([0, 2, 3, 4, 5, 9].map((day) => read(store, endOf(day))))
      expect(closes.map(({ close }) => close[0])).toEqual([100, 100, 103, 103, 100, 100])
      await store.close()
    }
  })

  it('can come before its original', async () => {
    const store = await open()
    await importBars(store, 'late.csv', [revised(1, { close: 150 })])
    expect(await importBars(store, 'a.csv', bars(3))).toMatchObject({ added: 3 })
    expect((await read(store, endOf(3))).close).toEqual(Float64Array.of(100, 101, 102))
    expect((await read(store)).close).toEqual(Float64Array.of(100, 150, 102))
  })
})

describe('imports in any order and cut', () => {
  it('give the same store', async () => {
    const random = seededRandom('orders')
    const rows = bars(60, TAKER).map((row, day) => (day % 3 === 0 ? row : bar(day)))
    const views = []
    for (let order = 0; order < 4; order++) {
      const store = await open()
      const files = [rows.slice(0, 25), rows.slice(20, 60), bars(60), rows.filter((_, i) => i % 7 === 0)]
      for (const file of files.toSorted(() => random.uniform() - 0.5)) await importBars(store, 'part.csv', file)
      views.push(await read(store))
      await store.close()
    }
    for (const view of views) expect(view).toEqual(views[0])
    expect(views[0]!.at.length).toBe(60)
  })
})
