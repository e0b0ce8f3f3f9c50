import { describe, expect, it } from 'vitest'
import { frameOfCandles } from '../../../test/support/frameOfCandles.ts'
import { candlesOf, randomCandles } from '../../../test/support/madeCandles.ts'
import { timesThousand } from '../../../test/support/timesThousand.ts'
import { barAt, sliceCandles, type Candles } from '../../core/candles.ts'
import { atr } from '../price/atr.ts'
import { channelAt, channelMetric } from './channel.ts'
import { pivots } from './pivots.ts'

const columnsOf = (candles: Candles) => channelMetric.compute(frameOfCandles(candles), {})

/** A swing of 5 % with a period of 24 bars around a line that falls by 0.4 % a bar, after a rise that makes its start. */
function fallingChannel(length: number): Candles {
  const logClose = (i: number): number => {
    if (i < 60) return 0.03 * (i - 60)
    const phase = ((i - 60) % 24) / 12
    return -0.004 * (i - 60) + 0.05 * (phase < 1 ? -phase : phase - 2)
  }
  const rows = Array.from({ length }, (_, i) => {
    // Opens within its own move, so that no two bars share a high or low and every turn is a pivot.
    const open = 1000 * Math.exp((logClose(Math.max(i - 1, 0)) + logClose(i)) / 2)
    const close = 1000 * Math.exp(logClose(i))
    return [open, Math.max(open, close) * 1.0005, Math.min(open, close) * 0.9995, close, 1] as const
  })
  return candlesOf(rows)
}

interface Candidate {
  readonly slope: number
  readonly upper: number
  readonly lower: number
  readonly touches: number
}

/** The definition word by word: every admissible channel of the bars up to `last`, edges as log prices at `last + 1`; undefined before a start. */
function admissibleChannels(candles: Candles, last: number): readonly Candidate[] | undefined {
  const seen = sliceCandles(candles, 0, last + 1)
  const tolerance = atr(seen).map((value, k) => (0.35 * value) / seen.close[k]!)
  const highs = (n: number) => pivots(seen.high, n, n).filter(({ kind }) => kind === 'high')
  const lows = (n: number) => pivots(seen.low, n, n).filter(({ kind }) => kind === 'low')
  const start = Math.max(...[...highs(30), ...lows(30)].map(({ bar }) => bar))
  if (start === -Infinity) return undefined
  const points = (found: readonly { bar: number; value: number }[]) =>
    found.filter(({ bar }) => bar >= start).map(({ bar, value }) => ({ bar, x: Math.log(value) }))
  const sides = { high: points(highs(5)), low: points(lows(5)) }
  const closes = Array.from(seen.close.subarray(start), Math.log)
  const found: Candidate[] = []
  for (const [own, other, up] of [
    [sides.high, sides.low, 1],
    [sides.low, sides.high, -1],
  ] as const) {
    for (const [k, a] of own.entries()) {
      for (const b of own.slice(k + 1)) {
        const slope = (b.x - a.x) / (b.bar - a.bar)
        for (const c of other) {
          const at = (point: { bar: number; x: number }, bar: number) => point.x + slope * (bar - point.bar)
          const [upper, lower] = up === 1 ? [a, c] : [c, a]
          if (at(upper, 0) <= at(lower, 0)) continue
          const touching = (side: typeof own, edge: typeof a) =>
            side.filter(({ bar, x }) => Math.abs(x - at(edge, bar)) <= tolerance[bar]!).length
          const [above, below] = [touching(sides.high, upper), touching(sides.low, lower)]
          const inside = closes.filter(
            (x, j) => x <= at(upper, start + j) + 1e-9 && x >= at(lower, start + j) - 1e-9,
          ).length
          if (above < 2 || below < 2 || inside < 0.92 * closes.length) continue
          found.push({ slope, upper: at(upper, last + 1), lower: at(lower, last + 1), touches: above + below })
        }
      }
    }
  }
  return found.toSorted((a, b) => b.touches - a.touches || a.upper - a.lower - (b.upper - b.lower))
}

describe('channelMetric', () => {
  it('finds the channel that a market follows', () => {
    const candles = fallingChannel(220)
    const columns = columnsOf(candles)
    const i = 219
    expect(columns['slope_pct_per_bar']![i]).toBeCloseTo(100 * Math.expm1(-0.004), 3)
    const middle = 1000 * Math.exp(-0.004 * (i - 60))
    expect(columns['upper']![i]! / middle).toBeCloseTo(1, 2)
    expect(columns['lower']![i]! / (middle * Math.exp(-0.05))).toBeCloseTo(1, 2)
    expect(columns['inside_pct']![i]).toBe(100)
    expect(columns['touches_upper']![i]).toBeGreaterThanOrEqual(6)
    expect(columns['bars']![i]).toBe(i - 60 + 1)
  })

  it('agrees with the definition taken word by word', () => {
    let judged = 0
    for (const seed of ['a', 'b', 'c']) {
      const candles = randomCandles(seed, 500)
      const columns = columnsOf(candles)
      for (let i = 110; i < 500; i += 5) {
        const channels = admissibleChannels(candles, i - 1)
        expect(columns['admissible']![i], `admissible at bar ${i}`).toBe(channels?.length ?? NaN)
        const chosen = channels?.[0]
        if (channels === undefined || chosen === undefined) {
          expect(columns['upper']![i]).toBeNaN()
          continue
        }
        judged++
        const log = (name: string) => Math.log(columns[name]![i]!)
        expect(log('upper')).toBeCloseTo(chosen.upper, 9)
        expect(log('lower')).toBeCloseTo(chosen.lower, 9)
        expect(log('middle')).toBeCloseTo((chosen.upper + chosen.lower) / 2, 9)
        expect(log('upper_max')).toBeCloseTo(Math.max(...channels.map(({ upper }) => upper)), 9)
        expect(log('lower_min')).toBeCloseTo(Math.min(...channels.map(({ lower }) => lower)), 9)
        expect(columns['touches_upper']![i]! + columns['touches_lower']![i]!).toBe(chosen.touches)
      }
    }
    expect(judged).toBeGreaterThan(30)
  })

  it('measures distances in ATR, above 0 where the close is above the edge', () => {
    const candles = randomCandles('a', 500)
    const columns = columnsOf(candles)
    const range = atr(candles)
    const i = columns['upper']!.findLastIndex((value) => !Number.isNaN(value))
    const distance = (edge: string) => (candles.close[i]! - columns[edge]![i]!) / range[i]!
    expect(columns['distance_upper_atr']![i]).toBe(distance('upper'))
    expect(columns['distance_lower_atr']![i]).toBe(distance('lower'))
  })

  it('judges a bar against the bars before it alone', () => {
    const candles = randomCandles('b', 500)
    const columns = columnsOf(candles)
    for (const i of [200, 300, 450]) {
      const close = candles.close.map((value, k) => (k === i ? value * 1.3 : value))
      const high = candles.high.map((value, k) => (k === i ? value * 1.4 : value))
      const changed = columnsOf({ ...candles, close, high })
      for (const name of ['upper', 'lower', 'admissible', 'inside_pct', 'bars']) {
        expect(changed[name]![i], name).toBe(columns[name]![i])
      }
    }
  })

  it('tells no channel yet from none that is admissible', () => {
    const columns = columnsOf(randomCandles('a', 500))
    expect(columns['admissible']![30]).toBeNaN()
    expect(columns['admissible']!).toContain(0)
    const none = columns['admissible']!.indexOf(0)
    for (const [name, column] of Object.entries(columns))
      if (name !== 'admissible') expect(column[none], name).toBeNaN()
  })

  it('gives the same values bar by bar, bit for bit, gaps included', () => {
    const candles = randomCandles('stream', 2500, 0.002)
    const columns = columnsOf(candles)
    const next = channelMetric.stream!({})
    for (let i = 0; i < candles.length; i++) {
      const values = next(barAt(candles, i))
      for (const [name, column] of Object.entries(columns)) expect(values[name], `${name} of bar ${i}`).toBe(column[i])
    }
  })

  it('never changes a value when later bars are added', () => {
    const candles = randomCandles('prefix', 700)
    const whole = columnsOf(candles)
    for (const to of [0, 1, 61, 300, 555]) {
      for (const [name, column] of Object.entries(columnsOf(sliceCandles(candles, 0, to)))) {
        expect([...column]).toEqual([...whole[name]!.subarray(0, to)])
      }
    }
  })

  it('moves with the unit of the price', () => {
    const candles = randomCandles('c', 1500)
    const columns = columnsOf(candles)
    const scaled = columnsOf(timesThousand(candles))
    for (const name of ['admissible', 'touches_upper', 'inside_pct', 'bars']) {
      expect([...scaled[name]!]).toEqual([...columns[name]!])
    }
    scaled['upper']!.forEach((price, i) => {
      if (!Number.isNaN(price)) expect(price / 1000 / columns['upper']![i]!).toBeCloseTo(1, 9)
    })
  })

  it('stays within its bounds where a market trends for years', () => {
    const trend = randomCandles('trend', 6000)
    const lift = (column: Float64Array) => column.map((value, i) => value * Math.exp(0.02 * Math.max(0, i - 300)))
    const { open, high, low, close } = trend
    const columns = columnsOf({ ...trend, open: lift(open), high: lift(high), low: lift(low), close: lift(close) })
    expect(Math.max(...columns['bars']!.map((bars) => bars || 0))).toBeLessThanOrEqual(1001)
    expect(columns['admissible']!.at(-1)).not.toBeNaN()
  })
})

describe('channelAt', () => {
  it('draws the lines that the metric measures', () => {
    const candles = randomCandles('b', 500, 0.001)
    const columns = columnsOf(candles)
    let drawn = 0
    for (let i = 0; i < 500; i += 7) {
      const channel = channelAt(candles, i)
      if (Number.isNaN(columns['upper']![i]!)) {
        expect(channel).toBeUndefined()
        continue
      }
      drawn++
      const { start, end, upper, lower, slope, admissible } = channel!
      expect(end).toBe(i)
      expect(end - start + 1).toBe(columns['bars']![i])
      expect(Math.exp(upper + slope * (end - start))).toBeCloseTo(columns['upper']![i]!, 9)
      expect(Math.exp(lower + slope * (end - start))).toBeCloseTo(columns['lower']![i]!, 9)
      expect(admissible).toBe(columns['admissible']![i])
    }
    expect(drawn).toBeGreaterThan(0)
  })

  it('gives none for no candles or a bar outside', () => {
    const candles = randomCandles('b', 300)
    expect(channelAt(sliceCandles(candles, 0, 0))).toBeUndefined()
    expect(channelAt(candles, -1)).toBeUndefined()
    expect(channelAt(candles, 300)).toBeUndefined()
  })
})
