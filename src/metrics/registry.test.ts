import { describe, expect, it } from 'vitest'
import { gaps, type Candles } from '../core/candles.ts'
import type { Frame } from '../core/frame.ts'
import { HOUR_MS, parseInstant } from '../core/instant.ts'
import { evaluateMetric, metrics, resolveMetric, streamMetric } from './registry.ts'

const close = Float64Array.of(10, 12, 9, NaN, 18, 6)
const times = (factor: number): Float64Array => close.map((value) => value * factor)
const candles: Candles = {
  start: parseInstant('2025-04-01'),
  step: 12 * HOUR_MS,
  length: 6,
  open: close,
  high: times(1.5),
  low: times(0.5),
  close,
  volume: Float64Array.of(1, 2, 3, NaN, 5, 6),
  quoteVolume: Float64Array.of(10, 20, 30, NaN, 50, 60),
  trades: gaps(6),
  takerBuyVolume: gaps(6),
  takerBuyQuoteVolume: gaps(6),
}
const frame: Frame = {
  asset: 'ETH',
  asOf: parseInstant('2025-04-04'),
  interval: '12h',
  grid: candles,
  candles,
  quotes: new Map([['VIX', Float64Array.of(50, 40, 30, 20, 10, 5)]]),
  columns: new Map(),
  inputs: [],
  conventions: [],
}
const value = (id: string): number[] => [...evaluateMetric(resolveMetric(id), frame)['value']!]

describe('resolving an id', () => {
  it('prints it canonically, with every parameter', () => {
    const spellings = {
      rsi: 'rsi(14)',
      'rsi( n = 9 )': 'rsi(9)',
      'rsi.value': 'rsi(14)',
      'macd.line': 'macd(12, 26, 9).line',
    }
    for (const [text, id] of Object.entries(spellings)) expect(resolveMetric(text).id).toBe(id)
  })

  it('prints the metric inside a reducer canonically too', () => {
    expect(resolveMetric('low_since(rsi, 2025-04-01)').id).toBe('low_since(rsi(14), 2025-04-01)')
    expect(resolveMetric('change(volume(24h, futures, quote), 24h)').id).toBe(
      'change(volume(24h, futures, quote), 24h)',
    )
  })

  it('needs what it reads', () => {
    expect(resolveMetric('change(quote(VIX), 24h)').needs).toEqual([{ kind: 'quote', symbol: 'VIX' }])
    expect(resolveMetric('low_since(macd.line, 2025-04-01)').needs).toEqual([{ kind: 'candles' }])
  })

  it('knows the unit of each output', () => {
    const unit = (id: string): string[] => resolveMetric(id).outputs.map((output) => output.unit)
    expect(unit('macd.line')).toEqual(['quote'])
    expect(unit('volume(bar, spot, base)')).toEqual(['coins'])
    expect(unit('high_since(volume(bar, spot, base), 2025-04-01)')).toEqual(['coins'])
    expect(unit('change(rsi, 1d)')).toEqual(['pct'])
    expect(unit('drawdown(2025-04-01)')).toEqual(['pct', 'pct', 'days'])
  })

  it('says which metric does not exist, outside or inside, and names the nearest', () => {
    expect(() => resolveMetric('mvrv')).toThrow('no metric "mvrv" in this version')
    expect(() => resolveMetric('low_since(mvrv, 2025-04-01)')).toThrow('no metric "mvrv" in this version')
    expect(() => resolveMetric('rsy')).toThrow(expect.objectContaining({ code: 'UNKNOWN_METRIC', nearest: ['rsi'] }))
  })

  it('says which outputs there are where the one asked for is not', () => {
    expect(() => resolveMetric('macd.lines')).toThrow(
      expect.objectContaining({ hint: 'outputs: line, signal, histogram' }),
    )
    const inner = resolveMetric('drawdown(2025-04-01)')
    expect(inner.output).toBeUndefined()
    expect(() => evaluateMetric(resolveMetric('high_since(macd, 2025-04-01)'), frame)).toThrow(
      '"macd(12, 26, 9)" has several outputs',
    )
  })

  it('holds every metric under its own id, with the outputs that it gives', () => {
    for (const [id, metric] of metrics) expect(metric.id).toBe(id)
  })
})

describe('evaluating', () => {
  it('gives plain series as they are', () => {
    expect(value('close')).toEqual([10, 12, 9, NaN, 18, 6])
    expect(value('high')).toEqual([15, 18, 13.5, NaN, 27, 9])
    expect(value('quote(VIX)')).toEqual([50, 40, 30, 20, 10, 5])
    expect(value('quote(DXY)')).toEqual([...gaps(6)])
  })

  it('gives volume per bar or over a window, in coins or in the quote unit', () => {
    expect(value('volume')).toEqual([10, 20, 30, NaN, 50, 60])
    expect(value('volume(bar, spot, base)')).toEqual([1, 2, 3, NaN, 5, 6])
    expect(value('volume(24h)')).toEqual([NaN, 30, 50, NaN, NaN, 110])
    expect(value('change(volume(bar, futures, quote), 24h)')).toEqual([
      NaN,
      NaN,
      200,
      NaN,
      expect.closeTo(66.667, 3),
      NaN,
    ])
  })

  it('reduces any metric, skipping gaps', () => {
    expect(value('low_since(close, 2025-04-01)')).toEqual([10, 10, 9, NaN, 9, 6])
    expect(value('high_since(high, 2025-04-02)')).toEqual([NaN, NaN, 13.5, NaN, 27, 27])
    expect(value('mean(close, 2025-04-01, 2025-04-02)')).toEqual([10, 11, 31 / 3, NaN, 31 / 3, 31 / 3])
  })

  it('measures drawdown and rebound from a date', () => {
    const { value: fall, days } = evaluateMetric(resolveMetric('drawdown(2025-04-02)'), frame)
    expect([fall!.at(-1), days!.at(-1)]).toEqual([expect.closeTo((100 * (3 - 27)) / 27, 9), 0.5])
    expect(value('rebound(2025-04-02)').at(-1)).toBe(100)
  })

  it('gives the selected output only', () => {
    expect(Object.keys(evaluateMetric(resolveMetric('bollinger(2).upper'), frame))).toEqual(['upper'])
    const bar = { open: 1, high: 1, low: 1, close: 1, volume: 1 }
    expect(streamMetric(resolveMetric('bollinger(1).upper'))(bar)).toEqual({ upper: 1 })
  })

  it('annualises volatility by the bars of a year', () => {
    const daily = evaluateMetric(resolveMetric('realised_volatility(2)'), {
      ...frame,
      candles: { ...candles, step: 24 * HOUR_MS },
    })
    expect(value('realised_volatility(2)')[2]! / daily['value']![2]!).toBeCloseTo(Math.SQRT2, 12)
  })

  it('refuses a frame without candles, a range that runs backwards, and a stream of what needs dates', () => {
    const { candles: _, ...empty } = frame
    expect(() => evaluateMetric(resolveMetric('rsi'), empty)).toThrow('the frame of "ETH" holds no candles')
    expect(() => value('mean(close, 2025-04-02, 2025-04-01)')).toThrow('runs backwards')
    expect(() => streamMetric(resolveMetric('drawdown(2025-04-01)'))).toThrow('has no bar by bar form')
  })
})
