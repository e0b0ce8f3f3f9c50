import { expect, it } from 'vitest'
import { drawHabits } from './habits.ts'
import { PositionMarket } from './positionMarket.ts'
import { simulatePositions } from './simulatePositions.ts'

const sum = (values: Iterable<number>): number => [...values].reduce((all, value) => all + value, 0)

it('leaves every coin that one is long another short', () => {
  const market = new PositionMarket('conserved')
  for (let minute = 0; minute < 3000; minute++) {
    market.next()
    const traders = sum(market.open.all.map(({ side, coins }) => side * coins))
    expect(Math.abs(traders + sum(market.makers.held))).toBeLessThan(1e-9 * market.openInterest + 1e-9)
  }
  const longs = sum(market.open.all.map(({ side, coins }) => Math.max(0, side * coins)))
  const makers = sum(market.makers.held.map((coins) => Math.max(0, coins)))
  expect(market.openInterest / (longs + makers)).toBeCloseTo(1, 9)
})

it('keeps no position past the price that ends it', () => {
  const market = new PositionMarket('no survivors')
  const later = new Set<unknown>()
  for (let minute = 0; minute < 3000; minute++) {
    const before = market.open.all.map((position) => ({ position, ...position }))
    const { price, forced } = market.next()
    for (const { position, side, level, stop, rescues } of before) {
      const isPast = side > 0 ? price <= level : price >= level
      const isStopped = side > 0 ? price <= stop : price >= stop
      if (isPast && !isStopped && rescues === position.rescues) later.add(position)
    }
    for (const each of forced) expect(each.price).toBe(price)
  }
  expect(later.size).toBeGreaterThan(5)
  expect(market.open.all.filter((position) => later.has(position))).toEqual([])
})

it('gives the same past for the same seed, and another for another', () => {
  const textOf = (seed: string): string => {
    const { standing, ...past } = simulatePositions({ seed, days: 1, moments: [100, 287] })
    return JSON.stringify([past, [...standing]])
  }
  const [first, again, other] = ['a', 'a', 'b'].map(textOf)
  expect(first === again).toBe(true)
  expect(first === other).toBe(false)
})

it('writes a tape that belongs together', () => {
  const { tape, liquidations, standing } = simulatePositions({ seed: 'tape', days: 2, moments: [575] })
  for (let i = 0; i < 576; i++) {
    const [low, high] = [tape.low[i]!, tape.high[i]!]
    for (const price of [tape.open[i]!, tape.close[i]!]) expect(price >= low && price <= high).toBe(true)
    expect(tape.vwap[i]! / low).toBeGreaterThan(1 - 1e-12)
    expect(tape.vwap[i]! / high).toBeLessThan(1 + 1e-12)
    expect(tape.takerBuy[i]).toBeLessThanOrEqual(tape.volume[i]!)
    expect(tape.openInterest[i]).toBeGreaterThan(0)
  }
  for (const { bucket, price } of liquidations) {
    expect(price >= tape.low[bucket]! && price <= tape.high[bucket]!).toBe(true)
  }
  const longs = sum([...standing.get(575)!].map(({ side, coins }) => (side === 'long' ? coins : 0)))
  expect(longs).toBeLessThanOrEqual(tape.openInterest[575]! * (1 + 1e-9))
})

it('is of many kinds: what is drawn spans the ranges that it says', () => {
  const all = Array.from({ length: 60 }, (_, i) => drawHabits(`${i}`))
  const spread = (values: readonly number[]): number => Math.max(...values) / Math.min(...values)
  expect(spread(all.map(({ leverage }) => leverage.median))).toBeGreaterThan(6)
  expect(spread(all.map(({ hold }) => hold.median))).toBeGreaterThan(20)
  expect(spread(all.map(({ dailyVolatility }) => dailyVolatility))).toBeGreaterThan(4)
  for (const share of ['crossShare', 'rescueShare', 'partShare', 'stopShare'] as const) {
    const values = all.map((habits) => habits[share])
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.3)
  }
  for (const { kinds } of all) expect(sum(Object.values(kinds))).toBeCloseTo(1, 12)
})
