import { describe, expect, it } from 'vitest'
import { frameOfCandles } from '../../../test/support/frameOfCandles.ts'
import { randomCandles } from '../../../test/support/madeCandles.ts'
import { timesThousand } from '../../../test/support/timesThousand.ts'
import { barAt, sliceCandles, type Candles } from '../../core/candles.ts'
import { atr } from '../price/atr.ts'
import { levelList, levelsAt, levelsMetric } from './levels.ts'
import { pivots } from './pivots.ts'

const columnsOf = (candles: Candles) => levelsMetric.compute(frameOfCandles(candles), {})

/** Pivots of the last 360 bars and the bandwidth, as of the last bar at which one was confirmed or left. */
function clustered(candles: Candles, i: number) {
  const known = [
    ...pivots(candles.high).filter(({ kind }) => kind === 'high'),
    ...pivots(candles.low).filter(({ kind }) => kind === 'low'),
  ]
  let at = i
  while (!known.some(({ bar, knownBar }) => knownBar === at || bar + 360 === at)) at--
  const held = known.filter(({ bar, knownBar }) => knownBar <= at && bar > at - 360)
  const bandwidth = (0.5 * atr(candles)[at]!) / candles.close[at]!
  const density = (x: number) =>
    held.reduce(
      (sum, { bar, value }) =>
        sum + 2 ** ((bar - at) / 180) * Math.exp(-0.5 * ((x - Math.log(value)) / bandwidth) ** 2),
      0,
    )
  return { held, bandwidth, density }
}

describe('levelsAt', () => {
  it('gives local maxima of the density with the pivots within one bandwidth, as defined', () => {
    const candles = randomCandles('levels', 900)
    for (const i of [399, 520, 600, 777, 899]) {
      const { held, bandwidth, density } = clustered(candles, i)
      const levels = levelsAt(candles, i)
      expect(levels.length).toBeGreaterThan(3)
      for (const { logPrice, pivots: count, weight, kind } of levels) {
        const near = held.filter(({ value }) => Math.abs(Math.log(value) - logPrice) <= bandwidth)
        expect(near).toHaveLength(count)
        expect(count).toBeGreaterThanOrEqual(2)
        expect(new Set(near.map((pivot) => pivot.kind))).toEqual(new Set(kind === 'both' ? ['high', 'low'] : [kind]))
        expect(weight).toBeCloseTo(density(logPrice), 1)
        for (const aside of [-0.2, 0.2]) expect(density(logPrice + aside * bandwidth)).toBeLessThan(density(logPrice))
      }
    }
  })

  it('gives every maximum of the density that stands out and has two pivots near', () => {
    const candles = randomCandles('complete', 700)
    for (const i of [450, 699]) {
      const { held, bandwidth, density } = clustered(candles, i)
      const levels = levelsAt(candles, i)
      const inside = held.map(({ value }) => Math.log(value))
      for (let x = Math.min(...inside); x < Math.max(...inside); x += bandwidth / 100) {
        const standsOut = [-0.5, 0.5].every((aside) => density(x + aside * bandwidth) < 0.97 * density(x))
        const isHighest = [-0.01, 0.01].every((aside) => density(x + aside * bandwidth) <= density(x))
        const near = inside.filter((at) => Math.abs(at - x) <= 0.97 * bandwidth)
        if (!standsOut || !isHighest || near.length < 2) continue
        expect(Math.min(...levels.map((level) => Math.abs(level.logPrice - x)))).toBeLessThan(0.1 * bandwidth)
      }
    }
  })

  it('gives none for no candles, too few, a gap, or a bar outside', () => {
    const candles = randomCandles('few', 60)
    expect(levelsAt(sliceCandles(candles, 0, 0))).toEqual([])
    expect(levelsAt(candles, 5)).toEqual([])
    expect(levelsAt(candles, -1)).toEqual([])
    expect(levelsAt(candles, 60)).toEqual([])
    expect(levelsAt(randomCandles('few', 60, 1))).toEqual([])
  })

  it('is the list of the frame as of its last bar', () => {
    const candles = randomCandles('frame', 400)
    expect(levelList(frameOfCandles(candles))).toEqual(levelsAt(candles))
  })
})

describe('levelsMetric', () => {
  it('shows the levels next to the close, and how many there are', () => {
    const candles = randomCandles('metric', 500)
    const columns = columnsOf(candles)
    for (const i of [100, 250, 499]) {
      const prices = levelsAt(candles, i).map(({ price }) => price)
      const close = candles.close[i]!
      expect(columns['count']![i]).toBe(prices.length)
      expect(columns['nearest_above']![i]).toBe(prices.find((price) => price > close) ?? NaN)
      expect(columns['nearest_below']![i]).toBe(prices.findLast((price) => price <= close) ?? NaN)
    }
  })

  it('gives the same values bar by bar, bit for bit, gaps included', () => {
    const candles = randomCandles('stream', 1500, 0.002)
    const columns = columnsOf(candles)
    const next = levelsMetric.stream!({})
    for (let i = 0; i < candles.length; i++) {
      const values = next(barAt(candles, i))
      for (const [name, column] of Object.entries(columns)) expect(values[name], `${name} of bar ${i}`).toBe(column[i])
    }
  })

  it('never changes a value when later bars are added', () => {
    const candles = randomCandles('prefix', 900)
    const whole = columnsOf(candles)
    for (const to of [1, 50, 399, 640]) {
      for (const [name, column] of Object.entries(columnsOf(sliceCandles(candles, 0, to)))) {
        expect([...column]).toEqual([...whole[name]!.subarray(0, to)])
      }
    }
  })

  it('moves with the unit of the price', () => {
    const candles = randomCandles('unit', 900)
    const columns = columnsOf(candles)
    const scaled = columnsOf(timesThousand(candles))
    expect([...scaled['count']!]).toEqual([...columns['count']!])
    scaled['nearest_above']!.forEach((price, i) => {
      const before = columns['nearest_above']![i]!
      expect(Number.isNaN(price) ? NaN : Math.abs(price / before / 1000 - 1) < 1e-9).toBe(
        Number.isNaN(before) ? NaN : true,
      )
    })
  })
})
