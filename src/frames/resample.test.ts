import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CANDLE_FIELDS, openAt, type Candles } from '../core/candles.ts'
import { DAY_MS, HOUR_MS, instant } from '../core/instant.ts'
import { resample } from './resample.ts'

/** Hourly candles from the hour given; a negative close marks a missing bar. */
function hourly(startHour: number, closes: readonly number[]): Candles {
  const column = (value: (close: number) => number) =>
    Float64Array.from(closes, (close) => (close < 0 ? NaN : value(close)))
  const columns = {
    open: column((close) => close - 1),
    high: column((close) => close + 2),
    low: column((close) => close - 2),
    close: column((close) => close),
    volume: column(() => 10),
    quoteVolume: column((close) => close * 10),
    trades: column(() => 3),
    takerBuyVolume: column(() => 4),
    takerBuyQuoteVolume: column((close) => close * 4),
  }
  return { start: instant(startHour * HOUR_MS), step: HOUR_MS, length: closes.length, ...columns }
}

const counting = (length: number, from = 100): number[] => Array.from({ length }, (_, i) => from + i)

describe('resample', () => {
  it('takes first open, highest high, lowest low, last close, and sums what is counted', () => {
    const days = resample(hourly(0, counting(48)), DAY_MS)
    expect([days.start, days.step, days.length]).toEqual([0, DAY_MS, 2])
    const bar = CANDLE_FIELDS.map((field) => days[field][0])
    const sum = counting(24).reduce((a, b) => a + b)
    expect(bar).toEqual([99, 125, 98, 123, 240, 10 * sum, 72, 96, 4 * sum])
    expect(days.open[1]).toBe(123)
  })

  it('is the same candles where nothing changes', () => {
    const candles = hourly(3, counting(5))
    expect(resample(candles, HOUR_MS)).toBe(candles)
  })

  it('counts bars from midnight, and leaves out the unfinished ones at both ends', () => {
    const days = resample(hourly(5, counting(19 + 24 + 7)), DAY_MS)
    expect([days.start, days.length]).toEqual([DAY_MS, 1])
    expect(days.close[0]).toBe(100 + 19 + 23)
  })

  it('leaves a gap where one hour is missing, in every column', () => {
    const closes = counting(72)
    closes[30] = -1
    const days = resample(hourly(0, closes), DAY_MS)
    expect(days.length).toBe(3)
    for (const field of CANDLE_FIELDS) expect(Number.isNaN(days[field][1])).toBe(true)
    expect([days.close[0], days.close[2]]).toEqual([123, 171])
  })

  it('cuts gaps off at both ends', () => {
    const closes = counting(96)
    closes[0] = -1
    closes[95] = -1
    const days = resample(hourly(0, closes), DAY_MS)
    expect([days.start, days.length]).toEqual([DAY_MS, 2])
  })

  it('gives no bar where none is complete, and none for no candles', () => {
    expect(resample(hourly(0, counting(23)), DAY_MS).length).toBe(0)
    expect(resample(hourly(1, counting(40)), DAY_MS).length).toBe(0)
    expect(resample(hourly(0, []), DAY_MS).length).toBe(0)
  })

  it('leaves an optional measure out where one hour lacks it, and keeps the bar', () => {
    const candles = hourly(0, counting(24))
    candles.takerBuyVolume[7] = NaN
    const days = resample(candles, DAY_MS)
    expect(days.close[0]).toBe(123)
    expect(days.takerBuyVolume[0]).toBeNaN()
    expect(days.takerBuyQuoteVolume[0]).toBeGreaterThan(0)
  })

  it('gives through four hours what it gives at once', () => {
    const start = fc.integer({ min: 0, max: 30 })
    const closes = fc.array(fc.integer({ min: -1, max: 40 }), { maxLength: 100 })
    fc.assert(
      fc.property(start, closes, (hour, values) => {
        const candles = hourly(
          hour,
          values.map((value) => (value < 0 ? -1 : value + 10)),
        )
        const [direct, through] = [resample(candles, DAY_MS), resample(resample(candles, 4 * HOUR_MS), DAY_MS)]
        expect(through.length).toBe(direct.length)
        if (direct.length > 0) expect(through).toEqual(direct)
      }),
    )
  })

  it('holds every bar of the finer candles that it is built from', () => {
    const closes = counting(100)
    const candles = hourly(2, closes)
    const bars = resample(candles, 4 * HOUR_MS)
    for (let bar = 0; bar < bars.length; bar++) {
      const first = (openAt(bars, bar) - candles.start) / HOUR_MS
      expect([bars.open[bar], bars.close[bar]]).toEqual([closes[first]! - 1, closes[first + 3]!])
    }
  })
})
