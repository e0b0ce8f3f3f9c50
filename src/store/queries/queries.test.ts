import { describe, expect, it } from 'vitest'
import { DAY_MS, instant } from '../../core/instant.ts'
import { batchOf } from '../../records/batch.ts'
import { coverage, type Coverage } from '../../records/coverage.ts'
import { indexLevel } from '../../records/indexLevel.ts'
import { instrument, type Instrument } from '../../records/instrument.ts'
import { append } from '../append.ts'
import { ingest } from '../ingest.ts'
import type { Store } from '../open.ts'
import { bar, bars, endOf, importBars, inBatches, temporary } from '../../../test/support/temporaryStore.ts'
import { countRows } from './countRows.ts'
import { listSeries } from './listSeries.ts'
import { putInstruments } from './putInstruments.ts'
import { readCandles } from './readCandles.ts'
import { readCoverage } from './readCoverage.ts'
import { readInstruments } from './readInstruments.ts'
import { readLevels } from './readLevels.ts'

const { open } = temporary()

const ETH: Instrument = {
  venue: 'binance',
  market: 'spot',
  instrument: 'ETHUSDT',
  asset: 'ETH',
  quote: 'USDT',
  multiplier: 1,
  simulated: false,
  contract: 'none',
}
const PEPE: Instrument = { ...ETH, market: 'perp', instrument: '1000PEPEUSDT', asset: 'PEPE', multiplier: 1000 }
const SERIES = { venue: 'binance', market: 'spot', instrument: 'ETHUSDT', interval: '1d' }

describe('readCandles', () => {
  it('gives the bars of one series known by then, oldest first', async () => {
    const store = await open()
    await importBars(
      store,
      'a.csv',
      [...bars(9), ...bars(9, { market: 'perp', close: 60 }), ...bars(9, { venue: 'okx', close: 60 })].toReversed(),
    )
    const all = await readCandles(store, { ...SERIES, asOf: endOf(6) })
    expect([...all.close]).toEqual([100, 101, 102, 103, 104, 105, 106])
    expect([...all.at]).toEqual(bars(7).map((row) => row['at']))
    const some = await readCandles(store, { ...SERIES, asOf: endOf(6), from: endOf(1), to: endOf(4) })
    expect([...some.close]).toEqual([102, 103, 104])
    expect((await readCandles(store, { ...SERIES, asOf: instant(endOf(6) - 1) })).at.length).toBe(6)
    expect((await readCandles(store, { ...SERIES, instrument: 'nothing', asOf: endOf(6) })).takerBuyVolume.length).toBe(
      0,
    )
  })
})

describe('listSeries', () => {
  const list = (store: Store, instruments?: readonly Instrument[], asOf = endOf(99)) =>
    listSeries(store, instruments === undefined ? { asOf } : { instruments, asOf })

  it('gives what an instrument is and what is stored of it', async () => {
    const store = await open()
    await putInstruments(store, [ETH, PEPE])
    await importBars(store, 'a.csv', [
      ...bars(40),
      ...bars(5, { market: 'perp', instrument: '1000PEPEUSDT', quoteVolume: 7 }),
    ])
    await importBars(store, 'b.csv', [...bars(5, { instrument: 'UNKNOWN' })])
    expect(await list(store, [ETH], endOf(39))).toEqual([
      {
        ...ETH,
        interval: '1d',
        from: endOf(-1),
        to: endOf(39),
        rows: 40,
        quoteVolume30d: bars(40)
          .slice(10)
          .reduce((sum, row) => sum + 10 * Number(row['close']), 0),
      },
    ])
    expect((await list(store)).map((row) => [row.instrument, row.rows, row.quoteVolume30d])).toEqual([
      ['1000PEPEUSDT', 5, 0],
      ['ETHUSDT', 40, 0],
    ])
    expect((await list(store, [PEPE], endOf(29)))[0]).toMatchObject({ multiplier: 1000, quoteVolume30d: 35 })
    expect(await list(store, [{ ...ETH, instrument: 'BTCUSDT' }])).toEqual([])
    expect(await list(store, [])).toEqual([])
  })

  it('knows at T only what was known then, and counts a bar once', async () => {
    const store = await open()
    await putInstruments(store, [ETH])
    await importBars(store, 'a.csv', bars(10))
    await importBars(store, 'b.csv', bars(10, { quoteVolume: 1 }))
    const revised = bar(3, { knownAt: endOf(8), quoteVolume: 101, volume: 99 })
    const before = await list(store, [ETH], endOf(5))
    await importBars(store, 'c.csv', [revised])
    expect(before[0]).toMatchObject({ rows: 6, to: endOf(5), quoteVolume30d: 6 })
    expect(await list(store, [ETH], endOf(5))).toEqual(before)
    expect((await list(store, [ETH], endOf(8)))[0]).toMatchObject({ rows: 9, quoteVolume30d: 109 })
  })
})

describe('readLevels', () => {
  const level = (day: number, fields = {}) => {
    const at = Number(bar(day)['at'])
    return { venue: 'file', instrument: 'VIX', interval: '1d', at, knownAt: at + DAY_MS, value: 20 + day, ...fields }
  }
  const put = (store: Store, label: string, ...rows: Record<string, unknown>[]) =>
    ingest(store, { record: indexLevel, batches: inBatches(batchOf(indexLevel, rows)), label })

  it('gives the values of one series known by then', async () => {
    const store = await open()
    await put(
      store,
      'vix.csv',
      level(0),
      level(1),
      level(2),
      level(1, { knownAt: endOf(4), value: 30 }),
      level(0, { instrument: 'SPX' }),
    )
    const then = await readLevels(store, { instrument: 'VIX', asOf: endOf(2) })
    expect(then).toMatchObject({ venue: 'file', interval: '1d', value: Float64Array.of(20, 21, 22) })
    const later = await readLevels(store, { instrument: 'VIX', asOf: endOf(4), from: endOf(0) })
    expect([...later.value]).toEqual([30, 22])
    expect([...later.knownAt]).toEqual([endOf(4), endOf(2)])
    expect(await readLevels(store, { instrument: 'GLD', asOf: endOf(4) })).toMatchObject({
      venue: '',
      value: new Float64Array(0),
    })
  })

  it('never mixes two series', async () => {
    const store = await open()
    await put(store, 'vix.csv', level(0), level(1, { venue: 'cboe' }))
    await expect(readLevels(store, { instrument: 'VIX', asOf: endOf(9) })).rejects.toThrow('cboe 1d, file 1d')
    expect([...(await readLevels(store, { instrument: 'VIX', venue: 'cboe', asOf: endOf(9) })).value]).toEqual([21])
    expect([...(await readLevels(store, { instrument: 'VIX', asOf: endOf(0) })).value]).toEqual([20])
  })
})

describe('instruments', () => {
  it('are kept once, the last word standing', async () => {
    const store = await open()
    expect(await putInstruments(store, [PEPE, ETH])).toBe(2)
    expect(await putInstruments(store, [PEPE, ETH])).toBe(0)
    expect(await readInstruments(store)).toEqual([PEPE, ETH])
    const renamed = { ...PEPE, asset: 'pepe-coin' }
    expect(await putInstruments(store, [renamed, ETH])).toBe(1)
    expect(await readInstruments(store, { asset: 'PEPE' })).toEqual([])
    expect(await readInstruments(store, { asset: 'pepe-coin' })).toEqual([renamed])
    expect(await putInstruments(store, [PEPE])).toBe(1)
    expect(await readInstruments(store)).toEqual([PEPE, ETH])
    expect(await countRows(store, instrument)).toBe(2)
  })

  it('never turn from simulated to real or back', async () => {
    const store = await open()
    await putInstruments(store, [ETH])
    await expect(putInstruments(store, [{ ...ETH, simulated: true }])).rejects.toThrow('"binance spot ETHUSDT" is real')
    expect(await readInstruments(store)).toEqual([ETH])
  })

  it('come back after their part was lost', async () => {
    const store = await open()
    await putInstruments(store, [ETH])
    await store.engine.command('alter table instrument drop partition tuple()')
    expect(await readInstruments(store)).toEqual([])
    await putInstruments(store, [ETH])
    expect(await readInstruments(store)).toEqual([ETH])
  })
})

describe('readCoverage', () => {
  const stretch = (since: number, until: number, fields: Partial<Coverage> = {}): Coverage => ({
    venue: 'okx',
    market: 'perp',
    lane: 'trade',
    feed: 'perp/0',
    way: 'live',
    since,
    until,
    members: 'BTC-USDT-SWAP',
    ended: '',
    ...fields,
  })

  it('gives each stretch as long as it was last written, or only what matters from an instant on', async () => {
    const store = await open()
    const before = [stretch(0, 10), stretch(20, 30), stretch(20, 40), stretch(5, 6, { lane: 'ticker', way: 'poll' })]
    await append(store, batchOf(coverage, [...before, stretch(50, 90)]), 1)
    const spans = async (since?: number): Promise<readonly string[]> => {
      const rows = await readCoverage(store, since === undefined ? since : instant(since))
      return rows.map((each) => `${each.lane} ${each.since}-${each.until}`).toSorted()
    }
    expect(await spans()).toEqual(['ticker 5-6', 'trade 0-10', 'trade 20-40', 'trade 50-90'])
    expect(await spans(60)).toEqual(['ticker 5-6', 'trade 20-40', 'trade 50-90'])
    expect(await spans(40)).toEqual(['ticker 5-6', 'trade 20-40', 'trade 50-90'])
    expect(await spans(100)).toEqual(['ticker 5-6', 'trade 50-90'])
  })
})
