import { afterEach, describe, expect, it } from 'vitest'
import { DAY_MS, instant, MINUTE_MS, plusMs, type InstantMs } from '../../src/core/instant.ts'
import { importCaps, type ImportCapsRequest } from '../../src/desk/jobs/published/importCaps.ts'
import { importWallets, type ImportWalletsRequest } from '../../src/desk/jobs/published/importWallets.ts'
import { publishedSeries } from '../../src/desk/jobs/published/keepPublished.ts'
import type { ImportPublishedAnswer, PublishedReport } from '../../src/desk/jobs/published/publishedReport.ts'
import { batchOf } from '../../src/records/batch.ts'
import { candle } from '../../src/records/candle.ts'
import { marketCap, type MarketCap } from '../../src/records/marketCap.ts'
import type { RecordSpec } from '../../src/records/record.ts'
import { walletBalance, type WalletBalance } from '../../src/records/walletBalance.ts'
import { ingest } from '../../src/store/ingest.ts'
import type { Store } from '../../src/store/open.ts'
import { countRows } from '../../src/store/queries/countRows.ts'
import { putInstruments } from '../../src/store/queries/putInstruments.ts'
import { readLastPerBucket } from '../../src/store/queries/readLastPerBucket.ts'
import { publishedWorld } from '../support/publishedWorld.ts'
import { inBatches, temporary } from '../support/temporaryStore.ts'
import { made } from '../support/wire.ts'

const { open } = temporary()
const { holdings, prices, publishers, now } = await publishedWorld('2025-05-02T13:30Z', ['BTC', 'ETH'])
const { coingecko, defillama, addresses } = publishers
afterEach(() => {
  coingecko.mend()
  defillama.mend()
})
const NOW = instant(now)
const PATIENCE = { tries: 1, firstMs: 1 } as const

const caps = (store: Store, request: Partial<ImportCapsRequest> = {}, at = NOW): Promise<ImportPublishedAnswer> =>
  importCaps({ store, now: at }, { assets: ['ETH'], base: addresses.coingecko, retry: PATIENCE, ...request })
const wallets = (store: Store, request: Partial<ImportWalletsRequest> = {}): Promise<ImportPublishedAnswer> =>
  importWallets({ store, now: NOW }, { venues: ['binance'], base: addresses.defillama, retry: PATIENCE, ...request })

const reportOf = ({ reports }: ImportPublishedAnswer, what: string): PublishedReport =>
  reports.find((each) => each.what === what)!
async function held<T>(store: Store, record: RecordSpec, asset: string, asOf: InstantMs = NOW): Promise<readonly T[]> {
  const rows = await readLastPerBucket(store, record, { asOf, stepMs: 1, where: { asset: [asset] } })
  return rows as unknown as readonly T[]
}
const days = (rows: readonly MarketCap[]): readonly MarketCap[] => rows.filter(({ interval }) => interval === '1d')

/** Daily candles of an asset at the world's prices, or at some part of them. */
async function holdCandles(store: Store, asset: string, factor = 1): Promise<void> {
  const is = made('binance', { market: 'spot', contract: 'none', instrument: `${asset}USDT`, asset, simulated: true })
  const rows = prices.past(asset, DAY_MS, 0).map(({ at, price }) => {
    const close = price * factor
    const series = { venue: 'binance', market: 'spot', instrument: is.instrument, interval: '1d' }
    return { ...series, at: at - DAY_MS, knownAt: at, open: close, high: close, low: close, close, volume: 1 }
  })
  await putInstruments(store, [is])
  await ingest(store, { record: candle, batches: inBatches(batchOf(candle, rows)), label: 'candles' })
}

describe('market caps', () => {
  it('are those of the world, day by day and now', async () => {
    const store = await open()
    const answer = await caps(store, { assets: ['eth', 'BTC'] })
    expect(answer.reports.map(({ what, is }) => `${what}: ${is}`)).toEqual([
      'ETH, BTC now: imported',
      'ETH: imported',
      'BTC: imported',
    ])
    const rows = await held<MarketCap>(store, marketCap, 'ETH')
    const truth = prices.past('ETH', DAY_MS, now - 365 * DAY_MS)
    expect(days(rows)).toHaveLength(truth.length)
    for (const [i, { at, knownAt, supply, price, marketCap: cap }] of days(rows).entries()) {
      const { at: end, price: close } = truth[i]!
      expect([at, knownAt, price]).toEqual([end - DAY_MS, end + 10 * MINUTE_MS, close])
      expect(supply! / holdings.supply('ETH', end)).toBeCloseTo(1, 12)
      expect(cap! / (holdings.supply('ETH', end) * close)).toBeCloseTo(1, 12)
    }
    expect(rows.find(({ interval }) => interval === 'live')).toMatchObject({
      at: now,
      supply: holdings.supply('ETH', now),
      price: prices.price('ETH'),
    })
  })

  it('are not stored twice', async () => {
    const store = await open()
    await caps(store)
    const before = await countRows(store, marketCap)
    const again = await caps(store)
    for (const report of again.reports) expect(report).toMatchObject({ is: 'imported', added: 0, revised: 0 })
    expect(await countRows(store, marketCap)).toBe(before)
  })

  it('of as many days as are asked for', async () => {
    const store = await open()
    await caps(store, { days: 7 })
    expect(days(await held<MarketCap>(store, marketCap, 'ETH'))).toHaveLength(7)
  })

  it('that were restated are known from then on, and earlier views keep what they had', async () => {
    const store = await open()
    await caps(store)
    const later = plusMs(NOW, 3_600_000)
    const day = days(await held<MarketCap>(store, marketCap, 'ETH'))[5]!
    coingecko.fault({
      is: 'spoil',
      ms: 60_000,
      path: 'market_chart',
      change: (text) => text.replace(`${day.at + DAY_MS},${String(day.marketCap)}`, `${day.at + DAY_MS},12345`),
    })
    expect(reportOf(await caps(store, {}, later), 'ETH')).toMatchObject({ is: 'imported', added: 0, revised: 1 })
    const seen = async (asOf: InstantMs): Promise<MarketCap> =>
      days(await held<MarketCap>(store, marketCap, 'ETH', asOf)).find(({ at }) => at === day.at)!
    expect(await seen(NOW)).toEqual(day)
    expect(await seen(later)).toMatchObject({ marketCap: 12_345, knownAt: later })
    coingecko.mend()
    expect(reportOf(await caps(store, {}, plusMs(later, 1)), 'ETH')).toMatchObject({ revised: 1 })
  })

  it('are not known before the publisher could tell them', async () => {
    const store = await open()
    await caps(store)
    const atMidnight = instant(Date.parse('2025-05-02'))
    const rows = days(await held<MarketCap>(store, marketCap, 'ETH', atMidnight))
    expect(rows.at(-1)!.at).toBe(Date.parse('2025-04-30'))
  })

  it('say how their prices compare with candles that are held', async () => {
    const store = await open()
    await holdCandles(store, 'ETH')
    const answer = await caps(store, { assets: ['ETH', 'BTC'] })
    expect(reportOf(answer, 'ETH')).toMatchObject({
      proof: { is: 'agrees', with: 'binance spot ETHUSDT', medianPct: 0 },
    })
    expect(reportOf(answer, 'BTC')).toMatchObject({ proof: { is: 'unproven' } })
  })

  it('of another coin than the one that candles are held of are refused, and the others come', async () => {
    const store = await open()
    await holdCandles(store, 'ETH', 1 / 125)
    const answer = await caps(store, { assets: ['ETH', 'BTC'] })
    expect(reportOf(answer, 'ETH')).toMatchObject({
      is: 'failed',
      code: 'COIN_MISMATCH',
      why: expect.stringMatching(
        /^"ethereum" of coingecko is not ETH: it costs 125\.0 times what binance spot ETHUSDT/,
      ) as string,
    })
    expect(days(await held<MarketCap>(store, marketCap, 'ETH'))).toEqual([])
    expect(reportOf(answer, 'BTC')).toMatchObject({ is: 'imported' })
  })

  it('that are simulated never stand in a series of real ones', async () => {
    const store = await open()
    await putInstruments(store, [publishedSeries('coingecko', 'ETH', { asset: 'ETH', simulated: false })])
    const { reports } = await caps(store)
    expect(reports).toMatchObject([
      { is: 'failed', code: 'INSTRUMENT_MIXED' },
      { is: 'failed', code: 'INSTRUMENT_MIXED' },
    ])
    expect(await countRows(store, marketCap)).toBe(0)
  })

  it('that the present does not tell of are missed', async () => {
    const store = await open()
    const { reports } = await caps(store, { assets: ['ETH', 'SOL'] })
    expect(reports.map(({ what, is }) => `${what}: ${is}`)).toEqual([
      'ETH, SOL now: imported',
      'SOL now: missing',
      'ETH: imported',
      'SOL: failed',
    ])
    expect(reports.at(-1)).toMatchObject({ code: 'REQUEST_REFUSED' })
  })

  it('that cannot be had are not asked for', async () => {
    const store = await open()
    const asked = coingecko.counts.asked
    const unknown = { assets: ['ETH', 'NOSUCH'] }
    for (const request of [unknown, { days: 366 }, { days: 0 }, { days: 0.5 }, { days: NaN }]) {
      await expect(caps(store, request)).rejects.toMatchObject({ code: 'BAD_PUBLISHED_WISH' })
    }
    expect(coingecko.counts.asked).toBe(asked)
  })
})

const cut = (text: string): string => text.slice(0, text.length / 2)
const textual = (text: string): string => text.replaceAll(/("(?:current_price|BTC)":|\[\d+,)([\d.]+)/g, '$1"$2"')
const nameless = (text: string): string => text.replaceAll(/"(market_caps?|tokens)":/g, '"other":')

/** How an answer is spoilt, and what it is called then. */
const SPOILT = [
  [cut, 'NOT_JSON'],
  [nameless, 'NOT_AS_DOCUMENTED'],
  [textual, 'NOT_AS_DOCUMENTED'],
] as const

/** What comes in place of an answer, and what it is called: where a list is due, and where an object is. */
const INSTEAD = [
  [{ status: 200, body: '<html>please wait</html>' }, 'NOT_JSON'],
  [{ status: 200, body: '' }, 'NOT_JSON'],
  [{ status: 200, body: [] }, 'EMPTY_ANSWER', 'NOT_AS_DOCUMENTED'],
  [{ status: 200, body: { status: { error_code: 500 } } }, 'NOT_AS_DOCUMENTED'],
] as const

const codeOf = (report: PublishedReport): string => (report.is === 'failed' ? report.code : report.is)

describe('an answer that cannot be used', () => {
  it('is told by its name, and nothing of it is stored', async () => {
    const store = await open()
    for (const [answer, code, ofObjects = code] of INSTEAD) {
      for (const server of [coingecko, defillama]) server.fault({ is: 'answer', ms: 60_000, answer })
      const reports = [...(await caps(store)).reports, ...(await wallets(store)).reports]
      expect(reports.map(codeOf), JSON.stringify(answer)).toEqual([code, ofObjects, ofObjects])
      for (const server of [coingecko, defillama]) server.mend()
    }
    expect([await countRows(store, marketCap), await countRows(store, walletBalance)]).toEqual([0, 0])
  })

  it('is refused as a whole where it is spoilt', async () => {
    const store = await open()
    for (const [change, code] of SPOILT) {
      for (const server of [coingecko, defillama]) server.fault({ is: 'spoil', ms: 60_000, change })
      const reports = [...(await caps(store)).reports, ...(await wallets(store)).reports]
      expect(reports.map(codeOf), String(change)).toEqual([code, code, code])
      for (const server of [coingecko, defillama]) server.mend()
    }
    expect([await countRows(store, marketCap), await countRows(store, walletBalance)]).toEqual([0, 0])
  })

  it('with a field that is not documented costs nothing, and tells which', async () => {
    const store = await open()
    coingecko.fault({ is: 'spoil', ms: 60_000, change: (text) => text.replace('{"prices"', '{"mood":1,"prices"') })
    expect(reportOf(await caps(store), 'ETH')).toMatchObject({ is: 'imported', unknownFields: ['mood'] })
  })
})

describe('a publisher', () => {
  it('that was asked too often is asked again when it may be, which is told', async () => {
    const store = await open()
    const told: string[] = []
    const limited = { status: 429, body: {}, headers: { 'retry-after': '0' } }
    coingecko.fault({ is: 'answer', ms: 60_000, answer: limited })
    const retry = {
      tries: 3,
      firstMs: 1,
      onRetry: ({ code }: { readonly code: string }) => {
        told.push(code)
        coingecko.mend()
      },
    }
    expect((await caps(store, { retry })).reports.every(({ is }) => is === 'imported')).toBe(true)
    expect(told).toEqual(['RATE_LIMITED'])
  })

  it('that has gone ends the run; what was stored stays', async () => {
    const store = await open()
    const leaveAfterFirst = (report: PublishedReport): void => {
      if (report.what === 'ETH') coingecko.fault({ is: 'outage', ms: 60_000 })
    }
    const running = caps(store, { assets: ['ETH', 'BTC'], onReport: leaveAfterFirst })
    await expect(running).rejects.toMatchObject({ code: 'NO_ANSWER' })
    expect(days(await held<MarketCap>(store, marketCap, 'ETH')).length).toBeGreaterThan(0)
  })

  it('that does not serve this machine ends it too, with what can be done', async () => {
    const store = await open()
    defillama.fault({ is: 'answer', ms: 60_000, answer: { status: 403, body: 'no' } })
    await expect(wallets(store)).rejects.toMatchObject({
      code: 'SITE_DENIED',
      hint: expect.stringMatching(/--base/) as string,
    })
  })

  it('is asked no more once the run is stopped', async () => {
    const store = await open()
    const stop = new AbortController()
    const onReport = (): void => stop.abort(new Error('stopped'))
    await expect(caps(store, { assets: ['ETH', 'BTC'], signal: stop.signal, onReport })).rejects.toThrow('stopped')
  })
})

describe('wallets', () => {
  it('are those of the world, ether under two symbols', async () => {
    const store = await open()
    await holdCandles(store, 'ETH')
    const { reports } = await wallets(store, { venues: ['binance', 'okx'], assets: ['BTC', 'ETH'] })
    expect(reports.map(({ what, is }) => `${what}: ${is}`)).toEqual([
      'binance BTC: imported',
      'binance ETH: imported',
      'okx BTC: imported',
      'okx ETH: imported',
    ])
    expect(reports[1]).toMatchObject({ simulated: true, proof: { is: 'agrees', with: 'binance spot ETHUSDT' } })
    for (const venue of ['binance', 'okx'] as const) {
      const rows = (await held<WalletBalance>(store, walletBalance, 'ETH')).filter((row) => row.venue === venue)
      expect(rows.length).toBe(prices.past('ETH', DAY_MS, 0).length + 1)
      for (const { at, coins, source } of rows) {
        expect(source).toBe('defillama')
        expect(coins).toBeCloseTo(holdings.wallet(venue, 'ETH', at), 3)
      }
    }
  })

  it('are not known before the day of their count has ended, nor before they were asked for', async () => {
    const store = await open()
    await wallets(store)
    const rows = await held<WalletBalance>(store, walletBalance, 'BTC', instant(Date.parse('2025-05-01')))
    expect(rows.at(-1)!.at).toBe(Date.parse('2025-04-30'))
    const last = (await held<WalletBalance>(store, walletBalance, 'BTC')).at(-1)!
    expect([last.at, last.knownAt]).toEqual([Date.parse('2025-05-02T13:00Z'), now])
  })

  it('are not stored twice', async () => {
    const store = await open()
    await wallets(store)
    const before = await countRows(store, walletBalance)
    for (const report of (await wallets(store)).reports) expect(report).toMatchObject({ added: 0, revised: 0 })
    expect(await countRows(store, walletBalance)).toBe(before)
  })

  it('without a coin that was asked for miss it; unasked they do not', async () => {
    const store = await open()
    expect((await wallets(store, { assets: ['ETH', 'SOL'] })).reports.map(({ is }) => is)).toEqual([
      'imported',
      'missing',
    ])
    expect((await wallets(store)).reports.map(({ what }) => what)).toEqual(['binance BTC', 'binance ETH'])
  })

  it('of a coin that cannot be told apart are not asked for', async () => {
    const store = await open()
    await expect(wallets(store, { assets: ['NEIRO'] })).rejects.toMatchObject({ code: 'BAD_PUBLISHED_WISH' })
  })
})
