import { beforeAll, describe, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY_MS, instant, parseInstant } from '../../src/core/instant.ts'
import { seededRandom } from '../../src/core/random.ts'
import type { Desk } from '../../src/desk/desk.ts'
import { answerNote } from '../../src/desk/note.ts'
import { answerSeries } from '../../src/desk/series.ts'
import { batchOf } from '../../src/records/batch.ts'
import { candle } from '../../src/records/candle.ts'
import { openInterest } from '../../src/records/openInterest.ts'
import { append } from '../../src/store/append.ts'
import { openStore } from '../../src/store/open.ts'
import { putInstruments } from '../../src/store/queries/putInstruments.ts'
import { randomCandles } from '../support/madeCandles.ts'

// Three venues, whose open interest moves alike from day to day. One of them is no longer collected from the middle on, and another asset
// has a venue that comes in the middle.

const START = parseInstant('2025-01-01')
const DAYS = 160
/** The last day on which the venue that goes was read, and the first on which the one that comes is. */
const LAST_DAY = 99
/** From here on nothing of the day it went is in a window of ten days. */
const SETTLED = LAST_DAY + 2 + 11
const END = instant(START + DAYS * DAY_MS)
const SIZES = { binance: 1_000_000, bybit: 800_000, okx: 200_000 } as const
type Venue = keyof typeof SIZES

const candles = randomCandles('venue gone', DAYS)
const random = seededRandom('open interest')
const growth = Array.from({ length: DAYS }, (_, day) =>
  day === 0 ? 1 : (candles.close[day]! / candles.close[day - 1]!) * Math.exp(0.01 + 0.005 * random.normal()),
)
/** How open interest has grown since the first day. */
const grown = growth.map((_, day) => growth.slice(0, day + 1).reduce((product, factor) => product * factor, 1))

const perp = (venue: Venue, asset: string) => ({ venue, market: 'perp' as const, instrument: `${asset}USDT` })

function interest(asset: string, venue: Venue, from: number, to: number) {
  return Array.from({ length: to - from }, (_, i) => {
    const day = from + i
    const at = START + (day + 1) * DAY_MS - 60_000
    const coins = SIZES[venue] * grown[day]!
    const price = candles.close[day]!
    const told = { published: coins, countedIn: 'coins', sides: 'one', coins, quoteValue: coins * price, price }
    return { ...perp(venue, asset), interval: 'live', at, knownAt: at, ...told, convention: `${venue}/made` }
  })
}

const daily = (asset: string) =>
  Array.from({ length: DAYS }, (_, day) => {
    const at = START + day * DAY_MS
    const [open, high, low, close, volume] = (['open', 'high', 'low', 'close', 'volume'] as const).map(
      (name) => candles[name][day]!,
    )
    const bar = {
      open,
      high,
      low,
      close,
      volume,
      quoteVolume: volume! * close!,
      takerBuyQuoteVolume: (volume! * close!) / 2,
    }
    return { ...perp('binance', asset), interval: '1d', at, knownAt: at + DAY_MS, ...bar }
  })

let desk: Desk

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'venue-gone-'))
  const store = await openStore(folder)
  desk = { store, now: END }
  const rows = ['ETH', 'SOL', 'BNB'].flatMap((asset) => [
    ...interest(asset, 'binance', 0, DAYS),
    ...interest(asset, 'bybit', asset === 'BNB' ? LAST_DAY + 1 : 0, asset === 'ETH' ? LAST_DAY + 1 : DAYS),
    ...interest(asset, 'okx', 0, DAYS),
  ])
  await append(store, batchOf(openInterest, rows), 1)
  await append(store, batchOf(candle, ['ETH', 'SOL', 'BNB'].flatMap(daily)), 2)
  await putInstruments(
    store,
    ['ETH', 'SOL', 'BNB'].flatMap((asset) =>
      (['binance', 'bybit', 'okx'] as const).map((venue) => ({
        ...perp(venue, asset),
        asset,
        quote: 'USDT',
        multiplier: 1,
        simulated: false,
        contract: 'linear' as const,
      })),
    ),
  )
  return async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Values of one output of a metric, day by day; SOL is whole, ETH loses a venue, BNB gains one. */
async function values(metric: string, asset: 'ETH' | 'SOL' | 'BNB' = 'ETH'): Promise<readonly number[]> {
  const { points } = await answerSeries(desk, { metric, asset, interval: '1d', asOf: END })
  expect(points).toHaveLength(DAYS)
  return points.map(({ value }) => (value === null ? NaN : (value as number)))
}

describe('a venue that goes in the middle of a window', () => {
  it('shows as lower coverage, and by name', async () => {
    const coverage = await values('open_interest.coverage')
    expect(coverage.slice(0, LAST_DAY + 3)).toEqual(Array.from({ length: LAST_DAY + 3 }, () => 100))
    expect(coverage.slice(LAST_DAY + 3).every((pct) => Math.abs(pct - 200 / 3) < 1e-9)).toBe(true)
    const { missing } = await answerSeries(desk, {
      metric: 'open_interest.coins',
      asset: 'ETH',
      interval: '1d',
      asOf: END,
    })
    expect(missing).toEqual([
      expect.stringMatching(/^open interest of ETH on bybit \(ETHUSDT\) after 2025-04-10T23:59:00Z/),
    ])
  })

  it('leaves the sum to be that of the others', async () => {
    const coins = await values('open_interest.coins')
    for (const day of [LAST_DAY + 3, DAYS - 1]) expect(coins[day]).toBeCloseTo(1_200_000 * grown[day]!, 3)
  })

  it.each(['coins', 'usd', 'coins_least', 'published', 'like_for_like'])(
    'is no change of open_interest.%s, neither on the day nor over a window that begins before it',
    async (output) => {
      const [gone, whole] = [
        await values(`change(open_interest.${output}, 1d)`),
        await values(`change(open_interest.${output}, 1d)`, 'SOL'),
      ]
      for (let day = 1; day < DAYS; day++) {
        // For two days its last value stands for it: what it would have moved is missing, no more.
        const isCarried = day > LAST_DAY && day <= LAST_DAY + 2
        const coinsMove = 100 * (growth[day]! - 1)
        if (!isCarried) expect(gone[day]).toBeCloseTo(whole[day]!, 6)
        else expect(Math.abs(gone[day]! - whole[day]!)).toBeLessThanOrEqual(Math.abs(coinsMove) * 1.2)
      }
      const [over, overWhole] = [
        await values(`change(open_interest.${output}, 30d)`),
        await values(`change(open_interest.${output}, 30d)`, 'SOL'),
      ]
      const carried = growth[LAST_DAY + 1]! * growth[LAST_DAY + 2]!
      for (let day = LAST_DAY + 3; day < LAST_DAY + 30; day++) {
        expect(Math.abs((100 + over[day]!) / (100 + overWhole[day]!) - 1)).toBeLessThanOrEqual(
          Math.abs(carried - 1) + 1e-9,
        )
      }
    },
  )

  it('changes neither the regime nor the correlation of windows that begin after its last value', async () => {
    const regime = ['price_oi_regime(10).oi_change', 'price_oi_regime(10).value', 'price_oi_correlation(10).value']
    for (const metric of regime) {
      const [gone, whole] = [await values(metric), await values(metric, 'SOL')]
      for (let day = SETTLED; day < DAYS; day++) expect(gone[day]).toBeCloseTo(whole[day]!, 6)
    }
  })

  it('is no fall in a regime whose window it went in', async () => {
    const [gone, whole] = [
      await values('price_oi_regime(30).oi_change'),
      await values('price_oi_regime(30).oi_change', 'SOL'),
    ]
    const share = 100 * (SIZES.bybit / 2_000_000)
    for (let day = LAST_DAY + 3; day < LAST_DAY + 30; day++)
      expect(gone[day]! - whole[day]!).toBeGreaterThan(-share / 2)
  })

  it('is no fall in the note, which names who is missing', async () => {
    const asOf = instant(START + (LAST_DAY + 4) * DAY_MS)
    const note = await answerNote(desk, { asset: 'ETH', asOf })
    const section = note.sections.find(({ id }) => id === 'contracts')!
    expect(section.finding).toMatchObject({ name: 'change in coins', unit: 'pct' })
    expect(section.finding.value).toBeCloseTo(100 * (growth[LAST_DAY + 3]! - 1), 6)
    const texts = section.claims.map(({ text }) => text).join(' ')
    expect(texts).toMatch(/^Open interest is the sum of Binance and OKX, 67 % of the instruments known of\./)
    expect(texts).not.toMatch(/least in 90 days|range of 90 days/)
    expect(section.missing.join()).toMatch(/open interest of ETH on bybit/)
  })
})

describe('a venue that comes in the middle of a window', () => {
  it('is no rise', async () => {
    const [comes, whole] = [
      await values('change(open_interest.coins, 1d)', 'BNB'),
      await values('change(open_interest.coins, 1d)', 'SOL'),
    ]
    for (let day = 1; day < DAYS; day++) expect(comes[day]).toBeCloseTo(whole[day]!, 6)
    const coins = await values('open_interest.coins', 'BNB')
    expect(coins[LAST_DAY + 1]! / coins[LAST_DAY]!).toBeGreaterThan(1.5)
  })
})
