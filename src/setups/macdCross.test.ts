import { describe, expect, it } from 'vitest'
import { candlesOfCloses } from '../../test/support/madeCandles.ts'
import { describeMirror, describeSetupContract } from '../../test/support/setupContract.ts'
import { macd } from '../metrics/price/macd.ts'
import { detect } from './detect.ts'
import { macdCross } from './macdCross.ts'

describeSetupContract('macdCross', macdCross, {})
describeMirror(macdCross, {}, { macd_golden_cross: 'macd_death_cross', macd_above_zero: 'macd_below_zero' })

/** Falls ever faster for 60 bars, rises for 40, falls for 40. */
const wave = Array.from({ length: 140 }, (_, i) =>
  i < 60 ? 200 - i ** 2 / 50 : 128 + 2 * (i - 60) - 5 * Math.max(0, i - 100),
)

describe('macdCross', () => {
  it('calls the cross on the first close with the line on the other side of its signal', () => {
    const candles = candlesOfCloses(wave)
    const { histogram } = macd(candles.close)
    const golden = detect(macdCross, {}, candles).find((event) => event.setup === 'macd_golden_cross')!
    expect(histogram[golden.bar]).toBeGreaterThan(0)
    expect(histogram[golden.bar - 1]).toBeLessThanOrEqual(0)
    expect(golden).toMatchObject({ side: 'long', evidence: { zero: 'below', histogram: histogram[golden.bar] } })
  })

  it('calls the zero side once line and signal are both beyond, after the cross', () => {
    const candles = candlesOfCloses(wave)
    const { line, signal } = macd(candles.close)
    const events = detect(macdCross, {}, candles).filter((event) => event.bar > 60)
    expect(events.map((event) => event.setup)).toEqual([
      'macd_golden_cross',
      'macd_above_zero',
      'macd_death_cross',
      'macd_below_zero',
    ])
    const above = events[1]!.bar
    expect(Math.min(line[above]!, signal[above]!)).toBeGreaterThan(0)
    expect(Math.min(line[above - 1]!, signal[above - 1]!)).toBeLessThanOrEqual(0)
  })

  it('completes nothing on the first close that has a MACD', () => {
    const rising = Array.from({ length: 34 }, (_, i) => 100 + i ** 1.5)
    expect(macd(Float64Array.from(rising)).histogram[33]).toBeGreaterThan(0)
    expect(detect(macdCross, {}, candlesOfCloses(rising))).toEqual([])
  })
})
