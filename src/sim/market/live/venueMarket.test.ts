import { expect, it } from 'vitest'
import { HOUR_MS } from '../../../core/instant.ts'
import { WORLD_ASSETS } from './assets.ts'
import { newWorld } from './world.ts'

const startAt = Date.UTC(2026, 0, 5, 13)
const world = newWorld({
  seed: 'test',
  assets: WORLD_ASSETS.slice(0, 1),
  venues: ['binance'],
  startAt,
  rate: 0.5,
  pastHours: 100,
})
world.advanceTo(startAt + 20 * HOUR_MS)
const market = world.venues.get('binance')!
const listing = market.listing('perp', 'BTCUSDT')!
const bars = (hours: number, from = -Infinity) =>
  market.candles(listing, { stepMs: hours * HOUR_MS, from, to: market.now() + 1 })

it.each([2, 4, 12, 24, 72])('has bars of %i hours without a gap across its start, each made of its hours', (hours) => {
  const found = bars(hours)
  expect(found.map(({ at }) => at)).toEqual(found.map((_, i) => found[0]!.at + i * hours * HOUR_MS))
  expect(found.at(-1)!.at + hours * HOUR_MS).toBeGreaterThan(market.now())
  for (const bar of found) {
    const inside = bars(1).filter(({ at }) => at >= bar.at && at < bar.at + bar.stepMs)
    expect([bar.open, bar.close]).toEqual([inside[0]!.open, inside.at(-1)!.close])
    expect(bar.high).toBe(Math.max(...inside.map(({ high }) => high)))
    expect(bar.units).toBeCloseTo(
      inside.reduce((sum, { units }) => sum + units, 0),
      6,
    )
  }
})

it('leaves out a first bar whose beginning it does not know', () => {
  const known = startAt - 100 * HOUR_MS
  expect(bars(1)[0]!.at).toBe(known)
  expect(bars(24)[0]!.at).toBe(Math.ceil(known / (24 * HOUR_MS)) * 24 * HOUR_MS)
})

it('gives bars that open in the stretch that is asked', () => {
  const from = startAt - 5 * HOUR_MS + 1
  expect(bars(4, from).every(({ at }) => at >= from)).toBe(true)
})
