import { expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, instant, parseInstant } from '../../src/core/instant.ts'
import { seededRandom } from '../../src/core/random.ts'
import { readFrame } from '../../src/desk/readFrame.ts'
import { evaluateMetric, resolveMetric } from '../../src/metrics/registry.ts'
import { batchOf } from '../../src/records/batch.ts'
import { coverage } from '../../src/records/coverage.ts'
import { trade } from '../../src/records/trade.ts'
import { WORLD_ASSETS } from '../../src/sim/market/live/assets.ts'
import { newWorld } from '../../src/sim/market/live/world.ts'
import { append } from '../../src/store/append.ts'
import { openStore } from '../../src/store/open.ts'
import { putInstruments } from '../../src/store/queries/putInstruments.ts'
import { instrumentOf } from '../support/causes/publish.ts'
import { temporary } from '../support/temporaryStore.ts'

const START = parseInstant('2025-04-10')
const END = START + 9 * DAY_MS
const STEP = 6 * HOUR_MS
/** Watched from here on. */
const SINCE = START + STEP / 2
const { directory } = temporary()

const { uniform, normal } = seededRandom('whales')
const made = Array.from({ length: 12_000 }, (_, i) => {
  const at = START + Math.floor(uniform() * (END - START))
  return { at, tradeId: String(i), price: 1600 + 100 * uniform(), quantity: Math.exp(1.5 * normal()), takerBuy: i % 2 }
})
const valueOf = ({ price, quantity }: (typeof made)[number]): number => price * quantity
/** A class of size is one percent wide. */
const classOf = (each: (typeof made)[number]): number => Math.floor(100 * Math.log(valueOf(each)))

/** Percent of what was traded in a bar that was in trades of a higher class than 99 of a hundred of the seven days. */
function directly(open: number): number {
  const week = made.filter(({ at }) => at >= open + STEP - 7 * DAY_MS && at < open + STEP)
  const classes = week.map(classOf).toSorted((a, b) => a - b)
  const limit = classes[Math.ceil(0.99 * classes.length) - 1]!
  const bar = week.filter(({ at }) => at >= open)
  const sum = (some: typeof bar): number => some.reduce((total, each) => total + valueOf(each), 0)
  return (100 * sum(bar.filter((each) => classOf(each) > limit))) / sum(bar)
}

it('is what a direct count over all trades gives, from the seventh day on, for the bars that were watched', async () => {
  const assets = WORLD_ASSETS.filter(({ asset }) => asset === 'ETH')
  const world = newWorld({ seed: 'whales', assets, venues: ['binance'], startAt: START, rate: 1, pastHours: 0 })
  const listing = world.venues.get('binance')!.listing('perp', 'ETHUSDT')!
  const is = { venue: 'binance', market: 'perp', instrument: 'ETHUSDT' } as const
  const store = await openStore(directory())
  await putInstruments(store, [instrumentOf(listing)])
  const rows = made.map((each) => ({ ...is, ...each, knownAt: each.at, takerBuy: each.takerBuy === 1 }))
  await append(store, batchOf(trade, rows), 1)
  const watched = { ...is, lane: 'trade', feed: 'ETHUSDT', way: 'live', members: 'ETHUSDT', ended: '' } as const
  await append(store, batchOf(coverage, [{ ...watched, since: SINCE, until: END }]), 1)

  const share = resolveMetric('whale_share')
  const wish = { asset: 'ETH', interval: '6h', asOf: instant(END) } as const
  const { frame, missing } = await readFrame({ store, now: instant(END) }, share.needs, wish)
  await store.close()
  expect(missing).toEqual([])
  const { value } = evaluateMetric(share, frame)
  const known = Array.from(value!, (each, i) => ({ open: frame.grid.start + i * STEP, each })).filter(
    ({ each }) => !Number.isNaN(each),
  )
  // The first bar was watched by half, so the first whose seven days are known to nine tenths ends later.
  expect(known[0]!.open).toBe(START + Math.ceil(0.9 * 28) * STEP)
  expect(known.at(-1)!.open).toBe(END - STEP)
  for (const { open, each } of known) {
    if (open < START + 27 * STEP) continue
    expect(Math.abs(each - directly(open))).toBeLessThanOrEqual(1e-9 * each)
  }
})
