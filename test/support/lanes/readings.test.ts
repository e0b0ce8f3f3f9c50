import { expect, it } from 'vitest'
import { HOUR_MS } from '../../../src/core/instant.ts'
import { NODE_MS } from '../../../src/sim/market/live/latentPrice.ts'
import { simulatedWorld } from '../simulated.ts'
import { untrueReadings } from './readings.ts'
import { WorldPast } from './worldPast.ts'

const INSTANTS = 250

/** A late answer tells how the world stood up to two seconds before; here every instrument is read when its mark price turns. */
it('takes what stood at any instant before a late answer for true, and nothing beyond', () => {
  const { world, now } = simulatedWorld({ venues: ['gate'], assets: 3, rate: 6, minutesBefore: 1, pastHours: 1 })
  const market = world.venues.get('gate')!
  const perps = market.listings.filter((listing) => listing.market === 'perp')
  const read = perps.map((listing) => ({
    listing,
    items: [] as { at: number; key: string; numbers: { mark: number } }[],
  }))
  const end = now + (INSTANTS + 1) * NODE_MS
  for (let i = 1; i <= INSTANTS; i++) {
    const at = market.startAt + (Math.floor((now - market.startAt) / NODE_MS) + i) * NODE_MS
    world.advanceTo(at)
    for (const { listing, items } of read) {
      items.push({ at: at + ((i * 37) % 1_900), key: String(i), numbers: { mark: market.ticker(listing).mark } })
    }
  }
  world.advanceTo(end)
  for (const { listing, items } of read) {
    const past = new WorldPast(market, listing, now)
    expect(untrueReadings(past, listing, 'ticker', items)).toEqual([])
    const highest = Math.max(...past.between(now, end).map(({ mark }) => mark))
    const beyond = items.map((item) => ({ ...item, numbers: { mark: highest + listing.tick } }))
    expect(untrueReadings(past, listing, 'ticker', beyond)).toEqual(beyond)
  }
})

/** On the hour itself a day has one whole hour more than a moment later. */
it('tells the volume of a day at every instant alike, whatever was asked before', () => {
  const { world, now } = simulatedWorld({
    venues: ['hyperliquid'],
    assets: 2,
    rate: 6,
    minutesBefore: 1,
    pastHours: 26,
  })
  const market = world.venues.get('hyperliquid')!
  const [listing] = market.listings
  const hour = Math.ceil(now / HOUR_MS) * HOUR_MS
  world.advanceTo(hour + 5_000)
  const askedBefore = new WorldPast(market, listing!, market.startAt)
  askedBefore.at(hour)
  const fresh = new WorldPast(market, listing!, market.startAt)
  expect(askedBefore.at(hour + 1_000).units24h).toBe(fresh.at(hour + 1_000).units24h)
})
