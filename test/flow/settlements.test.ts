import { afterEach, describe, expect, it } from 'vitest'
import type { Grid } from '../../src/core/candles.ts'
import type { Frame } from '../../src/core/frame.ts'
import { DAY_MS, formatDay, HOUR_MS, instant, parseInstant, plusMs } from '../../src/core/instant.ts'
import { importLevels } from '../../src/desk/jobs/published/importLevels.ts'
import { importSettlements, type ImportSettlementsRequest } from '../../src/desk/jobs/published/importSettlements.ts'
import { publishedSeries } from '../../src/desk/jobs/published/keepPublished.ts'
import type { PublishedReport } from '../../src/desk/jobs/published/publishedReport.ts'
import { readFrame } from '../../src/desk/readFrame.ts'
import { evaluateMetric, resolveMetric } from '../../src/metrics/registry.ts'
import { batchOf } from '../../src/records/batch.ts'
import { futuresSettlement } from '../../src/records/futuresSettlement.ts'
import { monthOfDay } from '../../src/sim/market/live/fedFunds.ts'
import { settlementPrice } from '../../src/sim/servers/cme/cme.ts'
import { ingest } from '../../src/store/ingest.ts'
import type { Store } from '../../src/store/open.ts'
import { countRows } from '../../src/store/queries/countRows.ts'
import { putInstruments } from '../../src/store/queries/putInstruments.ts'
import { readDated } from '../../src/store/queries/readDated.ts'
import { serveTcp } from '../support/loopback.ts'
import { publishedWorld } from '../support/publishedWorld.ts'
import { inBatches, temporary } from '../support/temporaryStore.ts'
import { fixture } from '../support/wire.ts'

const { open } = temporary()
// A Friday, before New York opens: the last report is of Thursday.
const { macro, publishers, now } = await publishedWorld('2025-05-02T13:10Z', ['BTC'])
const { addresses, cme } = publishers
afterEach(() => cme.mend())
const NOW = instant(now)
const LATER = plusMs(NOW, HOUR_MS)
const DAYS = ['2025-04-25', '2025-04-28', '2025-04-29', '2025-04-30', '2025-05-01']
const MONTHS = 60

const ask = async (
  store: Store,
  request: Partial<ImportSettlementsRequest> = {},
  at = NOW,
): Promise<readonly PublishedReport[]> =>
  (await importSettlements({ store, now: at }, { names: ['ZQ'], base: addresses.cme, ...request })).reports
const said = (reports: readonly PublishedReport[]): readonly string[] =>
  reports.map((report) => `${report.what} ${report.is === 'failed' ? report.code : report.is}`)
const spoilt = (change: (text: string) => string, path?: string): void =>
  cme.fault({ is: 'spoil', ms: 60_000, change, ...(path === undefined ? {} : { path }) })

/** Prices by day and month, as known at an instant. */
async function pricesOf(store: Store, asOf = NOW): Promise<ReadonlyMap<string, number>> {
  const rows = await readDated(store, futuresSettlement, { asOf })
  return new Map(
    rows.map(({ at, month, price }) => [`${formatDay(instant(Number(at)))} ${String(month)}`, Number(price)]),
  )
}

const truth = (month: number, day: number): number => settlementPrice(macro, month, day)
const sayMonth = (month: number): string => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`

describe('settlements of CME', () => {
  it('are those of the world, of the days that the page reaches back to', async () => {
    const store = await open()
    const reports = await ask(store)
    expect(said(reports)).toEqual(DAYS.map((day) => `ZQ ${day} imported`))
    expect(reports).toMatchObject(DAYS.map(() => ({ rows: MONTHS, added: MONTHS, simulated: true, revised: 0 })))
    const expected = DAYS.flatMap((text) => {
      const day = Date.parse(text)
      const first = monthOfDay(day)
      return Array.from(
        { length: MONTHS },
        (_, i) => [`${text} ${sayMonth(first + i)}`, truth(first + i, day)] as const,
      )
    })
    const prices = await pricesOf(store)
    expect([...prices.keys()].toSorted()).toEqual(expected.map(([key]) => key).toSorted())
    for (const [key, price] of expected) expect(prices.get(key)).toBeCloseTo(price, 4)
  })

  it('name the address that was asked', async () => {
    const store = await open()
    await ask(store, { days: 1 })
    const [row] = await readDated(store, futuresSettlement, { asOf: NOW })
    expect(row).toMatchObject({ venue: 'cme', product: 'ZQ', at: Date.parse('2025-05-01') })
    expect(row!['source']).toBe(
      `${addresses.cme}/CmeWS/mvc/Settlements/Futures/Settlements/305/FUT?strategy=DEFAULT&tradeDate=05/01/2025&pageSize=500`,
    )
  })

  it('become known when their day ends in Chicago', async () => {
    const store = await open()
    await ask(store)
    const last = async (asOf: string): Promise<string | undefined> =>
      [...(await pricesOf(store, parseInstant(asOf))).keys()].toSorted().at(-1)?.slice(0, 10)
    expect(await last('2025-05-01T04:59Z')).toBe('2025-04-29')
    expect(await last('2025-05-01T05:00Z')).toBe('2025-04-30')
  })

  it('are not asked for again where they are held', async () => {
    const store = await open()
    await ask(store, { days: 2 })
    const before = cme.counts.asked
    expect(said(await ask(store))).toEqual(DAYS.slice(0, 3).map((day) => `ZQ ${day} imported`))
    expect(said(await ask(store))).toEqual([])
    expect(cme.counts.asked - before).toBe(5)
    expect(await countRows(store, futuresSettlement)).toBe(5 * MONTHS)
  })

  it('that are revised are known from when they were fetched, and earlier views keep what they had', async () => {
    const store = await open()
    await ask(store, { days: 1 })
    const first = await pricesOf(store)
    const key = '2025-05-01 2025-06'
    spoilt((text) => text.replace(/("month":"JUN 25".*?"settle":")[\d.]+/, '$190.0000'))
    expect(await ask(store, { days: 1 }, LATER)).toMatchObject([{ added: 0, revised: 1, unchanged: MONTHS - 1 }])
    expect(await pricesOf(store, LATER)).toEqual(new Map(first).set(key, 90))
    expect(await pricesOf(store, plusMs(LATER, -1))).toEqual(first)
  })

  it('that are preliminary are not stored', async () => {
    const store = await open()
    spoilt((text) => text.replace('"reportType":"Final"', '"reportType":"Preliminary"'), '/FUT')
    expect(await ask(store, { days: 1 })).toEqual([
      { what: 'ZQ 2025-05-01', is: 'missing', why: expect.stringMatching(/preliminary/) as string },
    ])
    cme.mend()
    spoilt((text) => text.replaceAll('Final', 'Preliminary'), 'TradeDate')
    expect(said(await ask(store))).toEqual(['ZQ missing'])
    expect(await countRows(store, futuresSettlement)).toBe(0)
  })

  it('of a day that is listed and not served are missing', async () => {
    const store = await open()
    spoilt((text) => text.replace('05/01/2025', '05/03/2025'), 'TradeDate')
    expect(await ask(store, { days: 1 }, instant(Date.parse('2025-05-05')))).toEqual([
      { what: 'ZQ 2025-05-03', is: 'missing', why: expect.stringMatching(/empty/) as string },
    ])
  })

  it('that are simulated never stand in a series of real ones', async () => {
    const store = await open()
    await putInstruments(store, [publishedSeries('cme', 'ZQ', { asset: 'ZQ', simulated: false })])
    expect(said(await ask(store, { days: 1 }))).toEqual(['ZQ 2025-05-01 INSTRUMENT_MIXED'])
  })
})

describe('CME that turns this program away', () => {
  const page = fixture('cme', 'blocked-made').payload as string

  it.each([
    ['by a refusal', { status: 403, body: page }, 'SITE_DENIED', /denies access \(403\)/],
    ['by a page with status 200', { status: 200, body: page }, 'NOT_JSON', /a page instead of JSON/],
    ['by nothing', { status: 200, body: '' }, 'NOT_JSON', /answered with nothing/],
    ['by half an answer', { status: 200, body: '[["05/01/2025",' }, 'NOT_JSON', /broken JSON/],
    ['by a wait', { status: 429, body: page }, 'RATE_LIMITED', /asked too often/],
    ['by a fault of its own', { status: 503, body: page }, 'SERVER_FAILED', /failed \(503\)/],
    ['by an answer of another form', { status: 200, body: { message: 'blocked' } }, 'NOT_AS_DOCUMENTED', /TradeDate/],
  ])(
    '%s is unavailable, says why and how else, is asked once, and leaves what is held',
    async (_what, answer, code, why) => {
      const store = await open()
      await ask(store, { days: 1 })
      const before = await pricesOf(store)
      const { asked } = cme.counts
      cme.fault({ is: 'answer', ms: 60_000, answer })
      const reports = await ask(store)
      expect(reports).toMatchObject([{ what: 'ZQ', is: 'failed', code, why: expect.stringMatching(why) as string }])
      expect(reports).toMatchObject([{ hint: expect.stringMatching(/assayer import settlements FILE; /) as string }])
      expect(cme.counts.asked - asked).toBe(1)
      expect(await pricesOf(store)).toEqual(before)
    },
  )

  it('by silence of the machine is the same', async () => {
    const closed = await serveTcp(() => undefined)
    await closed.close()
    expect(await ask(await open(), { base: closed.http })).toMatchObject([
      { is: 'failed', code: 'NO_ANSWER', why: expect.stringMatching(/^"ZQ" of cme is unavailable: /) as string },
    ])
  })

  it.each([
    [403, 'SITE_DENIED'],
    [200, 'NOT_JSON'],
  ])('on the way, with status %d, keeps the days that came, and asks for no more', async (status, code) => {
    const store = await open()
    const { asked } = cme.counts
    const block = () => cme.fault({ is: 'answer', ms: 60_000, answer: { status, body: page } })
    expect(said(await ask(store, { onReport: block }))).toEqual(['ZQ 2025-04-25 imported', `ZQ 2025-04-28 ${code}`])
    expect(cme.counts.asked - asked).toBe(3)
    expect(await countRows(store, futuresSettlement)).toBe(MONTHS)
  })

  it('ends at once where it is told to stop', async () => {
    const stop = new AbortController()
    const stopped = new Error('stopped')
    const request = { signal: stop.signal, onReport: () => stop.abort(stopped) }
    await expect(ask(await open(), request)).rejects.toBe(stopped)
  })
})

describe('a report that is not as documented', () => {
  it.each([
    ['with a word for a price', (text: string) => text.replace(/"settle":"[\d.]+"/, '"settle":"soon"')],
    ['of another day', (text: string) => text.replace('"tradeDate":"04/25/2025"', '"tradeDate":"04/24/2025"')],
    ['without a field', (text: string) => text.replace(/"tradeDate":"04\/25\/2025",/, '')],
  ])('%s costs its day alone, and nothing of it is stored', async (_what, change) => {
    const store = await open()
    spoilt((text) => (text.includes('"tradeDate":"04/25/2025"') ? change(text) : text), '/FUT')
    expect(said(await ask(store))).toEqual([
      'ZQ 2025-04-25 NOT_AS_DOCUMENTED',
      ...DAYS.slice(1).map((day) => `ZQ ${day} imported`),
    ])
    expect(await countRows(store, futuresSettlement)).toBe(4 * MONTHS)
  })

  it('in a field that nobody knows is read, and the field named', async () => {
    spoilt((text) => text.replace('"dsHeader"', '"mood":"calm","dsHeader"'), '/FUT')
    expect(await ask(await open(), { days: 1 })).toMatchObject([{ added: MONTHS, unknownFields: ['mood'] }])
  })
})

it.each([
  ['another product', { names: ['SR3'] }],
  ['more days than are served', { days: 6 }],
  ['no days', { days: 0 }],
  ['half a day', { days: 0.5 }],
])('%s cannot be asked for', async (_what, request) => {
  const { asked } = cme.counts
  await expect(ask(await open(), request)).rejects.toMatchObject({ code: 'BAD_PUBLISHED_WISH' })
  expect(cme.counts.asked).toBe(asked)
})

describe('the path of rates', () => {
  const metric = resolveMetric('rate_path(2025-12-31, futures)')
  const pathAt = (store: Store, wish: { readonly venue?: string } = {}, asOf = NOW) =>
    readFrame({ store, now: asOf }, metric.needs, { asset: 'US', interval: '1d', asOf, ...wish })

  it('is what the world implies, by the method of CME', async () => {
    const store = await open()
    await ask(store)
    for (const names of [['DFF'], ['DFEDTARL']])
      await importLevels({ store, now: NOW }, { publisher: 'fred', names, base: addresses.fred })
    const { frame } = await pathAt(store)
    expect(frame.inputs).toContainEqual(
      expect.objectContaining({ kind: 'rate_futures', venue: 'cme', instrument: 'ZQ', simulated: true, rows: 5 }),
    )
    const told = evaluateMetric(metric, frame)
    const implied = evaluateMetric(metric, worldFrame(frame))
    expect(Object.keys(told)).toContain('expected')
    const bar = (Date.parse('2025-05-01') - frame.grid.start) / DAY_MS
    expect(told['expected']![bar]).toBeGreaterThan(0)
    expect(rounded(told)).toEqual(rounded(implied))
  })

  /** To nine digits, which is what is left of a price in text. */
  const rounded = (columns: Readonly<Record<string, Float64Array>>) =>
    Object.entries(columns).map(([name, column]) => [name, Array.from(column, (value) => Number(value.toFixed(9)))])

  /** What the world itself says, on the days that were settled. */
  function worldFrame(frame: Frame): Frame {
    const { grid } = frame
    const columns = new Map<string, Float64Array>()
    for (let bar = 0; bar < grid.length; bar++) {
      const day = grid.start + bar * DAY_MS
      put(columns, grid, bar, 'rate_now.target', macro.target(day).lower)
      put(columns, grid, bar, 'rate_now.effective', macro.effective(day))
      if (!DAYS.includes(formatDay(instant(day)))) continue
      for (let month = monthOfDay(day); month < monthOfDay(day) + MONTHS; month++) {
        put(columns, grid, bar, `rate_futures.${sayMonth(month).replace('-', '')}`, 100 - truth(month, day))
      }
    }
    return { ...frame, columns }
  }

  function put(columns: Map<string, Float64Array>, grid: Grid, bar: number, name: string, value: number): void {
    const column = columns.get(name) ?? new Float64Array(grid.length).fill(NaN)
    column[bar] = value
    columns.set(name, column)
  }

  /** Settlements of other hands, sixty days of 2025. */
  const holdFile = (store: Store, venue = 'file'): Promise<unknown> => {
    const rows = Array.from({ length: 60 }, (_, i) => {
      const at = Date.parse('2025-03-01') + i * DAY_MS
      const source = 'https://example.org/zq'
      return { venue, product: 'ZQ', month: '2025-12', at, knownAt: at + DAY_MS, price: 96, source }
    })
    const batches = inBatches(batchOf(futuresSettlement, rows))
    return ingest(store, { record: futuresSettlement, batches, label: venue })
  }
  const venueOf = async (store: Store, wish = {}, asOf = NOW): Promise<unknown> =>
    (await pathAt(store, wish, asOf)).frame.inputs.find(({ kind }) => kind === 'rate_futures')?.venue

  it('is read from CME before a file, however long that is, and from the file where it is asked for', async () => {
    const store = await open()
    await holdFile(store)
    await holdFile(store, 'cme')
    expect(await venueOf(store)).toBe('cme')
    expect(await venueOf(store, { venue: 'file' })).toBe('file')
    expect(await venueOf(store, { venue: 'binance' })).toBe('cme')
  })

  it('never stands for a real file where it is simulated', async () => {
    const store = await open()
    await holdFile(store)
    await ask(store)
    expect(await venueOf(store)).toBe('file')
    expect(await venueOf(store, { venue: 'cme' })).toBe('cme')
  })

  it('is of a file before the first day that was fetched was known', async () => {
    const store = await open()
    await holdFile(store)
    await ask(store)
    expect(await venueOf(store, {}, parseInstant('2025-04-20'))).toBe('file')
  })
})
