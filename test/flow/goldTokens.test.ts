import { afterEach, describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, instant, MINUTE_MS, parseInstant, plusMs } from '../../src/core/instant.ts'
import { newYorkSession } from '../../src/core/newYorkSession.ts'
import { importCaps } from '../../src/desk/jobs/published/importCaps.ts'
import { importLevels, type ImportLevelsRequest } from '../../src/desk/jobs/published/importLevels.ts'
import type { PublishedReport } from '../../src/desk/jobs/published/publishedReport.ts'
import { readMacro } from '../../src/desk/macro.ts'
import { readFrame } from '../../src/desk/readFrame.ts'
import { evaluateMetric, resolveMetric } from '../../src/metrics/registry.ts'
import { comparedWith } from '../../src/notes/relativeTo.ts'
import { batchOf } from '../../src/records/batch.ts'
import { candle } from '../../src/records/candle.ts'
import { indexLevel } from '../../src/records/indexLevel.ts'
import { ingest } from '../../src/store/ingest.ts'
import type { Store } from '../../src/store/open.ts'
import { countRows } from '../../src/store/queries/countRows.ts'
import { putInstruments } from '../../src/store/queries/putInstruments.ts'
import { readLevels } from '../../src/store/queries/readLevels.ts'
import { publishedWorld } from '../support/publishedWorld.ts'
import { inBatches, temporary } from '../support/temporaryStore.ts'
import { made } from '../support/wire.ts'

const { open } = temporary()
// A Friday, after New York has closed.
const { macro, prices, publishers, now } = await publishedWorld('2025-05-02T20:30Z', ['BTC'])
const { addresses, coingecko } = publishers
afterEach(() => coingecko.mend())
const NOW = instant(now)
const LATER = plusMs(NOW, HOUR_MS)
const LAST = parseInstant('2025-05-02')

type Asked = Partial<ImportLevelsRequest>
const ask = async (store: Store, request: Asked = {}, at = NOW): Promise<PublishedReport> => {
  const place = { base: addresses.coingecko, retry: { tries: 1, firstMs: 1 } }
  const wish = { publisher: 'coingecko', names: ['PAXG'], ...place, ...request } as const
  return (await importLevels({ store, now: at }, wish)).reports[0]!
}

/** What the publisher's own answer has for each close of New York: the last point up to it. */
async function pointsAtCloses(coin: string, days: number): Promise<ReadonlyMap<number, number>> {
  const answer = await fetch(`${addresses.coingecko}/coins/${coin}/market_chart?vs_currency=usd&days=${days}`)
  const points = ((await answer.json()) as { prices: readonly [at: number, price: number][] }).prices
  const found = new Map<number, number>()
  for (let day = points[0]![0] - (points[0]![0] % DAY_MS); day <= now; day += DAY_MS) {
    const close = newYorkSession(instant(day))?.close
    const last = close === undefined ? undefined : points.findLast(([at]) => at <= close)
    if (close !== undefined && close < now && last !== undefined && last[0] > close - 75 * MINUTE_MS)
      found.set(day, last[1])
  }
  return found
}

/** Values by day, as known at an instant. */
async function valuesOf(store: Store, instrument: string, asOf = NOW): Promise<ReadonlyMap<number, number>> {
  const { at, value } = await readLevels(store, { instrument, asOf })
  return new Map(Array.from(at, (ms, i) => [ms, value[i] as number]))
}

/** Hourly candles of bitcoin at the world's prices. */
async function holdBitcoin(store: Store): Promise<ReadonlyMap<number, number>> {
  const is = made('binance', { market: 'spot', contract: 'none', instrument: 'BTCUSDT', asset: 'BTC', simulated: true })
  const hours = prices.past('BTC', HOUR_MS, 0)
  const rows = hours.map(({ at, price: close }) => {
    const series = { venue: 'binance', market: 'spot', instrument: 'BTCUSDT', interval: '1h' }
    return { ...series, at: at - HOUR_MS, knownAt: at, open: close, high: close, low: close, close, volume: 1 }
  })
  await putInstruments(store, [is])
  await ingest(store, { record: candle, batches: inBatches(batchOf(candle, rows)), label: 'candles' })
  return new Map(hours.map(({ at, price }) => [at, price]))
}

describe('a token of gold', () => {
  it('is kept at each close of New York of 90 days, at the price of its last hour', async () => {
    const store = await open()
    expect(await ask(store)).toMatchObject({ what: 'PAXG', is: 'imported', simulated: true, revised: 0, early: 0 })
    const values = await valuesOf(store, 'GOLD_PAXG')
    expect(values).toEqual(await pointsAtCloses('pax-gold', 90))
    expect([...values.keys()].at(-1)).toBe(LAST)
    expect(values.size).toBeGreaterThan(55)
    for (const [day, value] of values) {
      const close = newYorkSession(instant(day))!.close
      expect(Math.abs(value / macro.ounce(close) - 1)).toBeLessThan(0.004)
    }
  })

  it('is known from the close on', async () => {
    const store = await open()
    await ask(store, { names: ['gold_xaut'], days: 10 })
    const lastAt = async (asOf: string): Promise<number | undefined> =>
      [...(await valuesOf(store, 'GOLD_XAUT', parseInstant(asOf))).keys()].at(-1)
    expect(await lastAt('2025-05-01T19:59Z')).toBe(parseInstant('2025-04-30'))
    expect(await lastAt('2025-05-01T20:00Z')).toBe(parseInstant('2025-05-01'))
  })

  it('grows by being asked now and then, and is not stored twice', async () => {
    const store = await open()
    expect(await ask(store, { days: 5 })).toMatchObject({ added: 5 })
    expect(await ask(store, { days: 20 }, LATER)).toMatchObject({ added: 9, unchanged: 5, revised: 0 })
    const before = await countRows(store, indexLevel)
    expect(await ask(store, { days: 20 }, LATER)).toMatchObject({ added: 0, revised: 0 })
    expect(await countRows(store, indexLevel)).toBe(before)
  })

  it('has no value of a session whose hours are missing', async () => {
    const store = await open()
    const [from, to] = [parseInstant('2025-04-30T18:30Z'), parseInstant('2025-04-30T22:00Z')]
    const without = (text: string): string => {
      const lists = JSON.parse(text) as Record<string, readonly [number, number][]>
      const kept = Object.entries(lists).map(([name, list]) => [name, list.filter(([at]) => at < from || at > to)])
      return JSON.stringify(Object.fromEntries(kept))
    }
    coingecko.fault({ is: 'spoil', ms: 60_000, change: without })
    await ask(store, { days: 10 })
    const days = [...(await valuesOf(store, 'GOLD_PAXG')).keys()]
    expect(days).toContain(parseInstant('2025-04-29'))
    expect(days).not.toContain(parseInstant('2025-04-30'))
    expect(days).toContain(parseInstant('2025-05-01'))
  })

  it('keeps its vintages: what is restated is known from then on, last digits aside', async () => {
    const store = await open()
    await ask(store, { days: 10 })
    const held = await valuesOf(store, 'GOLD_PAXG')
    const value = held.get(LAST)!
    const restated = (factor: number) => (text: string) => text.replace(`,${value}]`, `,${value * factor}]`)
    coingecko.fault({ is: 'spoil', ms: 60_000, change: restated(1 + 1e-8) })
    expect(await ask(store, { days: 10 }, LATER)).toMatchObject({ added: 0, revised: 0 })
    coingecko.mend()
    coingecko.fault({ is: 'spoil', ms: 60_000, change: restated(1.01) })
    expect(await ask(store, { days: 10 }, LATER)).toMatchObject({ added: 0, revised: 1 })
    expect((await valuesOf(store, 'GOLD_PAXG', NOW)).get(LAST)).toBe(value)
    expect((await valuesOf(store, 'GOLD_PAXG', LATER)).get(LAST)! / value).toBeCloseTo(1.01, 12)
  })

  it('comes as a coin too, with its market cap', async () => {
    const store = await open()
    const request = { assets: ['PAXG', 'xaut'], days: 7, base: addresses.coingecko, retry: { tries: 1, firstMs: 1 } }
    const { reports } = await importCaps({ store, now: NOW }, request)
    expect(reports.map(({ what, is }) => `${what} ${is}`)).toEqual([
      'PAXG, XAUT now imported',
      'PAXG imported',
      'XAUT imported',
    ])
  })
})

describe('bitcoin against gold', () => {
  const DATE = '2025-03-14'

  /** Log prices of both at the closes that both have. */
  async function direct(store: Store): Promise<readonly (readonly [day: number, btc: number, gold: number])[]> {
    const btc = await holdBitcoin(store)
    const gold = await pointsAtCloses('pax-gold', 90)
    return [...gold].flatMap(([day, price]) => {
      const own = btc.get(newYorkSession(instant(day))!.close)
      return own === undefined ? [] : [[day, Math.log(own), Math.log(price)] as const]
    })
  }
  const lastOf = async (store: Store, id: string): Promise<Readonly<Record<string, number | undefined>>> => {
    const metric = resolveMetric(id)
    const { frame, missing } = await readFrame({ store, now: NOW }, metric.needs, {
      asset: 'BTC',
      interval: '1d',
      asOf: NOW,
    })
    expect(missing).toEqual([])
    expect(frame.inputs).toContainEqual(
      expect.objectContaining({ venue: 'coingecko', instrument: 'GOLD_PAXG', gaps: 0 }),
    )
    return Object.fromEntries(
      Object.entries(evaluateMetric(metric, frame)).map(([name, values]) => [name, values.at(-1)]),
    )
  }

  it('has the relative strength, correlation and beta of a direct computation', async () => {
    const store = await open()
    await ask(store)
    const days = await direct(store)
    const [from, to] = [days.find(([day]) => day >= Date.parse(DATE))!, days.at(-1)!]
    expect(to[0]).toBe(LAST)
    const strength = await lastOf(store, `relative_strength(GOLD_PAXG, ${DATE})`)
    expect(strength['value']).toBeCloseTo(100 * (to[1] - from[1] - (to[2] - from[2])), 10)
    expect(strength['series']).toBeCloseTo(100 * (to[2] - from[2]), 10)
    const changes = days.slice(-31).map((day, i, all) => {
      const before = all[i - 1] ?? day
      return [day[1] - before[1], day[2] - before[2]] as const
    })
    const pairs = changes.slice(1)
    const mean = (k: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[k], 0) / 30
    const [a, b] = [mean(0), mean(1)]
    const sum = (of: (x: number, y: number) => number): number =>
      pairs.reduce((all, [x, y]) => all + of(x - a, y - b), 0)
    const [xy, xx, yy] = [sum((x, y) => x * y), sum((x) => x * x), sum((_, y) => y * y)]
    expect((await lastOf(store, 'correlation(GOLD_PAXG, 30)'))['value']).toBeCloseTo(xy / Math.sqrt(xx * yy), 12)
    expect((await lastOf(store, 'beta(GOLD_PAXG, 30)'))['value']).toBeCloseTo(xy / yy, 12)
  })

  it('is compared with one gold in a note, the first that is held', async () => {
    const store = await open()
    await holdBitcoin(store)
    const seen = async (): Promise<readonly [readonly string[], readonly string[]]> => {
      const macroOf = await readMacro({ store, now: NOW }, NOW)
      const lacking = macroOf.missing.filter((text) => text.includes('gold') || text.includes('GLD'))
      return [comparedWith(macroOf).map(({ other }) => other.symbol), lacking]
    }
    expect(await seen()).toEqual([
      [],
      [
        'values of GLD: assayer import series FILE --symbol GLD; or values of GOLD_PAXG: assayer import series FILE --symbol GOLD_PAXG, or assayer import goldtokens PAXG; or values of GOLD_XAUT: assayer import series FILE --symbol GOLD_XAUT, or assayer import goldtokens XAUT',
      ],
    ])
    await ask(store, { names: ['XAUT'] })
    expect(await seen()).toEqual([['GOLD_XAUT'], []])
    await ask(store, { names: ['PAXG'] })
    expect(await seen()).toEqual([['GOLD_PAXG'], []])
    const fund = [...(await valuesOf(store, 'GOLD_PAXG'))].map(([at, value]) => {
      const series = { venue: 'file', instrument: 'GLD', interval: '1d' }
      return { ...series, at, knownAt: newYorkSession(instant(at))!.close, value: value / 11 }
    })
    await ingest(store, { record: indexLevel, batches: inBatches(batchOf(indexLevel, fund)), label: 'GLD' })
    expect(await seen()).toEqual([['GLD'], []])
  })
})

describe('an answer that is none', () => {
  const hold = async (): Promise<readonly [Store, ReadonlyMap<number, number>]> => {
    const store = await open()
    await ask(store, { days: 10 })
    return [store, await valuesOf(store, 'GOLD_PAXG')]
  }

  it.each([
    ['a page with status 200', { status: 200, body: '<!DOCTYPE html><p>busy</p>' }, 'NOT_JSON'],
    ['an empty one', { status: 200, body: '' }, 'NOT_JSON'],
    ['a coin that is not known', { status: 404, body: { error: 'coin not found' } }, 'REQUEST_REFUSED'],
    [
      'lists with nothing in them',
      { status: 200, body: { prices: [], market_caps: [], total_volumes: [] } },
      'EMPTY_ANSWER',
    ],
  ])('but %s is named, says who else has gold, and what is held stays', async (_what, answer, code) => {
    const [store, before] = await hold()
    coingecko.fault({ is: 'answer', ms: 60_000, answer })
    expect(await ask(store, {}, LATER)).toMatchObject({
      is: 'failed',
      code,
      hint: expect.stringMatching(/the same comes by assayer import series FILE --symbol GOLD_PAXG$/) as string,
    })
    expect(await valuesOf(store, 'GOLD_PAXG', LATER)).toEqual(before)
  })

  it.each([
    ['cut in the middle', (text: string) => text.slice(0, text.length / 2), 'NOT_JSON'],
    ['without its prices', (text: string) => text.replace('"prices"', '"price"'), 'NOT_AS_DOCUMENTED'],
    ['with a word for a price', (text: string) => text.replace(/,\d+\.\d+\]/, ',"soon"]'), 'NOT_AS_DOCUMENTED'],
  ])('but one %s is named, and what is held stays', async (_what, change, code) => {
    const [store, before] = await hold()
    coingecko.fault({ is: 'spoil', ms: 60_000, change })
    expect(await ask(store, {}, LATER)).toMatchObject({ is: 'failed', code })
    expect(await valuesOf(store, 'GOLD_PAXG', LATER)).toEqual(before)
  })

  it('but a field that is not documented is passed over and named', async () => {
    const store = await open()
    coingecko.fault({ is: 'spoil', ms: 60_000, change: (text) => text.replace('{"prices"', '{"mood":1,"prices"') })
    expect(await ask(store, { days: 10 })).toMatchObject({ is: 'imported', unknownFields: ['mood'] })
  })

  it('but a refusal of this machine ends the run, and what is held stays', async () => {
    const [store, before] = await hold()
    coingecko.fault({ is: 'answer', ms: 60_000, answer: { status: 403, body: '<html>error code: 1020</html>' } })
    await expect(ask(store, {}, LATER)).rejects.toMatchObject({ code: 'SITE_DENIED' })
    expect(await valuesOf(store, 'GOLD_PAXG', LATER)).toEqual(before)
  })
})

it.each([
  ['more days than come by the hour', { days: 91 }, /no whole number from 1 to 90/, /00:00 UTC alone.*--symbol GLD/],
  ['gold alone', { names: ['GOLD'] }, /no series of goldtokens that is known/, /known are PAXG, XAUT/],
])('%s cannot be asked for', async (_what, request, why, hint) => {
  const store = await open()
  const { asked } = coingecko.counts
  await expect(ask(store, request)).rejects.toMatchObject({
    code: 'BAD_PUBLISHED_WISH',
    message: expect.stringMatching(why) as string,
    hint: expect.stringMatching(hint) as string,
  })
  expect(coingecko.counts.asked).toBe(asked)
})
