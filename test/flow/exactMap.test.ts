import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, instant, parseInstant } from '../../src/core/instant.ts'
import type { Desk } from '../../src/desk/desk.ts'
import { answerNote } from '../../src/desk/note.ts'
import { answerSeries } from '../../src/desk/series.ts'
import { batchOf } from '../../src/records/batch.ts'
import { candle } from '../../src/records/candle.ts'
import { openInterest } from '../../src/records/openInterest.ts'
import { position } from '../../src/records/position.ts'
import { append } from '../../src/store/append.ts'
import { openStore } from '../../src/store/open.ts'
import { putInstruments } from '../../src/store/queries/putInstruments.ts'
import { candlesOfCloses } from '../support/madeCandles.ts'

// Positions of four accounts on one venue that publishes them, from rows to the sentence of the note.

const START = parseInstant('2025-01-01')
const DAYS = 120
const END = instant(START + DAYS * DAY_MS)
const LAST = START + (DAYS - 1) * DAY_MS

const series = { venue: 'hyperliquid', market: 'perp' as const, instrument: 'kAAA' }
/** A thousand coins a unit: prices per coin are thousandths. */
const held = (account: string, at: number, coins: number, fields: object = {}) => ({
  ...series,
  account,
  at,
  knownAt: at,
  coins,
  margin: 'unknown',
  convention: 'hyperliquid/position/signed-units',
  ...fields,
})

const NOON = LAST + 12 * HOUR_MS
const POSITIONS = [
  // The day before, when two more were open and the mark was 2.1.
  held('0xa', NOON - DAY_MS, 10_000, { entryPrice: 1.9, unrealised: 2000, liquidationPrice: 1.85 }),
  held('0xb', NOON - DAY_MS, -7000, { entryPrice: 2.2, unrealised: 700, liquidationPrice: 2.4 }),
  held('0xd', NOON - DAY_MS, -5000, { entryPrice: 2.1, unrealised: 0, liquidationPrice: 2.3 }),
  held('0xa', NOON, 10_000, { entryPrice: 1.9, unrealised: 1000, liquidationPrice: 1.85 }),
  held('0xb', NOON, -4000, { entryPrice: 2.1, unrealised: 400, liquidationPrice: 2.15 }),
  held('0xc', NOON, 6000, { entryPrice: 2, unrealised: 0 }),
  held('0xd', NOON, 0),
]

const CANDLES = candlesOfCloses(Array.from({ length: DAYS }, (_, day) => 2000 + 50 * Math.sin(day / 5)))

let desk: Desk

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'exact-map-'))
  const store = await openStore(folder)
  desk = { store, now: END }
  await append(store, batchOf(position, POSITIONS), 1)
  const counted = { published: 40, countedIn: 'units', sides: 'unknown', coins: 40_000, quoteValue: 80_000, price: 2 }
  const interest = [LAST - DAY_MS, LAST].map((day) => {
    const at = day + 12 * HOUR_MS
    return {
      ...series,
      interval: 'live',
      at,
      knownAt: at,
      ...counted,
      convention: 'hyperliquid/open_interest/sides-unknown',
    }
  })
  await append(store, batchOf(openInterest, interest), 2)
  const bars = Array.from({ length: DAYS }, (_, day) => {
    const at = START + day * DAY_MS
    const price = (name: 'open' | 'high' | 'low' | 'close'): number => CANDLES[name][day]! / 1000
    const bar = { open: price('open'), high: price('high'), low: price('low'), close: price('close'), volume: 100 }
    return { ...series, interval: '1d', at, knownAt: at + DAY_MS, ...bar }
  })
  await append(store, batchOf(candle, bars), 3)
  await putInstruments(store, [
    { ...series, asset: 'AAA', quote: 'USDC', multiplier: 1000, simulated: false, contract: 'linear' },
  ])
  return async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

const last = async (asOf = END): Promise<Readonly<Record<string, number | null>>> => {
  const { points } = await answerSeries(desk, { metric: 'liquidation_map_exact', asset: 'AAA', interval: '1d', asOf })
  return points.at(-1)!.value as Readonly<Record<string, number | null>>
}

it('lays what accounts hold into bins, leaves out what has no price, and tells the share of open interest', async () => {
  const width = Math.log(1.01)
  const middle = (price: number): number => Math.exp((Math.floor(Math.log(price) / width) + 0.5) * width)
  expect(await last()).toEqual({
    largest_above: middle(2.15),
    largest_below: middle(1.85),
    above_usd: 4000 * 2.15,
    below_usd: 10_000 * 1.85,
    accounts: 3,
    left_out: 1,
    long_coverage: 40,
    long_coverage_most: 80,
    short_coverage: 10,
    short_coverage_most: 20,
    all_long_coverage: null,
    all_long_coverage_most: null,
    all_short_coverage: null,
    all_short_coverage_most: null,
  })
})

it('shows each bar as of its close: a position that was closed since stands on the day before', async () => {
  expect(await last(instant(LAST))).toMatchObject({
    accounts: 3,
    left_out: 0,
    short_coverage: 30,
    above_usd: 5000 * 2.3,
  })
})

it('is said in the note, with its coverage and why that has bounds', async () => {
  const note = await answerNote(desk, { asset: 'AAA', asOf: END })
  const { claims } = note.sections.find(({ id }) => id === 'contracts')!
  const { text, method, conventions } = claims.find(({ id }) => id === 'contracts-published-map')!
  expect(text).toMatch(
    /^Hyperliquid publishes positions: of the 3 accounts that were read shorts most near 2\.1\d* \(8,600 dollars within 10 % above the price\) and longs most near 1\.8\d* \(1[89],000 dollars within 10 % below the price\) would be liquidated\. Of open interest of the asset on Hyperliquid known accounts make up 40 % to 80 % of the longs and 10 % to 20 % of the shorts, depending on whether it counts one side or both\.$/,
  )
  expect(method).toBe('liquidation_map_exact.accounts')
  expect(conventions).toContain('hyperliquid/position/signed-units')
})

it('is drawn in the note, solid, with what stands in it and what share that is', async () => {
  const note = await answerNote(desk, { asset: 'AAA', asOf: END })
  const { figures } = note.sections.find(({ id }) => id === 'contracts')!
  const { wide, csv } = figures.find(({ id }) => id === 'liquidation-map-published')!
  const words = wide.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
  expect(words).toMatch(/Most longs that are published would be liquidated near 1\.8\d*, most shorts near 2\.1/)
  expect(words).toMatch(
    /Positions of three accounts that Hyperliquid publishes; one position without a liquidation price in/,
  )
  expect(words).toMatch(/known accounts make up 40 % to 80 % of the longs/)
  expect(csv).toMatch(/8600/)
  expect(csv).toMatch(/18500/)
})
