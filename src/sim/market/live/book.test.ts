import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../../core/instant.ts'
import { WORLD_ASSETS } from './assets.ts'
import type { BookEvent } from './book.ts'
import { MINUTE } from './candleTape.ts'
import { unitsOf, valueOf } from './listing.ts'
import type { VenueMarket } from './venueMarket.ts'
import { newWorld } from './world.ts'

const startAt = Date.UTC(2026, 0, 5, 13)
/** One asset that moves so much that accounts are liquidated within hours. */
const assets = WORLD_ASSETS.slice(0, 1).map((asset) => ({ ...asset, volatilityPct: 400 }))
const made = (seed = 'book') => newWorld({ seed, assets, venues: ['bybit', 'okx'], startAt, rate: 0.2, pastHours: 24 })
type World = ReturnType<typeof made>

const markets = (world: World): readonly VenueMarket[] => [...world.venues.values()]
const everything = (world: World) =>
  markets(world).map((market) =>
    market.listings.map((listing) => ({
      name: listing.name,
      trades: market.trades(listing),
      liquidations: market.liquidations(listing),
      snapshots: market.snapshots(listing),
      fundings: market.fundings(listing),
      positions: market.positions(listing),
      minutes: market.candles(listing, { stepMs: MINUTE, from: startAt, to: market.now() + 1 }),
      ticker: market.ticker(listing),
    })),
  )

describe('a world of books', () => {
  it('is the same by its seed, however often it is looked at on the way', () => {
    const [atOnce, bySteps, other] = [made(), made(), made('other')]
    const end = startAt + HOUR_MS + 1234
    for (let at = startAt; at < end; at += 47_777) bySteps.advanceTo(at)
    for (const world of [atOnce, bySteps, other]) world.advanceTo(end)
    expect(everything(bySteps)).toEqual(everything(atOnce))
    expect(everything(other)).not.toEqual(everything(atOnce))
  })

  it('has longs and shorts of the same size at any time, also while it liquidates', () => {
    const world = made()
    const sums = new Set<number>()
    let liquidated = 0
    const check = (): void => {
      for (const market of markets(world)) {
        for (const listing of market.listings) {
          sums.add(market.positions(listing).reduce((sum, { lots }) => sum + lots, 0))
        }
      }
    }
    for (const market of markets(world)) {
      market.subscribe((event) => void (event.is === 'liquidation' && liquidated++))
    }
    for (let at = startAt; at <= startAt + 4 * HOUR_MS; at += MINUTE) {
      world.advanceTo(at)
      check()
    }
    expect([...sums]).toEqual([0])
    expect(liquidated).toBeGreaterThan(0)
  })

  it('trades by numbers without a hole, in order of time, one account against another, at prices on the tick', () => {
    const world = made()
    const told: BookEvent[] = []
    const market = markets(world)[0]!
    const end = market.subscribe((event) => void told.push(event))
    world.advanceTo(startAt + HOUR_MS / 2)
    end()
    world.advanceTo(startAt + HOUR_MS)
    for (const listing of market.listings) {
      const trades = market.trades(listing)
      expect(trades.map(({ seq }) => seq)).toEqual(trades.map((_, i) => i + 1))
      const behind = trades.slice(1).filter((each, i) => {
        const before = trades[i]!
        return each.at < before.at || each.firstFill !== before.firstFill + before.fills
      })
      const onTick = (price: number): number => Number((Math.round(price / listing.tick) * listing.tick).toFixed(8))
      const odd = trades.filter(({ taker, maker, price, lots }) => {
        return taker === maker || lots < 1 || price !== onTick(price)
      })
      expect([behind, odd]).toEqual([[], []])
      const heard = told.flatMap((event) => (event.is === 'trade' && event.listing === listing ? [event.trade] : []))
      expect(heard).toEqual(trades.filter(({ at }) => at <= startAt + HOUR_MS / 2))
    }
  })

  it('has bars that are the sum of its trades', () => {
    const world = made()
    world.advanceTo(startAt + HOUR_MS + 1)
    for (const market of markets(world)) {
      for (const listing of market.listings) {
        for (const stepMs of [MINUTE, 5 * MINUTE, HOUR_MS]) {
          let last: number | undefined
          for (const bar of market.candles(listing, { stepMs, from: startAt, to: startAt + HOUR_MS })) {
            const inside = market.trades(listing).filter(({ at }) => at >= bar.at && at < bar.at + stepMs)
            const prices = inside.map(({ price }) => price)
            expect(bar.trades).toBe(inside.length)
            expect(bar.lots).toBe(inside.reduce((sum, { lots }) => sum + lots, 0))
            const units = inside.reduce((sum, { lots, price }) => sum + unitsOf(listing, lots, price), 0)
            const value = inside.reduce((sum, { lots, price }) => sum + valueOf(listing, lots, price), 0)
            expect(Math.abs(bar.units - units)).toBeLessThanOrEqual(1e-9 * units)
            expect(Math.abs(bar.quoteValue - value)).toBeLessThanOrEqual(1e-9 * value)
            if (prices.length > 0 && stepMs === MINUTE) {
              const shape = [prices[0], Math.max(...prices), Math.min(...prices), prices.at(-1)]
              expect([bar.open, bar.high, bar.low, bar.close]).toEqual(shape)
            }
            if (prices.length === 0 && last !== undefined) expect([bar.open, bar.close]).toEqual([last, last])
            last = bar.close
          }
        }
      }
    }
  })

  it('pays funding on its hours by a snapshot of that instant', () => {
    const world = made()
    world.advanceTo(startAt + 12 * HOUR_MS)
    for (const market of markets(world)) {
      for (const listing of market.listings) {
        const fundings = market.fundings(listing)
        expect(fundings.length > 0).toBe(listing.market === 'perp')
        for (const { at } of fundings) {
          expect(at % (listing.fundingHours * HOUR_MS)).toBe(0)
          expect(market.snapshots(listing).some((each) => each.at === at)).toBe(true)
        }
        expect(market.snapshots(listing).every(({ at }) => at % (5 * MINUTE) === 0)).toBe(true)
      }
    }
  })
})
