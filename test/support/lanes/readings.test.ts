import { expect, it } from 'vitest'
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
