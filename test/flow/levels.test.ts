import { afterEach, describe, expect, it } from 'vitest'
import {
  DAY_MS,
  formatInstant,
  HOUR_MS,
  instant,
  parseInstant,
  plusMs,
  type InstantMs,
} from '../../src/core/instant.ts'
import { newYorkSession } from '../../src/core/newYorkSession.ts'
import { importLevels, type ImportLevelsRequest } from '../../src/desk/jobs/published/importLevels.ts'
import { publishedSeries } from '../../src/desk/jobs/published/keepPublished.ts'
import type { ImportPublishedAnswer, PublishedReport } from '../../src/desk/jobs/published/publishedReport.ts'
import { readFrame } from '../../src/desk/readFrame.ts'
import { evaluateMetric, resolveMetric } from '../../src/metrics/registry.ts'
import { batchOf } from '../../src/records/batch.ts'
import { indexLevel } from '../../src/records/indexLevel.ts'
import { ingest } from '../../src/store/ingest.ts'
import type { Store } from '../../src/store/open.ts'
import { countRows } from '../../src/store/queries/countRows.ts'
import { putInstruments } from '../../src/store/queries/putInstruments.ts'
import { readLevels } from '../../src/store/queries/readLevels.ts'
import { serveHttp } from '../support/loopback.ts'
import { publishedWorld } from '../support/publishedWorld.ts'
import { inBatches, temporary } from '../support/temporaryStore.ts'
import { fixture } from '../support/wire.ts'

const { open } = temporary()
// A Friday, before New York opens.
const { macro, publishers, now } = await publishedWorld('2025-05-02T13:10Z', ['BTC'])
const { addresses, fred, nyfed, alternativeme } = publishers
afterEach(() => {
  for (const each of [fred, nyfed, alternativeme]) each.mend()
})
const NOW = instant(now)
const LATER = plusMs(NOW, HOUR_MS)

type Asked = Partial<ImportLevelsRequest> & Pick<ImportLevelsRequest, 'publisher' | 'names'>
const ask = (store: Store, request: Asked, at = NOW): Promise<ImportPublishedAnswer> =>
  importLevels({ store, now: at }, { base: addresses[request.publisher], retry: { tries: 1, firstMs: 1 }, ...request })
const fromFred = async (store: Store, name: string, at = NOW): Promise<PublishedReport> =>
  (await ask(store, { publisher: 'fred', names: [name] }, at)).reports[0]!

/** Values of a symbol by day, as known at an instant. */
async function valuesOf(store: Store, symbol: string, asOf = NOW): Promise<ReadonlyMap<string, number>> {
  const { at, value } = await readLevels(store, { instrument: symbol, asOf })
  return new Map(Array.from(at, (ms, i) => [formatInstant(instant(ms)).slice(0, 10), value[i] as number]))
}
const spoilt = (change: (text: string) => string): void => fred.fault({ is: 'spoil', ms: 60_000, change })

describe('series of FRED', () => {
  it('are those of the world, on days of business, under the names that measures look for', async () => {
    const store = await open()
    const report = await fromFred(store, 'VIXCLS')
    expect(report).toMatchObject({ what: 'VIXCLS', is: 'imported', simulated: true, revised: 0 })
    const values = await valuesOf(store, 'VIX')
    const days: [string, number][] = []
    for (let day = macro.firstDay; day + DAY_MS < now; day += DAY_MS) {
      if (newYorkSession(instant(day)) === undefined) continue
      days.push([formatInstant(instant(day)).slice(0, 10), macro.level('fear', day)])
    }
    expect([...values]).toEqual(days)
  })

  it('become known when they are told, not when they are fetched', async () => {
    const store = await open()
    await ask(store, { publisher: 'fred', names: ['SP500', 'DFF', 'DTWEXBGS'] })
    const last = async (symbol: string, asOf: string): Promise<string | undefined> =>
      [...(await valuesOf(store, symbol, parseInstant(asOf))).keys()].at(-1)
    expect(await last('SPX', '2025-04-22T19:00Z')).toBe('2025-04-21')
    expect(await last('SPX', '2025-04-22T21:30Z')).toBe('2025-04-22')
    expect(await last('DFF', '2025-04-22T21:30Z')).toBe('2025-04-21')
    expect(await last('DTWEXBGS', '2025-04-28T20:00Z')).toBe('2025-04-17')
    expect(await last('DTWEXBGS', '2025-04-28T20:15Z')).toBe('2025-04-25')
  })

  it('are not stored twice', async () => {
    const store = await open()
    await fromFred(store, 'DFF')
    const before = await countRows(store, indexLevel)
    expect(await fromFred(store, 'dff', LATER)).toMatchObject({ added: 0, revised: 0 })
    expect(await countRows(store, indexLevel)).toBe(before)
  })

  it('keep their vintages: a revised value is known from when it was fetched, and earlier views keep what they had', async () => {
    const store = await open()
    await fromFred(store, 'DTWEXBGS')
    const [first] = [await valuesOf(store, 'DTWEXBGS')]
    const day = '2025-04-15'
    const revised = (first.get(day)! + 0.0001).toFixed(4)
    spoilt((text) => text.replace(new RegExp(`${day},.*`), `${day},${revised}`))
    expect(await fromFred(store, 'DTWEXBGS', LATER)).toMatchObject({ is: 'imported', added: 0, revised: 1 })
    expect(await valuesOf(store, 'DTWEXBGS', LATER)).toEqual(new Map(first).set(day, Number(revised)))
    expect(await valuesOf(store, 'DTWEXBGS', plusMs(LATER, -1))).toEqual(first)
    expect((await valuesOf(store, 'DTWEXBGS', parseInstant('2025-04-22'))).get(day)).toBe(first.get(day))
    fred.mend()
    const last = plusMs(LATER, HOUR_MS)
    expect(await fromFred(store, 'DTWEXBGS', last)).toMatchObject({ revised: 1 })
    expect(await valuesOf(store, 'DTWEXBGS', last)).toEqual(first)
    expect((await valuesOf(store, 'DTWEXBGS', LATER)).get(day)).toBe(Number(revised))
  })

  it('give a metric the vintage that was known at its time', async () => {
    const store = await open()
    await fromFred(store, 'VIXCLS')
    spoilt((text) => text.replace(/2025-05-01,.*/, '2025-05-01,77.77'))
    await fromFred(store, 'VIXCLS', LATER)
    const lastAt = async (asOf: InstantMs): Promise<number | undefined> => {
      const metric = resolveMetric('quote(VIX)')
      const wish = { asset: 'BTC', interval: '1d', asOf } as const
      const { frame } = await readFrame({ store, now: LATER }, metric.needs, wish)
      expect(frame.inputs).toMatchObject([{ kind: 'quote', venue: 'fred', instrument: 'VIX', simulated: true }])
      return Object.values(evaluateMetric(metric, frame))[0]?.at(-1)
    }
    expect(await lastAt(NOW)).toBe(macro.level('fear', Date.parse('2025-05-01')))
    expect(await lastAt(LATER)).toBe(77.77)
  })

  it('that fill a hole later were not there before', async () => {
    const store = await open()
    spoilt((text) => text.replace(/2025-04-15,.*/, '2025-04-15,.'))
    await fromFred(store, 'DGS10')
    fred.mend()
    expect(await fromFred(store, 'DGS10', LATER)).toMatchObject({ added: 0, revised: 1 })
    expect((await valuesOf(store, 'DGS10', NOW)).has('2025-04-15')).toBe(false)
    expect((await valuesOf(store, 'DGS10', LATER)).has('2025-04-15')).toBe(true)
  })

  it('reach back before 1970', async () => {
    const store = await open()
    spoilt(() => 'observation_date,DFF\n1954-07-01,1.13\n1954-07-02,1.25\n')
    await fromFred(store, 'DFF')
    expect([...(await valuesOf(store, 'DFF'))]).toEqual([
      ['1954-07-01', 1.13],
      ['1954-07-02', 1.25],
    ])
  })

  it('that are simulated never stand in a series of real ones', async () => {
    const store = await open()
    await putInstruments(store, [publishedSeries('fred', 'DFF', { asset: 'DFF', simulated: false })])
    expect(await fromFred(store, 'DFF')).toMatchObject({ is: 'failed', code: 'INSTRUMENT_MIXED' })
  })
})

const headerOf = (name: string) => (text: string) => text.replace(/^observation_date,\w+/, `observation_date,${name}`)

describe('an answer that is no series', () => {
  it.each([
    ['a page with status 200', { status: 200, body: '<!DOCTYPE html><p>busy</p>' }, 'PAGE_NOT_TABLE', /a page came/],
    ['an empty file', { status: 200, body: '' }, 'EMPTY_ANSWER', /an empty file came/],
    ['a refusal', { status: 404, body: '<html>Page Not Found</html>' }, 'REQUEST_REFUSED', /refused \(404\)/],
  ])('but %s is named, and nothing is stored', async (_what, answer, code, why) => {
    const store = await open()
    fred.fault({ is: 'answer', ms: 60_000, answer })
    expect(await fromFred(store, 'DFF')).toMatchObject({
      is: 'failed',
      code,
      why: expect.stringMatching(why) as string,
    })
    expect(await countRows(store, indexLevel)).toBe(0)
  })

  it.each([
    [
      'without its column',
      headerOf('EFFR'),
      'COLUMN_MISSING',
      /"DFF" of fred is unavailable: the table has no column "DFF"/,
    ],
    [
      'with a word for a number',
      (text: string) => text.replace(/,\d.*\n$/, ',soon\n'),
      'NOT_A_NUMBER',
      /"soon" is no number/,
    ],
    ['cut within a number', (text: string) => text.slice(0, -3), 'ANSWER_CUT', /ends on .*is held: it was cut/],
    ['cut within a line', (text: string) => text.slice(0, -12), 'ANSWER_CUT', /ends on .*is held: it was cut/],
    [
      'cut after a line',
      (text: string) => text.slice(0, text.length / 2).replace(/[^\n]*$/, ''),
      'ANSWER_CUT',
      /it was cut/,
    ],
  ])('but a table %s is named, and what is held stays', async (_what, change, code, why) => {
    const store = await open()
    await fromFred(store, 'DFF')
    const before = await valuesOf(store, 'DFF')
    spoilt(change)
    const report = await fromFred(store, 'DFF', LATER)
    expect(report).toMatchObject({ is: 'failed', code, why: expect.stringMatching(why) as string })
    expect(await valuesOf(store, 'DFF', LATER)).toEqual(before)
  })

  it('comes with whoever else has the same', async () => {
    const store = await open()
    nyfed.fault({ is: 'answer', ms: 60_000, answer: { status: 200, body: '<html>' } })
    const { reports } = await ask(store, { publisher: 'nyfed', names: ['EFFR'] })
    expect(reports).toMatchObject([
      {
        code: 'NOT_JSON',
        hint: 'nothing of it was stored, what is held stays; ask again later; the same comes by assayer import fred EFFR, or assayer import series FILE --symbol EFFR',
      },
    ])
  })

  it('leaves the other series of the run what they are', async () => {
    const store = await open()
    fred.fault({ is: 'answer', ms: 60_000, answer: { status: 200, body: '<html>' } })
    const request = { publisher: 'fred', names: ['DFF', 'SOFR'], onReport: () => fred.mend() } as const
    expect((await ask(store, request)).reports.map(({ what, is }) => `${what} ${is}`)).toEqual([
      'DFF failed',
      'SOFR imported',
    ])
  })
})

describe('the New York Fed', () => {
  it('tells the effective rate and the range that was aimed at', async () => {
    const store = await open()
    const { reports } = await ask(store, { publisher: 'nyfed', names: ['EFFR'], days: 20 })
    expect(reports).toMatchObject([{ what: 'EFFR', is: 'imported', added: 60 }])
    const day = Date.parse('2025-04-22')
    expect((await valuesOf(store, 'EFFR')).get('2025-04-22')).toBe(macro.effective(day))
    expect((await valuesOf(store, 'DFEDTARL')).get('2025-04-22')).toBe(macro.target(day).lower)
    expect((await valuesOf(store, 'DFEDTARU')).get('2025-04-22')).toBe(macro.target(day).upper)
    expect((await valuesOf(store, 'EFFR', parseInstant('2025-04-22T23:00Z'))).has('2025-04-22')).toBe(false)
  })

  it('may be asked for days that were never asked for, which are known when they were told', async () => {
    const store = await open()
    const spoil = (text: string): string => text.replace(/\{"effectiveDate":"2025-04-22".*?\},/, '')
    nyfed.fault({ is: 'spoil', ms: 60_000, change: spoil })
    await ask(store, { publisher: 'nyfed', names: ['EFFR'], days: 20 })
    nyfed.mend()
    const { reports } = await ask(store, { publisher: 'nyfed', names: ['EFFR'], days: 20 }, LATER)
    expect(reports).toMatchObject([{ added: 3, revised: 0 }])
  })

  it('and FRED beside it are two series, of which the longer is read', async () => {
    const store = await open()
    await ask(store, { publisher: 'nyfed', names: ['EFFR'], days: 20 })
    expect((await readLevels(store, { instrument: 'EFFR', asOf: NOW })).venue).toBe('nyfed')
    await fromFred(store, 'EFFR')
    expect((await readLevels(store, { instrument: 'EFFR', asOf: NOW })).venue).toBe('fred')
    expect((await readLevels(store, { instrument: 'EFFR', asOf: NOW, venue: 'nyfed' })).at).toHaveLength(20)
  })

  /** A series of a file, thirty days of 2020. */
  const holdFile = (store: Store): Promise<unknown> => {
    const rows = Array.from({ length: 30 }, (_, i) => {
      const at = Date.parse('2020-01-01') + i * DAY_MS
      return { venue: 'file', instrument: 'EFFR', interval: '1d', at, knownAt: at + DAY_MS, value: 1 }
    })
    return ingest(store, { record: indexLevel, batches: inBatches(batchOf(indexLevel, rows)), label: 'file' })
  }
  const venueAt = async (store: Store, asOf: InstantMs): Promise<string> =>
    (await readLevels(store, { instrument: 'EFFR', asOf })).venue

  it('is read before a file of the same name, however long that is', async () => {
    const store = await open()
    await holdFile(store)
    const real = await serveHttp((_, response) => response.end(JSON.stringify(fixture('nyfed', 'effr').payload)))
    await ask(store, { publisher: 'nyfed', names: ['EFFR'], base: real.http })
    await real.close()
    expect(await venueAt(store, NOW)).toBe('nyfed')
    expect(await venueAt(store, parseInstant('2020-02-01'))).toBe('file')
  })

  it('never stands for a real file where it is simulated', async () => {
    const store = await open()
    await holdFile(store)
    await ask(store, { publisher: 'nyfed', names: ['EFFR'] })
    expect(await venueAt(store, NOW)).toBe('file')
  })
})

it('the mood of a day is known when the day begins', async () => {
  const store = await open()
  const { reports } = await ask(store, { publisher: 'alternativeme', names: ['fear_greed'] })
  expect(reports).toMatchObject([{ is: 'imported', early: 0 }])
  const values = await valuesOf(store, 'FEAR_GREED', parseInstant('2025-05-01'))
  expect([...values].at(-1)).toEqual(['2025-05-01', macro.mood(Date.parse('2025-05-01'))])
})

it.each([
  ['a series that is not known', { publisher: 'fred', names: ['GDP'] }],
  ['days of FRED', { publisher: 'fred', names: ['DFF'], days: 7 }],
  ['no days', { publisher: 'nyfed', names: ['EFFR'], days: 0 }],
  ['half a day', { publisher: 'nyfed', names: ['EFFR'], days: 0.5 }],
] as const)('%s cannot be asked for', async (_what, request) => {
  const store = await open()
  const asked = fred.counts.asked + nyfed.counts.asked
  await expect(ask(store, request)).rejects.toMatchObject({ code: 'BAD_PUBLISHED_WISH' })
  expect(fred.counts.asked + nyfed.counts.asked).toBe(asked)
})
