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
import { importOrders, type ImportOrdersRequest } from '../../src/desk/jobs/published/importOrders.ts'
import { publishedSeries } from '../../src/desk/jobs/published/keepPublished.ts'
import type { ImportPublishedAnswer } from '../../src/desk/jobs/published/publishedReport.ts'
import { ORDERS_SERIES, readOrders } from '../../src/desk/readOrders.ts'
import { executiveOrder } from '../../src/records/executiveOrder.ts'
import type { Store } from '../../src/store/open.ts'
import { countRows } from '../../src/store/queries/countRows.ts'
import { putInstruments } from '../../src/store/queries/putInstruments.ts'
import { publishedWorld } from '../support/publishedWorld.ts'
import { temporary } from '../support/temporaryStore.ts'

const { open } = temporary()
const { decrees, publishers, now } = await publishedWorld('2025-05-02T13:10Z', ['BTC'])
const { addresses, federalregister } = publishers
afterEach(() => federalregister.mend())
const NOW = instant(now)
const LATER = plusMs(NOW, HOUR_MS)

const bring = (store: Store, request: Partial<ImportOrdersRequest> = {}, at = NOW): Promise<ImportPublishedAnswer> =>
  importOrders(
    { store, now: at },
    { names: [ORDERS_SERIES], base: addresses.federalregister, retry: { tries: 1, firstMs: 1 }, ...request },
  )
const numbersAt = async (store: Store, asOf: InstantMs): Promise<readonly string[]> =>
  (await readOrders(store, asOf)).orders.map(({ number }) => number).toSorted()
/** Orders of the world that have all a record needs, published in a stretch of days. */
const published = (from: number, to: number) =>
  decrees.filter((decree) => decree.signedOn !== undefined && decree.publishedOn >= from && decree.publishedOn < to)
const spoilt = (change: (text: string) => string): void => federalregister.fault({ is: 'spoil', ms: 60_000, change })

describe('executive orders', () => {
  it.each([1000, 2])('are those of the world, of 400 days unless said, %i on a page', async (perPage) => {
    const store = await open()
    const { reports } = await bring(store, { perPage })
    const expected = published(now - (now % DAY_MS) - 400 * DAY_MS, now)
    expect(expected.length).toBeGreaterThan(8)
    expect(reports).toMatchObject([
      { what: ORDERS_SERIES, is: 'imported', added: expected.length, simulated: true, unknownFields: [] },
    ])
    const { orders, simulated } = await readOrders(store, NOW)
    expect(simulated).toBe(true)
    const told = orders.map(({ number, documentNumber, title, at, publishedOn }) => {
      return { number, documentNumber, title, signedOn: at, publishedOn, corrects: undefined }
    })
    expect(told.toSorted((a, b) => a.publishedOn - b.publishedOn)).toEqual(expected)
  })

  it('become known on the morning of their issue, not when they are signed or fetched', async () => {
    const store = await open()
    await bring(store)
    const last = published(0, now).at(-1)!
    const morning = instant(last.publishedOn + 13 * HOUR_MS)
    expect(await numbersAt(store, plusMs(morning, -1))).not.toContain(last.number)
    expect(await numbersAt(store, morning)).toContain(last.number)
  })

  it('of all years tell which lack a day of signing, and leave corrections out', async () => {
    const store = await open()
    const { reports } = await bring(store, { days: 20_000 })
    const undated = decrees.find(({ number, signedOn }) => number !== undefined && signedOn === undefined)!
    expect(reports).toMatchObject([
      { is: 'imported' },
      {
        what: `document ${undated.documentNumber}`,
        is: 'missing',
        why: `order ${undated.number} has no day of signing: left out`,
      },
    ])
    expect(await numbersAt(store, NOW)).toEqual(published(0, now).map(({ number }) => number))
  })

  it('are not stored twice', async () => {
    const store = await open()
    await bring(store)
    const before = await countRows(store, executiveOrder)
    expect((await bring(store, {}, LATER)).reports).toMatchObject([{ added: 0, revised: 0 }])
    expect(await countRows(store, executiveOrder)).toBe(before)
  })

  it('that are corrected are a version known from the fetch on, and one order all the time', async () => {
    const store = await open()
    await bring(store)
    const last = published(0, now).at(-1)!
    const [day, other] = [0, -1].map((days) => formatInstant(instant(last.signedOn! + days * DAY_MS)).slice(0, 10))
    spoilt((text) => text.replaceAll(`"signing_date":"${day}"`, `"signing_date":"${other}"`))
    expect((await bring(store, {}, LATER)).reports).toMatchObject([{ added: 0, revised: 1 }])
    const dayAt = async (asOf: InstantMs) => {
      const found = (await readOrders(store, asOf)).orders.filter(({ number }) => number === last.number)
      return found.map(({ at }) => formatInstant(at).slice(0, 10))
    }
    expect(await dayAt(plusMs(LATER, -1))).toEqual([day])
    expect(await dayAt(LATER)).toEqual([other])
  })

  it('are none where none were published, and that is said', async () => {
    const store = await open()
    federalregister.fault({ is: 'answer', ms: 60_000, answer: { status: 200, body: { description: '', count: 0 } } })
    expect((await bring(store, { days: 1 })).reports).toEqual([
      { what: ORDERS_SERIES, is: 'missing', why: 'none was published since 2025-05-01' },
    ])
  })

  it('that are simulated never stand among real ones', async () => {
    const store = await open()
    await putInstruments(store, [
      publishedSeries('federalregister', ORDERS_SERIES, { asset: ORDERS_SERIES, simulated: false }),
    ])
    expect((await bring(store)).reports).toMatchObject([{ is: 'failed', code: 'INSTRUMENT_MIXED' }])
    expect(await countRows(store, executiveOrder)).toBe(0)
  })
})

describe('an answer that cannot be used', () => {
  it.each([
    [
      'a page with status 200',
      { status: 200, body: '<!DOCTYPE html><p>wait</p>' },
      'NOT_JSON',
      /a page instead of JSON/,
    ],
    ['an empty answer', { status: 200, body: '' }, 'NOT_JSON', /answered with nothing/],
    ['a refusal', { status: 400, body: { status: 400, message: 'no' } }, 'REQUEST_REFUSED', /refused \(400\)/],
    ['a way to a page for people', { status: 302, body: 'unblock' }, 'REQUEST_REFUSED', /\(302\)/],
    ['another answer', { status: 200, body: { results: [] } }, 'NOT_AS_DOCUMENTED', /"pages\[0\]\.count"/],
  ])('but is %s is named, and what is held stays', async (_what, answer, code, why) => {
    const store = await open()
    await bring(store)
    const before = await countRows(store, executiveOrder)
    federalregister.fault({ is: 'answer', ms: 60_000, answer })
    const { reports } = await bring(store, {}, LATER)
    expect(reports).toMatchObject([{ is: 'failed', code, why: expect.stringMatching(why) as string }])
    expect(await countRows(store, executiveOrder)).toBe(before)
  })

  it.each([
    ['cut short', (text: string) => text.slice(0, -20), 'NOT_JSON', /broken JSON/],
    ['without a field', (text: string) => text.replace(/"html_url":"[^"]*",/, ''), 'NOT_AS_DOCUMENTED', /html_url/],
    [
      'with a field of another kind',
      (text: string) => text.replace(/"title":"[^"]*"/, '"title":7'),
      'NOT_AS_DOCUMENTED',
      /title/,
    ],
    [
      'with fewer than it counts',
      (text: string) => text.replace(/"count":\d+/, '"count":99'),
      'NOT_AS_DOCUMENTED',
      /is 99, and/,
    ],
  ])('because it is %s is named, and nothing is stored', async (_what, change, code, why) => {
    const store = await open()
    spoilt(change)
    expect((await bring(store)).reports).toMatchObject([
      { is: 'failed', code, why: expect.stringMatching(why) as string },
    ])
    expect(await countRows(store, executiveOrder)).toBe(0)
  })

  it('has a field that is not documented, which is named and costs nothing', async () => {
    const store = await open()
    spoilt((text) => text.replace('"title":', '"mood":1,"title":'))
    expect((await bring(store)).reports).toMatchObject([
      { is: 'imported', unknownFields: ['pages[0].results[0].mood'] },
    ])
  })

  it('is of a machine that is not served, which ends the command', async () => {
    const store = await open()
    federalregister.fault({ is: 'answer', ms: 60_000, answer: { status: 403, body: '<html>denied</html>' } })
    await expect(bring(store)).rejects.toMatchObject({ code: 'SITE_DENIED' })
  })
})

it.each([
  ['something else', { names: ['proclamations'] }],
  ['no days', { days: 0 }],
  ['half a day', { days: 0.5 }],
  ['too many days', { days: 20_001 }],
] as const)('%s cannot be asked for', async (_what, request) => {
  const store = await open()
  const { asked } = federalregister.counts
  await expect(bring(store, request)).rejects.toMatchObject({ code: 'BAD_PUBLISHED_WISH' })
  expect(federalregister.counts.asked).toBe(asked)
})

it('an order that was fetched on the morning of its issue is known from then on', async () => {
  const store = await open()
  const last = published(0, now).at(-1)!
  const early = instant(last.publishedOn + 11 * HOUR_MS)
  await bring(store, {}, early)
  expect(await numbersAt(store, parseInstant(formatInstant(early)))).toContain(last.number)
  expect(await numbersAt(store, plusMs(early, -1))).not.toContain(last.number)
})
