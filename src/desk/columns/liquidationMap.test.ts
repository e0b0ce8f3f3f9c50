import { expect, it } from 'vitest'
import { HOUR_MS, instant, MINUTE_MS, parseInstant, type InstantMs } from '../../core/instant.ts'
import { evaluateMetric, resolveMetric } from '../../metrics/registry.ts'
import { batchOf } from '../../records/batch.ts'
import type { Instrument } from '../../records/instrument.ts'
import { openInterest } from '../../records/openInterest.ts'
import { ingest } from '../../store/ingest.ts'
import type { Store } from '../../store/open.ts'
import { putInstruments } from '../../store/queries/putInstruments.ts'
import { importBars, inBatches, temporary } from '../../../test/support/temporaryStore.ts'
import type { Desk } from '../desk.ts'
import { readLiquidationMaps } from '../liquidationMaps.ts'
import { readFrame } from '../readFrame.ts'

const { open } = temporary()

const START = parseInstant('2025-04-01')
const STEP = 5 * MINUTE_MS
const DAYS = 2
const BUCKETS = (DAYS * 24 * HOUR_MS) / STEP
const END = instant(START + BUCKETS * STEP)

interface Made {
  readonly venue: string
  readonly contract?: Instrument['contract']
  readonly interval?: string
  readonly multiplier?: number
  /** Open interest in coins at the end of a bucket; undefined where there is none. */
  readonly coins: (bucket: number) => number | undefined
}

/** A perpetual whose price stays at 100 but for its high and low, which are a thousandth off. */
async function put(
  store: Store,
  { venue, contract = 'linear', interval = '5m', multiplier = 1, coins }: Made,
): Promise<void> {
  const is = { venue, market: 'perp', instrument: `${multiplier === 1 ? '' : multiplier}ETHUSDT` } as const
  await putInstruments(store, [{ ...is, asset: 'ETH', quote: 'USDT', multiplier, simulated: false, contract }])
  const buckets = Array.from({ length: BUCKETS }, (_, i) => i)
  const candles = buckets.map((i) => {
    const at = START + i * STEP
    const prices = { open: 100 * multiplier, high: 100.1 * multiplier, low: 99.9 * multiplier, close: 100 * multiplier }
    return { ...is, interval: '5m', at, knownAt: at + STEP, ...prices, volume: 10, quoteVolume: 1_000 * multiplier }
  })
  await importBars(store, `${venue} candles`, candles)
  const rows = buckets.flatMap((i) => {
    const [at, held] = [START + (i + 1) * STEP, coins(i)]
    if (held === undefined) return []
    const counted = {
      published: held,
      countedIn: 'coins',
      sides: 'one',
      coins: held,
      quoteValue: 100 * held,
      price: 100,
    }
    return [{ ...is, interval, at, knownAt: at, ...counted, convention: `${venue}/openInterest` }]
  })
  await ingest(store, {
    record: openInterest,
    batches: inBatches(batchOf(openInterest, rows)),
    label: `${venue} interest`,
  })
}

const last = async (store: Store, output: string, asOf: InstantMs = END, window = '1d') => {
  const desk: Desk = { store, now: asOf }
  const metric = resolveMetric(`liquidation_map(${window}).${output}`)
  const { frame, missing } = await readFrame(desk, metric.needs, { asset: 'ETH', interval: '1h', asOf })
  return { value: evaluateMetric(metric, frame)[output]?.at(-1), missing, frame }
}

/** Ten coins are opened an hour before the end. */
const ten = (bucket: number): number => (bucket < BUCKETS - 12 ? 1_000 : 1_010)

it('of ten coins opened at 100 most would be liquidated at ten times leverage', async () => {
  const store = await open()
  await put(store, { venue: 'binance', coins: ten })
  const above = await last(store, 'largest_above')
  expect(above.missing).toEqual([])
  expect(Math.log((above.value ?? NaN) / (110 / 1.005))).toBeCloseTo(0, 2)
  expect(Math.log(((await last(store, 'largest_below')).value ?? NaN) / (90 / 0.995))).toBeCloseTo(0, 2)
  // Three quarters of the shorts have leverage 10 or more, and so end within 10 %: 2.5 coins near 109.5, 2 near 104.5, and so on.
  const usd = 2.5 * 109.45 + 2 * 104.48 + 103.48 + 101.49 + 0.5 * 100.83 + 0.5 * 100.5
  expect(((await last(store, 'above_usd')).value ?? NaN) / usd).toBeCloseTo(1, 2)
  expect(above.frame.inputs).toMatchObject([
    { kind: 'liquidation_map_1d', venue: 'binance', interval: '5m', rows: BUCKETS },
  ])
})

it('an hour earlier there is nothing, then as now', async () => {
  const store = await open()
  await put(store, { venue: 'binance', coins: ten })
  const before = instant(END - 2 * HOUR_MS)
  expect((await last(store, 'above_usd', before)).value).toBe(0)
  const { frame } = await last(store, 'above_usd')
  expect(frame.columns.get('liquidation_map_1d.above_usd')?.at(-3)).toBe(0)
})

it('venues are added in dollars, whatever a unit of theirs is', async () => {
  const store = await open()
  await put(store, { venue: 'binance', coins: ten })
  const single = await last(store, 'below_usd')
  await put(store, { venue: 'bybit', coins: ten, multiplier: 1000 })
  const double = await last(store, 'below_usd')
  expect(double.value).toBeCloseTo(2 * (single.value ?? NaN), 6)
})

it('a venue that stops is left out and named: it is no fall of the others', async () => {
  const store = await open()
  await put(store, { venue: 'binance', coins: ten })
  const single = await last(store, 'below_usd')
  await put(store, { venue: 'bybit', coins: (bucket) => (bucket < BUCKETS - 6 ? ten(bucket) : undefined) })
  const left = await last(store, 'below_usd')
  expect(left.value).toBe(single.value)
  expect(left.missing).toEqual(['in the liquidation map of 1d, bybit ETHUSDT: its last open interest is too old'])
})

it('too short a past is no map of the window', async () => {
  const store = await open()
  await put(store, { venue: 'binance', coins: ten })
  const { value, missing } = await last(store, 'below_usd', END, '7d')
  expect(value).toBeNaN()
  expect(missing).toEqual(['in the liquidation map of 7d, binance ETHUSDT: open interest of 29 % of the 7d before'])
})

it('daily means give no map, and it is said why', async () => {
  const store = await open()
  await put(store, { venue: 'binance', coins: ten, interval: '1d mean' })
  const { missing } = await last(store, 'below_usd')
  expect(missing).toEqual([
    'open interest of ETH an hour apart or less, with candles of the same perpetual (open interest held: binance ETHUSDT 1d mean): assayer collect',
  ])
})

it('the whole map shows what the metric sums up, by venue and over time', async () => {
  const store = await open()
  await put(store, { venue: 'binance', coins: ten })
  await put(store, { venue: 'okx', coins: ten, contract: 'inverse' })
  const desk: Desk = { store, now: END }
  const { frame } = await readFrame(desk, [{ kind: 'candles', market: 'perp' }], {
    asset: 'ETH',
    interval: '1h',
    asOf: END,
  })
  const maps = await readLiquidationMaps(desk, frame, { window: '1d', bars: 24 })
  expect(maps.venues.map(({ venue }) => venue)).toEqual(['binance', 'okx'])
  expect(maps.all?.mark).toBe(100)
  const within = maps.all?.price.findIndex((price) => price >= 90) ?? -1
  expect(maps.all?.longSum[within]).toBeCloseTo((await last(store, 'below_usd')).value ?? NaN, 6)
  // They were opened in the last bar; before it cells are 0.
  const [shown, before] = [23, 22].map((bar) => maps.heat.usd.reduce((sum, column) => sum + column[bar]!, 0))
  expect(shown).toBeGreaterThan(0)
  expect(before).toBe(0)
})
