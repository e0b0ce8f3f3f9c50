import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barAt, gaps, sliceCandles, type Candles } from '../../core/candles.ts'
import type { Frame } from '../../core/frame.ts'
import { DAY_MS, instant } from '../../core/instant.ts'
import { seededRandom } from '../../core/random.ts'
import type { Columns } from '../metric.ts'
import { evaluateMetric, resolveMetric, streamMetric } from '../registry.ts'

/** Every candle metric with a streaming form, and its bars of warm-up. */
const WARM_UPS: readonly (readonly [id: string, bars: number])[] = [
  ['close', 0],
  ['sma(1)', 0],
  ['sma(20)', 19],
  ['ema(1)', 0],
  ['ema(20)', 19],
  ['rsi', 14],
  ['rsi(1)', 1],
  ['macd', 33],
  ['macd(5, 9, 1)', 8],
  ['macd(9, 5, 3)', 10],
  ['mfi', 14],
  ['mfi(1)', 1],
  ['momentum', 10],
  ['momentum(1)', 1],
  ['atr', 14],
  ['atr(1)', 1],
  ['bollinger', 19],
  ['bollinger(1, 2)', 0],
  ['stochastic', 17],
  ['stochastic(1, 1, 1)', 0],
  ['stochastic(5, 1, 3)', 6],
  ['obv', 0],
  ['adx', 27],
  ['adx(1)', 1],
  ['return', 1],
  ['return(5)', 5],
]

/** Metrics that do not depend on the unit of the price. */
const UNITLESS = ['rsi', 'mfi', 'stochastic', 'adx', 'return', 'realised_volatility(30)', 'drawdown(1970-01-01)']

describe.each(WARM_UPS)('%s', (id, warmUp) => {
  const metric = resolveMetric(id)
  const evaluate = (candles: Candles): Columns => evaluateMetric(metric, frameOf(candles))

  it('gives one value per bar, gaps only in its warm-up', () => {
    for (const column of Object.values(evaluate(randomCandles('warm-up', 90)))) {
      expect(column.length).toBe(90)
      expect(column.findIndex((value) => !Number.isNaN(value))).toBe(warmUp)
      expect(column.subarray(warmUp).some(Number.isNaN)).toBe(false)
    }
  })

  it('gives gaps alone where there are too few bars, and nothing for none', () => {
    for (const length of [0, Math.floor(warmUp / 2), warmUp]) {
      for (const column of Object.values(evaluate(randomCandles('short', length)))) {
        expect(column.length).toBe(length)
        expect(column.every(Number.isNaN)).toBe(true)
      }
    }
  })

  it('starts over after a gap', () => {
    const candles = withGaps(randomCandles('gap', 200), [0, 70, 71, 150])
    const whole = evaluate(candles)
    for (const [from, to] of [
      [1, 70],
      [72, 150],
      [151, 200],
    ] as const) {
      expectSame(sliceColumns(whole, from, to), evaluate(sliceCandles(candles, from, to)))
    }
    for (const column of Object.values(whole))
      expect([0, 70, 71, 150].map((i) => column[i])).toEqual([NaN, NaN, NaN, NaN])
  })

  it('gives the same values bar by bar, bit for bit', () => {
    for (const candles of [withGaps(randomCandles('stream', 300), [0, 120, 121, 200]), flatCandles(80)]) {
      const whole = evaluate(candles)
      const next = streamMetric(metric)
      for (let i = 0; i < candles.length; i++) {
        const values = next(barAt(candles, i))
        for (const [name, column] of Object.entries(whole)) expect(values[name], `${name} of bar ${i}`).toBe(column[i])
      }
    }
  })

  it('never changes a value when later bars are added', () => {
    const candles = randomCandles('prefix', 120)
    const whole = evaluate(candles)
    fc.assert(
      fc.property(fc.nat(120), (to) => expectSame(sliceColumns(whole, 0, to), evaluate(sliceCandles(candles, 0, to)))),
      { numRuns: 30, seed: 1 },
    )
  })
})

describe.each(UNITLESS)('%s', (id) => {
  it('does not depend on the unit of the price', () => {
    const candles = randomCandles('unit', 120)
    const evaluate = (given: Candles): Columns => evaluateMetric(resolveMetric(id), frameOf(given))
    const whole = evaluate(candles)
    fc.assert(
      fc.property(fc.integer({ min: -80, max: 40 }), (power) =>
        expectSame(evaluate(scaled(candles, 2 ** power)), whole),
      ),
      { numRuns: 30, seed: 1 },
    )
  })
})

function expectSame(a: Columns, b: Columns): void {
  expect(Object.keys(a)).toEqual(Object.keys(b))
  for (const [name, column] of Object.entries(a)) expect([...column], name).toEqual([...b[name]!])
}

const sliceColumns = (columns: Columns, from: number, to: number): Columns =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.subarray(from, to)]))

function frameOf(candles: Candles): Frame {
  const { start, step, length } = candles
  const rest = {
    asset: 'TEST',
    asOf: instant(0),
    interval: '1d',
    quotes: new Map(),
    columns: new Map(),
    inputs: [],
    conventions: [],
  } as const
  return { ...rest, grid: { start, step, length }, candles }
}

function candlesOf(
  bars: readonly (readonly [open: number, high: number, low: number, close: number, volume: number])[],
): Candles {
  const column = (k: 0 | 1 | 2 | 3 | 4): Float64Array => Float64Array.from(bars, (bar) => bar[k])
  const none = gaps(bars.length)
  return {
    start: instant(0),
    step: DAY_MS,
    length: bars.length,
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: column(4),
    quoteVolume: none,
    trades: none,
    takerBuyVolume: none,
    takerBuyQuoteVolume: none,
  }
}

function randomCandles(seed: string, length: number): Candles {
  const random = seededRandom(seed)
  let price = 100
  return candlesOf(
    Array.from({ length }, () => {
      const open = price
      price *= Math.exp(0.02 * random.normal())
      const high = Math.max(open, price) * (1 + 0.01 * random.uniform())
      const low = Math.min(open, price) * (1 - 0.01 * random.uniform())
      return [open, high, low, price, 1000 * random.uniform()] as const
    }),
  )
}

const flatCandles = (length: number): Candles =>
  candlesOf(Array.from({ length }, () => [0.3, 0.3, 0.3, 0.3, 0] as const))

function withGaps(candles: Candles, at: readonly number[]): Candles {
  for (const i of at) {
    for (const field of ['open', 'high', 'low', 'close', 'volume'] as const) candles[field][i] = NaN
  }
  return candles
}

function scaled(candles: Candles, factor: number): Candles {
  const times = (column: Float64Array): Float64Array => column.map((value) => value * factor)
  const { open, high, low, close } = candles
  return { ...candles, open: times(open), high: times(high), low: times(low), close: times(close) }
}
