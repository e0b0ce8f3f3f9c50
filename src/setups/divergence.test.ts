import { describe, expect, it } from 'vitest'
import { randomCandles } from '../../test/support/madeCandles.ts'
import { describeMirror, describeSetupContract } from '../../test/support/setupContract.ts'
import { sliceCandles } from '../core/candles.ts'
import { macd } from '../metrics/price/macd.ts'
import { momentum } from '../metrics/price/momentum.ts'
import { rsi } from '../metrics/price/rsi.ts'
import { detect } from './detect.ts'
import { divergence } from './divergence.ts'
import { provisionalDivergences } from './provisionalDivergence.ts'

const OSCILLATORS = ['rsi', 'macd', 'macd_histogram', 'momentum']

for (const osc of OSCILLATORS) {
  describeSetupContract(`divergence(${osc})`, divergence, { osc })
  describeMirror(
    divergence,
    { osc },
    {
      bullish_divergence: 'bearish_divergence',
      hidden_bullish_divergence: 'hidden_bearish_divergence',
    },
  )
}

describe('divergence', () => {
  const candles = randomCandles('divergence', 3000)
  const columns: Record<string, Float64Array> = {
    rsi: rsi(candles.close),
    macd: macd(candles.close).line,
    macd_histogram: macd(candles.close).histogram,
    momentum: momentum(candles.close),
  }

  it.each(OSCILLATORS)('reads %s at the pivots and is known 5 bars after the second', (osc) => {
    const events = detect(divergence, { osc }, candles)
    expect(events.length).toBeGreaterThan(20)
    for (const { bar, pivot, firstPivot, evidence } of events) {
      expect(bar).toBe(pivot! + 5)
      expect(evidence['bars']).toBe(pivot! - firstPivot!)
      expect(evidence['second_oscillator']).toBe(columns[osc]![pivot!])
      expect(evidence['first_oscillator']).toBe(columns[osc]![firstPivot!])
    }
  })

  it('agrees with its definition read literally', () => {
    const { low, high } = candles
    const o = columns['rsi']!
    const around = (bar: number, reach: number) => [...o.slice(bar - reach, bar), ...o.slice(bar + 1, bar + reach + 1)]
    const isLow = (bar: number) => around(bar, 5).length === 10 && around(bar, 5).every((value) => o[bar]! < value)
    const isHigh = (bar: number) => around(bar, 5).length === 10 && around(bar, 5).every((value) => o[bar]! > value)
    const lowest = (bar: number) => Math.min(...low.slice(bar - 1, bar + 2))
    const highest = (bar: number) => Math.max(...high.slice(bar - 1, bar + 2))
    const expected: [string, number, number][] = []
    const look = (
      name: string,
      b: number,
      disagrees: (a: number) => boolean,
      staysBeyond: (v: number, line: number, slack: number) => boolean,
      isPivot: (bar: number) => boolean,
    ) => {
      for (let a = b - 5; a >= Math.max(b - 60, 5); a--) {
        if (!isPivot(a) || !disagrees(a)) continue
        const line = (k: number) => o[a]! + ((o[b]! - o[a]!) * (k - a)) / (b - a)
        const slack = 0.1 * Math.abs(o[b]! - o[a]!)
        let stays = true
        for (let k = a + 1; k < b; k++) stays &&= staysBeyond(o[k]!, line(k), slack)
        if (!stays) continue
        expected.push([name, a, b])
        return
      }
    }
    const above = (v: number, line: number, slack: number) => v >= line - slack
    const below = (v: number, line: number, slack: number) => v <= line + slack
    for (let b = 5; b < candles.length - 5; b++) {
      if (isLow(b)) {
        look('bullish_divergence', b, (a) => lowest(b) < lowest(a) && o[b]! > o[a]!, above, isLow)
        look('hidden_bullish_divergence', b, (a) => lowest(b) > lowest(a) && o[b]! < o[a]!, above, isLow)
      }
      if (isHigh(b)) {
        look('bearish_divergence', b, (a) => highest(b) > highest(a) && o[b]! < o[a]!, below, isHigh)
        look('hidden_bearish_divergence', b, (a) => highest(b) < highest(a) && o[b]! > o[a]!, below, isHigh)
      }
    }
    const found = detect(divergence, { osc: 'rsi' }, candles).map((event) => [
      event.setup,
      event.firstPivot,
      event.pivot,
    ])
    expect(found).toEqual(expected)
  })
})

describe('provisionalDivergences', () => {
  const candles = randomCandles('provisional', 1500, 0.001)

  it('shows every divergence before it is confirmed, from 4 bars to go', () => {
    for (const osc of OSCILLATORS) {
      for (const event of detect(divergence, { osc }, candles).slice(0, 20)) {
        for (const barsToConfirm of [1, 2, 3, 4]) {
          const seen = sliceCandles(candles, 0, event.bar + 1 - barsToConfirm)
          const { setup, side, pivot, firstPivot, evidence } = event
          const shown = { setup, side, pivot, firstPivot, evidence, isProvisional: true, barsToConfirm }
          expect(provisionalDivergences({ osc }, seen)).toContainEqual(shown)
        }
      }
    }
  })

  it('shows nothing in no candles and after a gap', () => {
    expect(provisionalDivergences({ osc: 'rsi' }, sliceCandles(candles, 0, 0))).toEqual([])
    const gap = candles.close.findIndex(Number.isNaN)
    expect(provisionalDivergences({ osc: 'rsi' }, sliceCandles(candles, 0, gap + 1))).toEqual([])
  })
})
