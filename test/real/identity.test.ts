import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { ASSETS } from '../../src/conventions/assets/assetGraph.ts'
import { closeAt, openAt } from '../../src/core/candles.ts'
import { formatDay, parseAsOf, parseInstant } from '../../src/core/instant.ts'
import type { Desk } from '../../src/desk/desk.ts'
import { explainAsset, type AssetAnswer } from '../../src/desk/explainAsset.ts'
import { importFile } from '../../src/desk/jobs/importFile.ts'
import { openStore } from '../../src/store/open.ts'
import { readDaily } from '../support/readDaily.ts'
import { dataFile, describeWithData } from './data.ts'

const HYPERLIQUID = 'market/hl_perp_5m_keycoins_2025-03-14_2025-05-10.csv.gz'
const BINANCE = 'market/binance_um_perp_4h_2024-12-01_2025-05-10.csv.gz'
const SPOT = 'market/binance_spot_1d_2017_2026.csv.gz'
const SPOT_WITH_TAKER = 'market/binance_spot_1d_taker_2018_2026.csv.gz'

const asOf = parseAsOf('2025-05-10')

/** The pair of two instruments, whichever is named first. */
const pairOf = ({ pairs }: AssetAnswer, one: string, other: string) =>
  pairs.find(({ a, b }) => [a.instrument, b.instrument].toSorted().join() === [one, other].toSorted().join())

describeWithData('assets on real perpetuals of Hyperliquid and Binance', () => {
  let desk: Desk

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'identity-'))
    const store = await openStore(folder)
    desk = { store, now: parseInstant('2026-11-01') }
    const strict = { kind: 'candles', badRows: 'refuse', onDifference: 'refuse' } as const
    await importFile(desk, { ...strict, path: dataFile(HYPERLIQUID)! })
    await importFile(desk, { ...strict, path: dataFile(BINANCE)!, venue: 'binance', market: 'perp' })
    return async () => {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('refuses NEIROETH and kNEIRO as one asset, by a factor of 126', async () => {
    const answer = await explainAsset(desk, { name: 'NEIRO', asOf })
    expect(answer.instruments.map(({ instrument, asset, multiplier }) => [instrument, asset, multiplier])).toEqual([
      ['NEIROUSDT', 'NEIRO', 1],
      ['NEIROETH', 'NEIROETH', 1],
      ['kNEIRO', 'NEIRO', 1000],
    ])
    expect(pairOf(answer, 'NEIROETH', 'kNEIRO')).toMatchObject({
      verdict: 'refused',
      one: false,
      interval: '5m',
      commonBars: 16_559,
      medianPct: expect.closeTo(99.2, 1),
      p5Pct: expect.closeTo(98.97, 1),
      p95Pct: expect.closeTo(99.67, 1),
      ratio: expect.closeTo(125.7, 0),
      from: '2025-03-14T12:05:00Z',
      to: '2025-05-11T00:00:00Z',
    })
    expect(pairOf(answer, 'NEIROETH', 'NEIROUSDT')).toMatchObject({ verdict: 'refused', one: false })
    expect(pairOf(answer, 'kNEIRO', 'NEIROUSDT')).toMatchObject({ verdict: 'accepted', one: true })
  })

  it('accepts kPEPE and 1000PEPEUSDT as one asset', async () => {
    const answer = await explainAsset(desk, { name: 'PEPE', asOf })
    expect(pairOf(answer, 'kPEPE', '1000PEPEUSDT')).toMatchObject({
      verdict: 'accepted',
      one: true,
      says: 'one asset, PEPE',
      interval: '4h',
      commonBars: 344,
      medianPct: expect.closeTo(0.073, 2),
      ratio: expect.closeTo(1, 2),
    })
  })

  it.each(['BTC', 'ETH', 'SOL', 'XRP', 'DOGE', 'SUI', 'FARTCOIN', 'ZEREBRO'])(
    'accepts %s of both venues as one asset, within a quarter of a percent',
    async (name) => {
      const pair = pairOf(await explainAsset(desk, { name, asOf }), name, `${name}USDT`)
      expect(pair).toMatchObject({ verdict: 'accepted', one: true })
      expect(pair!.medianPct).toBeLessThan(0.25)
    },
  )

  it('keeps LUNC and LUNA apart, of which one took the ticker of the other', async () => {
    const answer = await explainAsset(desk, { name: 'LUNA', asOf })
    expect(pairOf(answer, '1000LUNCUSDT', 'LUNA2USDT')).toMatchObject({ verdict: 'refused', one: false })
  })
})

describeWithData('dates of the graph', () => {
  it('are those at which candles of Binance spot end and begin: MATIC and POL', () => {
    const matic = readDaily(dataFile(SPOT)!, 'MATICUSDT')
    const pol = readDaily(dataFile(SPOT_WITH_TAKER)!, 'POLUSDT')
    const [delisted] = ASSETS.find(({ id }) => id === 'POL')!.delisted
    expect(formatDay(parseInstant(delisted!.at))).toBe(formatDay(openAt(matic, matic.length - 1)))
    expect(pol.start).toBeGreaterThan(closeAt(matic, matic.length - 1))
  })
})
