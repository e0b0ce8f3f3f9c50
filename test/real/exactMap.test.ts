import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS, instant, parseInstant, type InstantMs } from '../../src/core/instant.ts'
import type { Desk } from '../../src/desk/desk.ts'
import { readMapAt } from '../../src/desk/columns/exactMap.ts'
import { assetInstruments } from '../../src/desk/columns/readColumns.ts'
import { importFile, type ImportAnswer } from '../../src/desk/jobs/importFile.ts'
import { answerSeries, type SeriesAnswer } from '../../src/desk/series.ts'
import type { ExactMap } from '../../src/metrics/contracts/exactMap.ts'
import { binMiddles } from '../../src/metrics/contracts/logBins.ts'
import { openStore } from '../../src/store/open.ts'
import { scratchFolder } from '../support/cli.ts'
import { dataFile, describeWithData } from './data.ts'

const POSITIONS = 'hyperliquid/hl_whale_positions_daily_snapshots_2026-02.csv.gz'
const TOTALS = 'hyperliquid/hl_dashboard_totals_2026-02.csv.gz'
const ASSETS = ['ETH', 'BTC', 'HYPE', 'SOL'] as const

/** A row of the file, read here by itself. */
interface FileRow {
  readonly at: number
  readonly coin: string
  readonly account: string
  readonly isLong: boolean
  readonly size: number
  readonly value: number
  /** NaN where there is none. */
  readonly price: number
}

function readRows(): readonly FileRow[] {
  const [head = '', ...lines] = gunzipSync(readFileSync(dataFile(POSITIONS)!))
    .toString()
    .trimEnd()
    .split('\n')
  const names = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    const cell = (name: string): string => cells[names.indexOf(name)]!
    return {
      at: Date.parse(cell('time')),
      coin: cell('coin'),
      account: cell('address'),
      isLong: cell('direction') === 'Long',
      size: Number(cell('size')),
      value: Number(cell('position_value')),
      price: cell('liquidation_px') === '' ? NaN : Number(cell('liquidation_px')),
    }
  })
}

/** Bins of one percent by their number, from 1 dollar up. */
const binOf = (price: number): number => Math.floor(Math.log(price) / Math.log(1.01))

describeWithData('the exact map of real positions', () => {
  const folder = scratchFolder()
  let desk: Desk
  let rows: readonly FileRow[]
  let imported: ImportAnswer
  let days: readonly number[]

  beforeAll(async () => {
    const store = await openStore(folder)
    desk = { store, now: parseInstant('2026-03-01') }
    const strict = { badRows: 'refuse', onDifference: 'refuse' } as const
    imported = await importFile(desk, { kind: 'positions', path: dataFile(POSITIONS)!, ...strict })
    const series = {
      kind: 'series',
      column: 'totalOI',
      venue: 'hyperliquid',
      instrument: 'OPEN_INTEREST',
      interval: '1s',
    } as const
    await importFile(desk, { path: dataFile(TOTALS)!, ...series, ...strict })
    rows = readRows()
    days = [...new Set(rows.map(({ at }) => Math.floor(at / DAY_MS) * DAY_MS))]
    return () => store.close()
  })

  /** The whole map at the end of a day. */
  async function mapOn(asset: string, day: number) {
    const asOf = instant(day + DAY_MS)
    const instruments = await assetInstruments(desk, { asset, asOf })
    return readMapAt(desk, { asset, interval: '1d', stepMs: DAY_MS, asOf, instruments })
  }
  const series = (metric: string, asset: string, asOf: InstantMs = desk.now): Promise<SeriesAnswer> =>
    answerSeries(desk, { metric, asset, interval: '1d', asOf })

  it('takes every row of the file', () => {
    expect(imported).toMatchObject({
      rows: 60_654,
      added: 60_654,
      bad: { count: 0 },
      venue: 'hyperliquid',
      market: 'perp',
    })
    expect(days).toHaveLength(19)
  })

  describe.each(ASSETS)('%s', (asset) => {
    it('equals a direct sum over the file, day by day and bin by bin, in coins and in dollars', async () => {
      for (const day of days) {
        const found = (await mapOn(asset, day))!
        const own = rows.filter(({ at, coin }) => coin === asset && at >= day && at < day + DAY_MS)
        const sums = directSums(own)
        expectEqual(found.map, sums)
        expect(found.accounts).toBe(new Set(own.map(({ account }) => account)).size)
        const side = (isLong: boolean) => own.filter((row) => row.isLong === isLong)
        expect(found.map.long.positions).toBe(side(true).length)
        expect(found.map.short.positions).toBe(side(false).length)
        const size = side(false).reduce((sum, row) => sum + row.size, 0)
        expect(Math.abs(found.map.short.coins / size - 1)).toBeLessThan(1e-9)
        expect(found.map.leftOut).toEqual(sums.leftOut)
        // Positions of one snapshot were valued within minutes, at marks up to half a percent apart.
        expect(Math.abs(found.map.mark / sums.mark - 1)).toBeLessThan(3e-3)
      }
    })

    it('is what the metric tells', async () => {
      const { points, missing, inputs, conventions } = await series('liquidation_map_exact', asset)
      expect(points).toHaveLength(days.length)
      const last = points.at(-1)!.value as Record<string, number | null>
      const { map, accounts } = (await mapOn(asset, days.at(-1)!))!
      expect(last['accounts']).toBe(accounts)
      expect(last['left_out']).toBe(Object.values(map.leftOut).reduce((sum, count) => sum + count, 0))
      expect(last['largest_above']).toBeGreaterThan(map.mark)
      expect(last['largest_below']).toBeLessThan(map.mark)
      expect(last['long_coverage']).toBeNull()
      expect(missing).toEqual([expect.stringContaining(`open interest of ${asset} on hyperliquid`)])
      expect(inputs.map(({ kind }) => kind)).toEqual(['liquidation_map_exact', 'quote'])
      expect(conventions).toContain('hyperliquid/open_interest/sides-unknown')
    })
  })

  it('is not known before its day, and stands for a day after the last look', async () => {
    const first = days[0]!
    expect(await mapOn('ETH', first - DAY_MS)).toBeUndefined()
    expect(await mapOn('ETH', days.at(-1)! + 2 * DAY_MS)).toBeUndefined()
    const { points } = await series('liquidation_map_exact.accounts', 'ETH', instant(first + DAY_MS))
    expect(points).toHaveLength(1)
  })

  // The shares are over all coins of the venue: of ETH's own open interest there no file tells.
  it('makes up a fifth of all longs and a third of all shorts on 2026-02-22 if open interest counts one side, and at most twice as much', async () => {
    const { points, missing } = await series('liquidation_map_exact', 'ETH')
    const last = points.at(-1)! as { at: string; value: Record<string, number | null> }
    expect(last.at).toBe('2026-02-22T00:00:00Z')
    const total = 4_549_306_910
    const all = rows.filter(({ at }) => at >= parseInstant('2026-02-22'))
    const value = (isLong: boolean): number =>
      all.filter((row) => row.isLong === isLong).reduce((sum, row) => sum + row.value, 0)
    const [long, short] = [(100 * value(true)) / total, (100 * value(false)) / total]
    expect([long, short]).toEqual([expect.closeTo(20.6, 1), expect.closeTo(35.4, 1)])
    expect(last.value['all_long_coverage']).toBeCloseTo(long, 2)
    expect(last.value['all_short_coverage']).toBeCloseTo(short, 2)
    expect(last.value['all_long_coverage_most']).toBeCloseTo(2 * long, 2)
    expect(last.value['all_short_coverage_most']).toBeCloseTo(2 * short, 2)
    expect(last.value['short_coverage']).toBeNull()
    expect(missing).toEqual([expect.stringContaining('open interest of ETH on hyperliquid')])
  })
})

interface Sums {
  readonly mark: number
  readonly coins: ReadonlyMap<string, number>
  readonly usd: ReadonlyMap<string, number>
  readonly leftOut: ExactMap['leftOut']
}

/** Coins and dollars by side and bin, summed straight over rows of the file. */
function directSums(own: readonly FileRow[]): Sums {
  const mark = own.reduce((sum, { value }) => sum + value, 0) / own.reduce((sum, { size }) => sum + size, 0)
  const [coins, usd] = [new Map<string, number>(), new Map<string, number>()]
  const leftOut = { none: 0, notPositive: 0, wrongSide: 0, far: 0 }
  for (const { isLong, size, price } of own) {
    if (Number.isNaN(price)) leftOut.none++
    else if (isLong ? price >= mark : price <= mark) leftOut.wrongSide++
    else if (price > 10 * mark || price < mark / 10) leftOut.far++
    else {
      const key = `${isLong ? 'long' : 'short'} ${binOf(price)}`
      coins.set(key, (coins.get(key) ?? 0) + size)
      usd.set(key, (usd.get(key) ?? 0) + size * price)
    }
  }
  return { mark, coins, usd, leftOut }
}

function expectEqual(map: ExactMap, { coins, usd }: Sums): void {
  const [foundCoins, foundUsd] = [new Map<string, number>(), new Map<string, number>()]
  for (const [i, middle] of binMiddles(map.bins).entries()) {
    for (const side of ['long', 'short'] as const) {
      const key = `${side} ${binOf(middle)}`
      if (map[`${side}Coins`][i]! > 0) foundCoins.set(key, map[`${side}Coins`][i]!)
      if (map[`${side}Usd`][i]! > 0) foundUsd.set(key, map[`${side}Usd`][i]!)
    }
  }
  for (const [found, direct] of [
    [foundCoins, coins],
    [foundUsd, usd],
  ] as const) {
    expect([...found.keys()].toSorted()).toEqual([...direct.keys()].toSorted())
    for (const [key, sum] of direct) expect(Math.abs(found.get(key)! / sum - 1)).toBeLessThan(1e-9)
  }
}
