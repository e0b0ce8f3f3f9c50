import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import { DAY_MS, formatDay, instant, parseInstant, plusMs, type InstantMs } from '../../src/core/instant.ts'
import type { Desk } from '../../src/desk/desk.ts'
import { answerEvents } from '../../src/desk/events.ts'
import { importFile, type ImportAnswer } from '../../src/desk/jobs/importFile.ts'
import { answerNote } from '../../src/desk/note.ts'
import { openDesk } from '../../src/desk/openDesk.ts'
import { renderNote } from '../../src/desk/renderNote.ts'
import { answerSeries } from '../../src/desk/series.ts'
import { tempFolder } from '../files/tempFolder.ts'
import { randomCandles } from '../support/madeCandles.ts'

const START = parseInstant('2024-01-01')
const DAYS = 420
/** The last of the days closes at 2025-02-24T00:00Z. */
const END = plusMs(START, DAYS * DAY_MS)
const REVISED_DAYS = [400, 412]
const REVISED_AT = parseInstant('2025-02-22T12:00:00Z')

const made = randomCandles('revision', DAYS)
const writeFile = tempFolder()
const stores = mkdtempSync(join(tmpdir(), 'assayer-revision-'))
let desk: Desk
let close: () => Promise<void>

beforeEach(async () => {
  const opened = await openDesk({ path: mkdtempSync(join(stores, 'store-')), now: END, access: 'write', log: () => {} })
  desk = opened.desk
  close = opened.close
})
afterEach(() => close())
afterAll(() => rmSync(stores, { recursive: true, force: true }))

/** Rows of some days as a file would hold them; a factor on the close makes them a revision. */
function csv(days: readonly number[], factor: number): string {
  const lines = days.map((i) => {
    const [open, high, low, volume] = (['open', 'high', 'low', 'volume'] as const).map((field) => made[field][i]!)
    const last = made.close[i]! * factor
    const day = formatDay(plusMs(START, i * DAY_MS))
    return [day, 'ETHUSDT', open, Math.max(high!, last), Math.min(low!, last), last, volume].join(',')
  })
  return ['time,symbol,open,high,low,close,volume', ...lines].join('\n')
}

const ALL_DAYS = Array.from({ length: DAYS }, (_, i) => i)
const first = writeFile('first.csv', csv(ALL_DAYS, 1))
const revision = writeFile('revision.csv', csv(REVISED_DAYS, 0.7))

function importDaily(path: string, knownAt?: InstantMs): Promise<ImportAnswer> {
  const file = { kind: 'candles', path, venue: 'binance', market: 'spot', interval: '1d' } as const
  const handling = { badRows: 'refuse', onDifference: 'refuse' } as const
  return importFile(desk, { ...file, ...handling, ...(knownAt === undefined ? {} : { knownAt }) })
}

/** All that a reader can see as of an instant: the note in every text format, events, a series. */
async function viewAt(asOf: InstantMs): Promise<string> {
  const note = await renderNote(await answerNote(desk, { asset: 'ETH', asOf }), ['json', 'html', 'md'], 'any')
  const question = { asset: 'ETH', interval: '1d', asOf } as const
  const events = await answerEvents(desk, { ...question, setup: 'level_break' })
  const series = await answerSeries(desk, { ...question, metric: 'rsi' })
  return JSON.stringify([...note, events, series])
}

const EARLIER = [...['2025-02-16', '2025-02-20'].map(parseInstant), instant(REVISED_AT - 1)]
const LATER = [REVISED_AT, END]

async function viewsAt(moments: readonly InstantMs[]): Promise<readonly string[]> {
  const views: string[] = []
  for (const moment of moments) views.push(await viewAt(moment))
  return views
}

it('leaves every view from before a revision as it was, and changes every view from then on', async () => {
  await importDaily(first)
  const earlier = await viewsAt(EARLIER)
  const later = await viewsAt(LATER)
  expect(await importDaily(revision, REVISED_AT)).toMatchObject({ rows: 2, added: 2, replaced: 0, held: DAYS + 2 })
  expect(await viewsAt(EARLIER)).toEqual(earlier)
  const revised = await viewsAt(LATER)
  expect(revised.map((view, i) => view === later[i])).toEqual(LATER.map(() => false))
})

it('shows the revised value from the instant at which it was known', async () => {
  await importDaily(first)
  await importDaily(revision, REVISED_AT)
  const closeOf = async (asOf: InstantMs) => {
    const at = plusMs(START, 412 * DAY_MS)
    const question = {
      metric: 'close',
      asset: 'ETH',
      interval: '1d',
      asOf,
      from: at,
      before: plusMs(at, DAY_MS),
    } as const
    return (await answerSeries(desk, question)).points.map(({ value }) => value)
  }
  expect(await closeOf(instant(REVISED_AT - 1))).toEqual([made.close[412]])
  expect(await closeOf(REVISED_AT)).toEqual([made.close[412]! * 0.7])
})

it('gives the same views whichever of the two files comes first, and after both come again', async () => {
  await importDaily(revision, REVISED_AT)
  await importDaily(first)
  const views = await viewsAt([...EARLIER, ...LATER])
  expect(await importDaily(first)).toMatchObject({ unchanged: DAYS, held: DAYS + 2 })
  expect(await importDaily(revision, REVISED_AT)).toMatchObject({ unchanged: 2, held: DAYS + 2 })
  expect(await viewsAt([...EARLIER, ...LATER])).toEqual(views)
})

it('refuses a difference that gives no later instant at which it was known, and nothing changes', async () => {
  await importDaily(first)
  const views = await viewsAt([...EARLIER, ...LATER])
  await expect(importDaily(revision)).rejects.toMatchObject({ code: 'IMPORT_CONFLICT' })
  expect(await viewsAt([...EARLIER, ...LATER])).toEqual(views)
})
