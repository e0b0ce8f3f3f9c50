import { beforeAll, describe, expect, it } from 'vitest'
import { HOUR_MS, instant, MINUTE_MS, parseInstant } from '../../src/core/instant.ts'
import type { Frame, Need } from '../../src/core/frame.ts'
import { readFrame } from '../../src/desk/readFrame.ts'
import { evaluateMetric, resolveMetric } from '../../src/metrics/registry.ts'
import { batchOf } from '../../src/records/batch.ts'
import { candle } from '../../src/records/candle.ts'
import { coverage, type Coverage } from '../../src/records/coverage.ts'
import { trade } from '../../src/records/trade.ts'
import { WORLD_ASSETS } from '../../src/sim/market/live/assets.ts'
import { lotsText, type Listing } from '../../src/sim/market/live/listing.ts'
import { newWorld } from '../../src/sim/market/live/world.ts'
import type { VenueMarket } from '../../src/sim/market/live/venueMarket.ts'
import { append } from '../../src/store/append.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { putInstruments } from '../../src/store/queries/putInstruments.ts'
import { instrumentOf } from '../support/causes/publish.ts'
import { temporary } from '../support/temporaryStore.ts'

// The flow of takers comes by two doors: candles that have taker volume, and trades. Here both are of the same
// simulated trades.

const START = parseInstant('2025-04-22')
const STEP = 5 * MINUTE_MS
const HOURS = 4
const END = START + HOURS * HOUR_MS
const { directory } = temporary()

let market: VenueMarket
let listings: readonly Listing[]

beforeAll(() => {
  const assets = WORLD_ASSETS.filter(({ asset }) => asset === 'ETH')
  const world = newWorld({ seed: 'cvd', assets, venues: ['binance'], startAt: START, rate: 1.5, pastHours: 0 })
  world.advanceTo(END)
  market = world.venues.get('binance')!
  listings = market.listings.filter(({ contract }) => contract !== 'inverse')
})

const seriesOf = ({ venue, market: of, name }: Listing) => ({ venue, market: of, instrument: name })

const putCandles = (store: Store) =>
  append(
    store,
    batchOf(
      candle,
      listings.flatMap((listing) =>
        market.candles(listing, { stepMs: STEP, from: START, to: END }).map((bar) => ({
          ...seriesOf(listing),
          interval: '5m',
          at: bar.at,
          knownAt: bar.at + STEP,
          open: bar.open,
          high: bar.high,
          low: bar.low,
          close: bar.close,
          volume: bar.units,
          quoteVolume: bar.quoteValue,
          trades: bar.trades,
          takerBuyVolume: bar.takerBuyUnits,
          takerBuyQuoteVolume: bar.takerBuyQuoteValue,
        })),
      ),
    ),
    1,
  )

/** Trades for which `keeps` is true, and that they were watched from an instant on. */
async function putTrades(store: Store, since: number, keeps: (at: number) => boolean = () => true): Promise<void> {
  const rows = listings.flatMap((listing) =>
    market
      .trades(listing)
      .filter(({ at }) => at < END && keeps(at))
      .map(({ seq, at, price, lots, takerBuy }) => {
        const is = { ...seriesOf(listing), at, knownAt: at, tradeId: String(seq), takerBuy }
        return { ...is, price, quantity: Number(lotsText(listing, lots)) }
      }),
  )
  await append(store, batchOf(trade, rows), 1)
  const watched = listings.map(({ venue, market: of, name }): Coverage => ({
    venue,
    market: of,
    lane: 'trade',
    feed: name,
    way: 'live',
    since,
    until: END,
    members: name,
    ended: '',
  }))
  await append(store, batchOf(coverage, watched), 1)
}

async function framesOf(fill: (store: Store) => Promise<void>, interval: '5m' | '1h' = '5m'): Promise<Frame> {
  const store = await openStore(directory())
  try {
    await putInstruments(store, listings.map(instrumentOf))
    await fill(store)
    const needs: readonly Need[] = ['spot_flow' as const, 'perp_flow' as const].map((group) => ({
      kind: 'columns',
      group,
    }))
    const wish = { asset: 'ETH', interval, asOf: instant(END) }
    return (await readFrame({ store, now: instant(END) }, needs, wish)).frame
  } finally {
    await store.close()
  }
}

const cvdOf = (frame: Frame, id: string) => evaluateMetric(resolveMetric(id), frame)

describe('cumulative volume delta of the same trades', () => {
  it.each(['5m', '1h'] as const)('is the same from trades as from %s candles, to a billionth', async (interval) => {
    const fromCandles = await framesOf(putCandles, interval)
    const fromTrades = await framesOf((store) => putTrades(store, START), interval)
    expect(fromTrades.grid).toEqual(fromCandles.grid)
    for (const id of ['cvd(spot)', 'cvd(futures)', 'cvd(futures, 2025-04-22)']) {
      for (const output of ['value', 'delta']) {
        const [a, b] = [fromTrades, fromCandles].map((frame) => cvdOf(frame, id)[output]!)
        expect(a!.length).toBe((HOURS * HOUR_MS) / (interval === '5m' ? STEP : HOUR_MS))
        for (const [i, value] of a!.entries()) {
          expect(Math.abs(value - b![i]!)).toBeLessThanOrEqual(1e-9 * Math.abs(b![i]!))
        }
      }
    }
    expect(cvdOf(fromCandles, 'cvd(spot)')['value']!.at(-1)).not.toBe(
      cvdOf(fromCandles, 'cvd(futures)')['value']!.at(-1),
    )
  })

  it('comes from candles where both are held, and says which', async () => {
    const sourcesOf = async (fill: (store: Store) => Promise<void>) =>
      (await framesOf(fill)).inputs.map(({ kind, interval }) => `${kind} ${interval}`).toSorted()
    expect(await sourcesOf((store) => putTrades(store, START))).toEqual(['perp_flow trades', 'spot_flow trades'])
    const both = async (store: Store): Promise<void> => {
      await putTrades(store, START)
      await putCandles(store)
    }
    expect(await sourcesOf(both)).toEqual(['perp_flow 5m', 'spot_flow 5m'])
  })

  it('leaves out a bar that was not watched whole, and is 0 in one in which nothing traded', async () => {
    const quiet = START + 6 * STEP
    const frame = await framesOf((store) =>
      putTrades(store, START + STEP / 2, (at) => at >= START + STEP / 2 && (at < quiet || at >= quiet + STEP)),
    )
    expect(frame.grid.start).toBe(START + STEP)
    expect(frame.columns.get('perp_flow.bought')![5]).toBe(0)
    const { value, delta } = cvdOf(frame, 'cvd(futures)')
    expect(delta![5]).toBe(0)
    expect(value![5]).toBe(value![4])
  })
})
