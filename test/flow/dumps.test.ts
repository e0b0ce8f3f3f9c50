import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gunzipSync, gzipSync, inflateRawSync } from 'node:zlib'
import { DAY_MS, formatInstant, instant, parseInstant } from '../../src/core/instant.ts'
import { importDumps, type ImportDumpsAnswer, type ImportDumpsRequest } from '../../src/desk/jobs/dumps/importDumps.ts'
import { importFile } from '../../src/desk/jobs/importFile.ts'
import { CoverageBook } from '../../src/desk/jobs/collect/coverageBook.ts'
import { batchOf } from '../../src/records/batch.ts'
import { coverage, type Coverage } from '../../src/records/coverage.ts'
import { trade } from '../../src/records/trade.ts'
import type { DumpWish } from '../../src/sources/dumps/dumpFiles.ts'
import { append } from '../../src/store/append.ts'
import type { Store } from '../../src/store/open.ts'
import { putInstruments } from '../../src/store/queries/putInstruments.ts'
import { readCoverage } from '../../src/store/queries/readCoverage.ts'
import { readInstruments } from '../../src/store/queries/readInstruments.ts'
import type { HistoryDoor } from '../../src/sources/source.ts'
import { instrumentAt, ofDoors } from '../support/doorRows.ts'
import { dumpWorld } from '../support/dumpWorld.ts'
import { checksumOf, cutInHalf, putZip, servedSites, type ServedSite } from '../support/serveSite.ts'
import { temporary } from '../support/temporaryStore.ts'
import { made } from '../support/wire.ts'

const { open, directory } = temporary()
const serve = servedSites()

const world = dumpWorld({ from: '2025-04-30', to: '2025-05-05T01:00' })
const NOW = instant(world.now)

interface Asked {
  readonly wish?: Partial<DumpWish>
  readonly days?: readonly [string, string]
  readonly options?: Partial<ImportDumpsRequest>
  readonly now?: string
}

/** The dumps of some days, brought into a store; no patience unless said. */
function bring(store: Store, site: ServedSite, { wish, days, options, now }: Asked = {}): Promise<ImportDumpsAnswer> {
  const [from, last] = (days ?? ['2025-05-01', '2025-05-03']).map(parseInstant) as [DumpWish['from'], DumpWish['to']]
  const whole = {
    venue: 'binance',
    market: 'spot',
    instruments: ['BTCUSDT'],
    from,
    to: instant(last + DAY_MS),
    ...wish,
  } as const
  const desk = { store, now: now === undefined ? NOW : parseInstant(now) }
  return importDumps(desk, {
    wish: whole,
    base: site.base,
    onChange: 'flag',
    badRows: 'refuse',
    retry: { tries: 1 },
    ...options,
  })
}

const outcomes = ({ reports }: ImportDumpsAnswer): readonly string[] =>
  reports.map(({ period, is }) => `${period} ${is}`)

async function count(store: Store, table: string, where = '1'): Promise<number> {
  const { columns } = await store.engine.select(`select count() as n from ${table} final where ${where}`, {
    n: 'number',
  })
  return columns.n[0]!
}

/** The lines in a zip with one member. */
function unzipped(zip: Uint8Array): readonly string[] {
  const bytes = Buffer.from(zip)
  const [size, name] = [bytes.readUInt32LE(18), bytes.readUInt16LE(26)]
  return inflateRawSync(bytes.subarray(30 + name, 30 + name + size))
    .toString()
    .trimEnd()
    .split('\n')
}

const day = (date: string): string => `data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-${date}.zip`
const metrics = (date: string): string => `data/futures/um/daily/metrics/BTCUSDT/BTCUSDT-metrics-${date}.zip`
const FIRST = day('2025-05-01')
const SECOND = day('2025-05-02')

describe('the files of a dump', () => {
  it('are stored once, and not even fetched again', async () => {
    const [store, site] = [await open(), await serve(world.site)]
    const first = await bring(store, site)
    expect(outcomes(first)).toEqual(['2025-05-01 imported', '2025-05-02 imported', '2025-05-03 imported'])
    expect(await count(store, 'candle')).toBe(3 * 1440)
    site.asked.length = 0
    expect(outcomes(await bring(store, site))).toEqual(['2025-05-01 held', '2025-05-02 held', '2025-05-03 held'])
    expect(site.asked).toEqual(['2025-05-01', '2025-05-02', '2025-05-03'].map((date) => `${day(date)}.CHECKSUM`))
    expect(await count(store, 'candle')).toBe(3 * 1440)
    expect(await count(store, '`import`')).toBe(3)
  })

  it('that are missing are told, the rest comes, and they come later', async () => {
    const [store, site] = [await open(), await serve(world.site)]
    site.instead.set(SECOND, 'not there')
    const answer = await bring(store, site)
    expect(outcomes(answer)).toEqual(['2025-05-01 imported', '2025-05-02 missing', '2025-05-03 imported'])
    expect(answer.nothingOf).toEqual([])
    site.instead.clear()
    expect(outcomes(await bring(store, site))).toEqual(['2025-05-01 held', '2025-05-02 imported', '2025-05-03 held'])
    expect(await count(store, 'candle')).toBe(3 * 1440)
  })

  it('of a name that is none are all missing, which is told of the name', async () => {
    const [store, site] = [await open(), await serve(world.site)]
    const answer = await bring(store, site, {
      wish: { instruments: ['BTCUSDT', 'FOOUSDT'] },
      days: ['2025-05-01', '2025-05-01'],
    })
    expect(outcomes(answer)).toEqual(['2025-05-01 imported', '2025-05-01 missing'])
    expect(answer.nothingOf).toEqual(['FOOUSDT'])
  })

  it('come on from where a site went away in the middle', async () => {
    const [store, site] = [await open(), await serve(world.site)]
    site.instead.set(SECOND, cutInHalf(world.site(`/${SECOND}`).body))
    await expect(bring(store, site)).rejects.toMatchObject({ code: 'NO_ANSWER' })
    expect(await count(store, 'candle')).toBe(1440)
    site.instead.clear()
    expect(outcomes(await bring(store, site))).toEqual([
      '2025-05-01 held',
      '2025-05-02 imported',
      '2025-05-03 imported',
    ])
    expect(await count(store, 'candle')).toBe(3 * 1440)
  })

  it('are asked for again where one try was cut', async () => {
    const [store, site] = [await open(), await serve(world.site)]
    const { body } = world.site(`/${SECOND}`)
    let cuts = 0
    site.instead.set(SECOND, (request, response) => {
      if (cuts++ === 0) cutInHalf(body)(request, response)
      else response.writeHead(200, { 'x-simulated': 'yes' }).end(body)
    })
    const waits: number[] = []
    const retry = { tries: 3, firstMs: 1, onRetry: (_: unknown, ms: number) => void waits.push(ms) }
    expect(outcomes(await bring(store, site, { options: { retry } }))).toContain('2025-05-02 imported')
    expect(waits).toHaveLength(1)
  })

  it('are those of days where that of the month is not out, and stay so', async () => {
    const [store, site] = [await open(), await serve(world.site)]
    // April is over since four days: its file is due, and is not there.
    const april = { days: ['2025-04-01', '2025-04-30'], now: '2025-05-06T12:00' } as const
    const month = 'data/spot/monthly/klines/BTCUSDT/1m/BTCUSDT-1m-2025-04.zip'
    site.instead.set(month, 'not there')
    const answer = await bring(store, site, april)
    expect(site.asked[0]).toBe(month)
    expect(answer.reports).toHaveLength(30)
    expect(outcomes(answer).at(-1)).toBe('2025-04-30 imported')
    for (const { path = '', is } of answer.reports) if (is === 'missing') putZip(site, path, [kline(path)])
    expect(outcomes(await bring(store, site, april)).filter((each) => each.endsWith('imported'))).toHaveLength(29)
    site.asked.length = 0
    expect((await bring(store, site, april)).reports.every(({ is }) => is === 'held')).toBe(true)
    expect(site.asked.some((path) => path.includes('monthly'))).toBe(false)
  })

  it('that hold a header and nothing else are held as such', async () => {
    const [store, site] = [await open(), await serve(world.site)]
    putZip(site, metrics('2025-05-01'), ['create_time,symbol,sum_open_interest,sum_open_interest_value'])
    const asked = { wish: { market: 'perp', kinds: ['metrics'] }, days: ['2025-05-01', '2025-05-01'] } as const
    const [report] = (await bring(store, site, asked)).reports
    expect(report).toMatchObject({ is: 'imported', brought: { rows: 0 } })
    expect(outcomes(await bring(store, site, asked))).toEqual(['2025-05-01 held'])
  })

  it('are known on a mirror by their paths', async () => {
    const [store, site, mirror] = [await open(), await serve(world.site), await serve(world.site)]
    await bring(store, site)
    expect(outcomes(await bring(store, mirror))).toEqual(['2025-05-01 held', '2025-05-02 held', '2025-05-03 held'])
  })
})

/** One candle of the day of a file, with a close that can be told. */
function kline(path: string, close = 2): string {
  const at = parseInstant(path.slice(-14, -4)) * 1000
  return [at, 2, 4, 1, close, 10, at + 59_999_999, 25, 7, 6, 15, 0].join(',')
}

describe('a file that is not what it should be', () => {
  const { body } = world.site(`/${SECOND}`)
  const name = SECOND.split('/').at(-1)!
  const cut = body.subarray(0, body.length - 100)
  const page = Buffer.from('<!doctype html><title>Checking your browser</title>')

  it.each([
    ['has another hash', [[`${SECOND}.CHECKSUM`, checksumOf(page, name)]], 'CHECKSUM_MISMATCH'],
    ['was cut short', [[SECOND, cut]], 'CHECKSUM_MISMATCH'],
    [
      'was cut short before its hash was made',
      [
        [SECOND, cut],
        [`${SECOND}.CHECKSUM`, checksumOf(cut, name)],
      ],
      'DAMAGED_FILE',
    ],
    [
      'is a page',
      [
        [SECOND, page],
        [`${SECOND}.CHECKSUM`, checksumOf(page, name)],
      ],
      'NOT_A_DUMP',
    ],
    ['has a page as hash', [[`${SECOND}.CHECKSUM`, page]], 'CHECKSUM_UNREADABLE'],
    ['has no hash', [[`${SECOND}.CHECKSUM`, 'not there']], 'CHECKSUM_MISSING'],
  ] as const)('%s: nothing of it is stored, and the rest comes', async (_, instead, code) => {
    const [store, site] = [await open(), await serve(world.site)]
    for (const [path, other] of instead) site.instead.set(path, other)
    const { reports } = await bring(store, site)
    expect(reports.map(({ is }) => is)).toEqual(['imported', 'failed', 'imported'])
    expect(reports[1]).toMatchObject({ code, why: expect.stringContaining(SECOND) })
    expect(await count(store, 'candle')).toBe(2 * 1440)
    expect(await count(store, 'candle', "toDate(at) = '2025-05-02'")).toBe(0)
    site.instead.clear()
    expect(outcomes(await bring(store, site))).toEqual(['2025-05-01 held', '2025-05-02 imported', '2025-05-03 held'])
  })

  it('holds a bad row: nothing of it is stored, unless bad rows are left out', async () => {
    const [store, site] = [await open(), await serve(world.site)]
    putZip(site, FIRST, [kline(FIRST), kline(FIRST, -1).replace(',2,', ',-2,')])
    const one = { days: ['2025-05-01', '2025-05-01'] } as const
    const [refused] = (await bring(store, site, one)).reports
    expect(refused).toMatchObject({
      is: 'failed',
      code: 'BAD_ROW',
      why: expect.stringMatching(/^"data\/spot\/.*csv" line 2/),
    })
    expect(await count(store, 'candle')).toBe(0)
    const [kept] = (await bring(store, site, { ...one, options: { badRows: 'skip' } })).reports
    expect(kept).toMatchObject({ is: 'imported', brought: { added: 1, bad: { count: 1 } } })
  })

  it('holds another instrument', async () => {
    const [store, site] = [await open(), await serve(world.site)]
    const other = world.site('/trading/BTCUSD/BTCUSD2025-05-01.csv.gz').body
    site.instead.set('trading/BTCUSDT/BTCUSDT2025-05-01.csv.gz', other)
    const asked = { wish: { venue: 'bybit', market: 'perp' }, days: ['2025-05-01', '2025-05-01'] } as const
    expect((await bring(store, site, asked)).reports).toMatchObject([{ is: 'failed', code: 'OTHER_INSTRUMENT' }])
    expect(await count(store, 'trade')).toBe(0)
  })
})

describe('a file that changed since it was stored', () => {
  it('is flagged by name and left alone, until it is to replace', async () => {
    const [store, site] = [await open(), await serve(world.site)]
    putZip(site, FIRST, [kline(FIRST)])
    const one = { days: ['2025-05-01', '2025-05-01'] } as const
    const [before] = (await bring(store, site, one)).reports
    putZip(site, FIRST, [kline(FIRST, 3)])
    const [flagged] = (await bring(store, site, one)).reports
    expect(flagged).toMatchObject({ is: 'changed', path: FIRST, was: (before as { sha256: string }).sha256 })
    expect(await count(store, 'candle', 'close = 2')).toBe(1)
    const [replaced] = (await bring(store, site, { ...one, options: { onChange: 'replace' } })).reports
    expect(replaced).toMatchObject({ is: 'imported', brought: { replaced: 1 } })
    expect([await count(store, 'candle', 'close = 3'), await count(store, 'candle')]).toEqual([1, 1])
    expect(outcomes(await bring(store, site, one))).toEqual(['2025-05-01 held'])
    expect(await count(store, 'dump')).toBe(2)
  })

  it('is told without a hash beside it too, and costs no fetching while it has its tag', async () => {
    const [store, site] = [await open(), await serve(world.site)]
    const path = 'trading/BTCUSDT/BTCUSDT2025-05-01.csv.gz'
    const asked = { wish: { venue: 'bybit', market: 'perp' }, days: ['2025-05-01', '2025-05-01'] } as const
    expect(outcomes(await bring(store, site, asked))).toEqual(['2025-05-01 imported'])
    expect(outcomes(await bring(store, site, asked))).toEqual(['2025-05-01 held'])
    const lines = gunzipSync(world.site(`/${path}`).body)
      .toString()
      .trimEnd()
      .split('\n')
    site.instead.set(path, gzipSync(`${lines.slice(0, -1).join('\n')}\n`))
    expect(outcomes(await bring(store, site, asked))).toEqual(['2025-05-01 changed'])
    expect(await count(store, 'trade')).toBe(lines.length - 1)
  })
})

describe('what the store holds already', () => {
  const btc = made('binance', { simulated: true, fundingHours: 4, listedAt: 1_500_000_000_000 })

  it('stays, with what a venue has told of its instruments', async () => {
    const [store, site] = [await open(), await serve(world.site)]
    await putInstruments(store, [btc])
    const [may] = ['2025-05-01', '2025-05-01']
    await bring(store, site, { wish: { market: 'perp', kinds: ['klines', 'metrics'] }, days: [may, may] as const })
    expect(await readInstruments(store)).toEqual([btc])
    expect([await count(store, 'openInterest'), await count(store, 'positioning')]).toEqual([288, 4 * 288])
  })

  it('of no kind of a file is changed where one of its kinds contradicts', async () => {
    const [store, site] = [await open(), await serve(world.site)]
    const asked = { wish: { market: 'perp', kinds: ['metrics'] }, days: ['2025-05-01', '2025-05-01'] } as const
    const header =
      'create_time,symbol,sum_open_interest,sum_open_interest_value,count_toptrader_long_short_ratio,' +
      'sum_toptrader_long_short_ratio,count_long_short_ratio,sum_taker_long_short_vol_ratio'
    putZip(site, metrics('2025-05-01'), [header, '2025-05-01 00:05:00,BTCUSDT,,,1,1,1,1'])
    await bring(store, site, asked)
    await store.engine.command('truncate table dump')
    putZip(site, metrics('2025-05-01'), [header, '2025-05-01 00:05:00,BTCUSDT,7,14,1,1.5,1,1'])
    const [report] = (await bring(store, site, asked)).reports
    expect(report).toMatchObject({
      is: 'failed',
      code: 'IMPORT_CONFLICT',
      why: expect.stringContaining('top_positions'),
    })
    expect(await count(store, 'openInterest')).toBe(0)
  })

  it('as real does not mix with what a simulated site serves', async () => {
    const [store, site] = [await open(), await serve(world.site)]
    await putInstruments(store, [{ ...btc, simulated: false }])
    const asked = { wish: { market: 'perp', kinds: ['klines'] } } as const
    await expect(bring(store, site, asked)).rejects.toMatchObject({ code: 'INSTRUMENT_MIXED' })
    expect(await count(store, 'candle')).toBe(0)
  })

  it('under the ids of the venue is not stored again under those of a file', async () => {
    const [store, site] = [await open(), await serve(world.site)]
    const at = parseInstant('2025-05-01T12:00Z')
    const row = { venue: 'bybit', market: 'spot', instrument: 'BTCUSDT', at, knownAt: at, price: 1, quantity: 1 }
    await append(store, batchOf(trade, [{ ...row, tradeId: '2290000000000000001', takerBuy: true }]), 1000)
    const asked = { wish: { venue: 'bybit' }, days: ['2025-05-01', '2025-05-02'] } as const
    const { reports } = await bring(store, site, asked)
    expect(reports).toMatchObject([{ is: 'failed', code: 'TRADES_TWICE' }, { is: 'imported' }])
    expect(await count(store, 'trade', "toDate(at) = '2025-05-01'")).toBe(1)
  })
})

describe('what was collected before', () => {
  const wanted = { venue: 'binance', market: 'perp', instrument: 'BTCUSDT' } as const
  const asked = {
    wish: { market: 'perp', kinds: ['klines', 'metrics', 'aggTrades'] },
    days: ['2025-05-04', '2025-05-04'],
  } as const
  const TABLES = ['candle', 'trade', 'openInterest', 'positioning', 'instrument'] as const

  /** All rows of a store as they stand. */
  const standing = (store: Store): Promise<readonly number[]> =>
    Promise.all(
      TABLES.map(async (table) => {
        const sql = `select sum(cityHash64(* except (importNumber, version))) as hash from ${table} final`
        const { columns } = await store.engine.select(sql, { hash: 'number' })
        return columns.hash[0]!
      }),
    )

  /** What a collector would have written of that day. */
  async function collect(store: Store): Promise<void> {
    await putInstruments(store, [await instrumentAt(world, wanted)])
    const from = parseInstant('2025-05-04')
    const day = { from, to: instant(from + DAY_MS) }
    const doors = [
      { kind: 'candle', interval: '1m' },
      { kind: 'openInterest' },
      { kind: 'positioning' },
      { kind: 'trade' },
    ]
    for (const door of doors as readonly Partial<HistoryDoor>[]) {
      const rows = await ofDoors(world, wanted, door, day)
      expect(rows.length).toBeGreaterThan(100)
      await append(
        store,
        batchOf(
          rows[0]!.record,
          rows.map(({ row }) => row),
        ),
        1000,
      )
    }
  }

  it('is changed by nothing in a dump, and neither is a dump by what is collected after it but made fuller', async () => {
    const [store, site] = [await open(), await serve(world.site)]
    await collect(store)
    const collected = await standing(store)
    const { reports } = await bring(store, site, asked)
    expect(reports.map(({ kind, is }) => `${kind} ${is}`)).toEqual([
      'klines imported',
      'metrics imported',
      'aggTrades imported',
    ])
    const added = reports.map((report) => (report.is === 'imported' ? report.brought.added : NaN))
    // The door of trades reaches back a day from an hour after its end, so the first hour comes by the dump.
    expect(added.slice(0, 2)).toEqual([0, 0])
    expect(added[2]).toBeGreaterThan(0)
    const both = await standing(store)
    expect(both.filter((_, i) => i !== 1)).toEqual(collected.filter((_, i) => i !== 1))
    await collect(store)
    expect(await standing(store)).toEqual(both)
    await store.close()

    const [later, again] = [await open(), await serve(world.site)]
    await bring(later, again, asked)
    await collect(later)
    expect(await standing(later)).toEqual(both)
  })
})

it('a file that was fetched by hand is imported like any other', async () => {
  const [store, folder] = [await open(), directory()]
  const path = join(folder, metrics('2025-05-01').split('/').at(-1)!)
  writeFileSync(path, world.site(`/${metrics('2025-05-01')}`).body)
  const request = { kind: 'metrics', path, badRows: 'refuse', onDifference: 'refuse' } as const
  const answer = await importFile({ store, now: NOW }, request)
  expect(answer).toMatchObject({
    layout: 'binance-metrics',
    interval: '5m',
    rows: 5 * 288,
    added: 5 * 288,
    held: 5 * 288,
  })
  expect(answer.records.map(({ record, added }) => [record, added])).toEqual([
    ['openInterest', 288],
    ['positioning', 4 * 288],
  ])
  expect(await readInstruments(store)).toMatchObject([{ instrument: 'BTCUSDT', contract: 'linear', simulated: false }])
})

describe('gaps of the collector', () => {
  const at = (time: string): number => parseInstant(`2025-05-${time}Z`)
  const LANES = ['trade', 'candle/1m', 'openInterest/5m', 'positioning/top_accounts/5m', 'funding/paid'] as const

  /** Collected until noon of the first and again from noon of the third. */
  const collected = LANES.flatMap((lane): Coverage[] => {
    const shared = { venue: 'binance', market: 'perp', lane, feed: 'perp/0', way: 'live', members: 'BTCUSDT' } as const
    return [
      { ...shared, since: at('01T06:00'), until: at('01T12:00'), ended: 'the connection was lost' },
      { ...shared, since: at('03T12:00'), until: at('04T00:00'), ended: '' },
    ]
  })

  const gapsOf = async (store: Store, lane: string): Promise<readonly (readonly [string, string])[]> => {
    const gaps = new CoverageBook(await readCoverage(store)).gaps({
      venue: 'binance',
      market: 'perp',
      lane,
      instrument: 'BTCUSDT',
    })
    return gaps.map(({ from, to }) => [formatInstant(instant(from)), formatInstant(instant(to))])
  }

  it('are closed as far as a file holds every row of them, and no further', async () => {
    const [store, site] = [await open(), await serve(world.site)]
    await append(store, batchOf(coverage, collected), 1000)
    const wish = { market: 'perp', kinds: ['aggTrades', 'klines', 'metrics'] } as const
    // A bar and a reading are missing on the second.
    const lines = (path: string): readonly string[] => unzipped(world.site(`/${path}`).body)
    const klines = 'data/futures/um/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2025-05-02.zip'
    putZip(site, klines, lines(klines).toSpliced(700, 1))
    putZip(site, metrics('2025-05-02'), lines(metrics('2025-05-02')).toSpliced(100, 1))
    const { reports } = await bring(store, site, { wish, days: ['2025-05-01', '2025-05-02'] })
    expect(reports.map((report) => (report.is === 'imported' ? report.closed.length : NaN))).toEqual([1, 1, 1, 0, 2, 0])
    const end = '2025-05-03T12:00:00Z'
    expect(await gapsOf(store, 'trade')).toEqual([['2025-05-03T00:00:00Z', end]])
    expect(await gapsOf(store, 'candle/1m')).toEqual([['2025-05-02T00:00:00Z', end]])
    for (const lane of ['openInterest/5m', 'positioning/top_accounts/5m']) {
      expect(await gapsOf(store, lane)).toEqual([['2025-05-02T00:00:00.001Z', end]])
    }
    expect(await gapsOf(store, 'funding/paid')).toEqual([['2025-05-01T12:00:00Z', end]])
  })

  it('are none where nothing was collected', async () => {
    const [store, site] = [await open(), await serve(world.site)]
    await bring(store, site)
    expect(await readCoverage(store)).toEqual([])
  })
})

it('nothing is asked for that cannot be there', async () => {
  const [store, site] = [await open(), await serve(world.site)]
  const answer = await bring(store, site, { days: ['2025-05-05', '2025-05-06'] })
  expect(outcomes(answer)).toEqual(['2025-05-05 early', '2025-05-06 early'])
  expect([site.asked, answer.nothingOf]).toEqual([[], []])
})
