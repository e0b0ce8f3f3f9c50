import { describe, expect, it } from 'vitest'
import { candlesOfCloses } from '../../test/support/madeCandles.ts'
import { describeMirror, describeSetupContract } from '../../test/support/setupContract.ts'
import { rsi } from '../metrics/price/rsi.ts'
import { detect } from './detect.ts'
import { mfiExtremes, rsiExtremes } from './oscillatorExtremes.ts'

const n = 14
describeSetupContract('rsiExtremes', rsiExtremes, { n })
describeSetupContract('mfiExtremes', mfiExtremes, { n })
describeMirror(rsiExtremes, { n }, { rsi_oversold: 'rsi_overbought', rsi_oversold_end: 'rsi_overbought_end' })
// Money flow weighs volume by price: far from the axis both sides weigh alike.
describeMirror(mfiExtremes, { n }, { mfi_oversold: 'mfi_overbought', mfi_oversold_end: 'mfi_overbought_end' }, 2e7)

/** Swings by 1 for 20 bars, falls by 2 for 12, then rises by 3. */
const closes = Array.from({ length: 50 }, (_, i) => 100 + (i % 2) - 2 * clamp(i - 20, 12) + 3 * clamp(i - 32, 18))

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most)
}

describe('rsiExtremes', () => {
  it('enters at the first close beyond, and ends with the extreme and the exit', () => {
    const candles = candlesOfCloses(closes)
    const values = rsi(candles.close)
    const [entry, end] = detect(rsiExtremes, { n }, candles)
    const first = values.findIndex((value) => value < 30)
    const last = values.findIndex((value, i) => i > first && value >= 30)
    const extreme = Math.min(...values.slice(first, last))
    expect(entry).toMatchObject({ setup: 'rsi_oversold', bar: first, side: 'long', evidence: { value: values[first] } })
    expect(end).toEqual({
      setup: 'rsi_oversold_end',
      bar: last,
      side: 'long',
      pivot: values.indexOf(extreme),
      of: { setup: 'rsi_oversold', bar: first },
      evidence: { value: values[last], close: closes[last], extreme, bars: last - first },
    })
  })

  it('dates no entry that lies before its first value', () => {
    const falling = Array.from({ length: 30 }, (_, i) => 100 - i)
    expect(rsi(Float64Array.from(falling))[14]).toBeLessThan(30)
    expect(detect(rsiExtremes, { n }, candlesOfCloses([...falling, 80, 82]))).toEqual([])
  })

  it('takes its number of bars from the parameter', () => {
    const candles = candlesOfCloses(closes)
    const first = rsi(candles.close, 5).findIndex((value, i) => i > 5 && value < 30)
    expect(detect(rsiExtremes, { n: 5 }, candles)[0]).toMatchObject({ setup: 'rsi_oversold', bar: first })
  })
})

describe('mfiExtremes', () => {
  it('enters below 20 and ends at 20 or above', () => {
    const events = detect(mfiExtremes, { n }, candlesOfCloses(closes))
    const [entry, end] = events.filter((event) => event.setup.startsWith('mfi_oversold'))
    expect(entry!.evidence['value']).toBeLessThan(20)
    expect(end!.evidence['value']).toBeGreaterThanOrEqual(20)
    expect(end!.of).toEqual({ setup: 'mfi_oversold', bar: entry!.bar })
  })
})
