import { describe, expect, it } from 'vitest'
import { candle } from './candle.ts'

const good = {
  venue: 'binance',
  market: 'spot',
  instrument: 'ETHUSDT',
  interval: '1d',
  at: 0,
  knownAt: 86_400_000,
  open: 2,
  high: 4,
  low: 1,
  close: 3,
  volume: 10,
}

/** The fields that the schema complains of, with what it says. */
function faultsOf(change: object): readonly string[] {
  const result = candle.schema.safeParse({ ...good, ...change })
  return result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}

describe('a candle', () => {
  it('is taken as it is, with and without its optional measures', () => {
    expect(candle.schema.parse(good)).toEqual(good)
    const full = { ...good, quoteVolume: 25, trades: 7, takerBuyVolume: 4, takerBuyQuoteVolume: 0 }
    expect(candle.schema.parse(full)).toEqual(full)
  })

  it('may stand still, on one price and without volume', () => {
    expect(faultsOf({ open: 2, high: 2, low: 2, close: 2, volume: 0 })).toEqual([])
  })

  it.each([
    ['high below the close', { high: 2.5 }, 'high: high is not the highest'],
    ['high below the open', { open: 5, close: 2, high: 4 }, 'high: high is not the highest'],
    ['high below the low', { high: 0.5 }, 'high: high is not the highest'],
    ['low above the open', { low: 2.5 }, 'low: low is not the lowest'],
    ['low above the close', { close: 1, low: 1.5 }, 'low: low is not the lowest'],
  ])('is refused with its %s', (_, change, fault) => {
    expect(faultsOf(change)).toContain(fault)
  })

  it.each([
    ['open', 0],
    ['close', -1],
    ['high', Infinity],
    ['low', NaN],
    ['volume', -0.1],
    ['trades', -1],
    ['at', 0.5],
    ['at', NaN],
    ['knownAt', '1970'],
    ['market', 'futures'],
    ['venue', ''],
    ['close', '3'],
    ['close', undefined],
  ])('is refused with %s = %s', (field, value) => {
    expect(faultsOf({ [field]: value }).some((fault) => fault.startsWith(`${field}:`))).toBe(true)
  })
})
