import { describe, expect, it } from 'vitest'
import { DAY_MS, instant, parseInstant } from '../../src/core/instant.ts'
import type { RecordSpec } from '../../src/records/record.ts'
import { FILE_KIND_OF, type DumpFile, type DumpKind } from '../../src/sources/dumps/dumpFile.ts'
import { dumpFiles, isFile } from '../../src/sources/dumps/dumpFiles.ts'
import type { HistoryDoor, MappedRow } from '../../src/sources/source.ts'
import { readAll, type Row } from '../files/readAll.ts'
import { tempFolder } from '../files/tempFolder.ts'
import { ofDoors, type Wanted } from '../support/doorRows.ts'
import { dumpWorld, type DumpWorld } from '../support/dumpWorld.ts'

const write = tempFolder()
async function ofDump(world: DumpWorld, file: DumpFile): Promise<readonly Row[]> {
  const { status, body } = world.site(`/${file.path}`)
  expect([file.path, status]).toEqual([file.path, 200])
  const path = write(file.path.split('/').at(-1)!, body)
  const options = {
    venue: file.venue,
    market: file.market,
    ...(file.interval === undefined ? {} : { interval: file.interval }),
  }
  return (await readAll(FILE_KIND_OF[file.kind], path, options)).rows
}

function filesOf(
  world: DumpWorld,
  wanted: Wanted,
  kind: DumpKind,
  days: readonly [string, string],
): readonly DumpFile[] {
  const [from, to] = [parseInstant(days[0]), instant(parseInstant(days[1]) + DAY_MS)]
  const { venue, market, instrument } = wanted
  const wish = { venue, market, instruments: [instrument], kinds: [kind], interval: '1m', from, to } as const
  return dumpFiles(wish, instant(world.now)).filter(isFile)
}

const keyOf = (record: RecordSpec, row: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(
    [...record.series, 'at', 'knownAt', ...(record.tie === undefined ? [] : [record.tie])].map((name) => row[name]),
  )

/** Every row of the doors is in the dump under the same key, and says the same wherever both say something. */
function expectSame(doors: readonly MappedRow[], dump: readonly Row[]): number {
  const record = doors[0]!.record
  const rows = new Map(dump.map((row) => [keyOf(record, row), row]))
  const missing = doors.filter(({ row }) => !rows.has(keyOf(record, row)))
  expect(missing.map(({ row }) => row)).toEqual([])
  for (const { row } of doors) {
    const other = rows.get(keyOf(record, row))!
    for (const [field, value] of Object.entries(row)) {
      const said = other[field]
      if (value === undefined || said === undefined) continue
      const within = record.sameWithin?.[field]
      if (within !== undefined) expect(Math.abs(Number(said) - Number(value))).toBeLessThanOrEqual(within)
      else expect([field, typeof value === 'boolean' ? said === 1 : said]).toEqual([field, value])
    }
  }
  return dump.length
}

describe('rows of dumps are those of the doors', () => {
  // Over the day on which the labels of metrics moved.
  const world = dumpWorld({ from: '2026-06-24', to: '2026-06-26T00:05', assets: ['BTC', 'PEPE'] })
  const DAYS = ['2026-06-24', '2026-06-25'] as const

  it.each([
    ['spot', 'BTCUSDT'],
    ['perp', 'BTCUSDT'],
    ['perp', '1000PEPEUSDT'],
  ] as const)('candles of Binance, %s %s', async (market, instrument) => {
    const wanted = { venue: 'binance', market, instrument } as const
    for (const file of filesOf(world, wanted, 'klines', DAYS)) {
      const doors = await ofDoors(world, wanted, { kind: 'candle', interval: '1m' }, file)
      expect(doors).toHaveLength(1440)
      expect(expectSame(doors, await ofDump(world, file))).toBe(1440)
    }
  })

  it.each([
    ['spot', 'BTCUSDT'],
    ['perp', '1000PEPEUSDT'],
  ] as const)('trades of Binance, %s %s', async (market, instrument) => {
    const wanted = { venue: 'binance', market, instrument } as const
    const [, file] = filesOf(world, wanted, 'aggTrades', DAYS)
    const doors = await ofDoors(world, wanted, { kind: 'trade' }, file!)
    expect(doors.length).toBeGreaterThan(100)
    // The doors of both reach back a day, which is a quarter of an hour short of the begin of the file.
    const dump = await ofDump(world, file!)
    expect(expectSame(doors, dump)).toBeGreaterThanOrEqual(doors.length)
    const since = Math.min(...doors.map(({ row }) => Number(row['at'])))
    expect(dump.filter((row) => Number(row['at']) >= since)).toHaveLength(doors.length)
  })

  it.each(['BTCUSDT', '1000PEPEUSDT'])('open interest and ratios of Binance, %s', async (instrument) => {
    const wanted = { venue: 'binance', market: 'perp', instrument } as const
    for (const file of filesOf(world, wanted, 'metrics', DAYS)) {
      const dump = await ofDump(world, file)
      const kinds: readonly (readonly [Partial<HistoryDoor>, (row: Row) => boolean])[] = [
        [{ kind: 'openInterest' }, (row) => 'published' in row],
        ...(['long_short_accounts', 'top_accounts', 'top_positions', 'taker_ratio'] as const).map(
          (measure) => [{ kind: 'positioning', measure } as const, (row: Row) => row['measure'] === measure] as const,
        ),
      ]
      for (const [door, isOf] of kinds) {
        const doors = await ofDoors(world, wanted, door, file)
        expect([file.period, door, doors.length]).toEqual([file.period, door, 288])
        expect(expectSame(doors, dump.filter(isOf))).toBe(288)
      }
    }
  })

  it.each(['BTCUSDT', 'BTCUSD'])('trades of Bybit, perp %s', async (instrument) => {
    const wanted = { venue: 'bybit', market: 'perp', instrument } as const
    const [, file] = filesOf(world, wanted, 'trades', DAYS)
    const doors = (await ofDoors(world, wanted, { kind: 'trade' }, file!)).filter(
      ({ row }) => Number(row['at']) < file!.to,
    )
    expect(doors.length).toBeGreaterThan(100)
    expectSame(doors, await ofDump(world, file!))
  })

  it('trades of Bybit, spot, but for their ids', async () => {
    const wanted = { venue: 'bybit', market: 'spot', instrument: 'BTCUSDT' } as const
    const [file] = filesOf(world, wanted, 'trades', DAYS)
    const listing = world.market('bybit').listing('spot', 'BTCUSDT')!
    const truth = world
      .market('bybit')
      .trades(listing)
      .filter(({ at }) => at < file!.to)
    const dump = await ofDump(world, file!)
    expect(dump.map((row) => [row['at'], row['price'], row['takerBuy']])).toEqual(
      truth.map(({ at, price, takerBuy }) => [at, price, Number(takerBuy)]),
    )
    expect(dump.slice(0, 2).map((row) => row['tradeId'])).toEqual(['2026-06-24/1', '2026-06-24/2'])
  })
})

it('funding of dumps is that of the doors', async () => {
  const world = dumpWorld({ from: '2026-06-28', to: '2026-07-06T12:00', venues: ['binance'], rate: 0.002 })
  const wanted = { venue: 'binance', market: 'perp', instrument: 'BTCUSDT' } as const
  const [file] = filesOf(world, wanted, 'funding', ['2026-06-28', '2026-06-30'])
  const doors = await ofDoors(world, wanted, { kind: 'funding' }, file!)
  expect(doors.length).toBeGreaterThan(7)
  expect(expectSame(doors, await ofDump(world, file!))).toBe(doors.length)
})
