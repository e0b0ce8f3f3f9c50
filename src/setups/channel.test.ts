import { describe, expect, it } from 'vitest'
import { frameOfCandles } from '../../test/support/frameOfCandles.ts'
import { randomCandles } from '../../test/support/madeCandles.ts'
import { describeSetupContract } from '../../test/support/setupContract.ts'
import { timesThousand } from '../../test/support/timesThousand.ts'
import { channelMetric } from '../metrics/structure/channel.ts'
import { atr } from '../metrics/price/atr.ts'
import { channelBreak } from './channel.ts'
import { detect } from './detect.ts'

describeSetupContract('channelBreak', channelBreak, {})

const SEEDS = ['a', 'b', 'c', 'd']
const eventsOf = (seed: string, kind: string) => {
  const candles = randomCandles(seed, 3000)
  return { candles, found: detect(channelBreak, {}, candles).filter(({ setup }) => setup === kind) }
}

describe('channel_break', () => {
  it('closes more than 0.25 ATR beyond the edge that the metric shows for the bar', () => {
    for (const seed of SEEDS) {
      const { candles, found } = eventsOf(seed, 'channel_break')
      const columns = channelMetric.compute(frameOfCandles(candles), {})
      for (const { bar, side, evidence } of found) {
        const edge = side === 'long' ? 'upper' : 'lower'
        const distance = columns[`distance_${edge}_atr`]![bar]!
        expect(side === 'long' ? distance : -distance).toBeGreaterThan(0.25)
        expect(evidence['distance_atr']).toBeCloseTo(Math.abs(distance), 9)
        expect(evidence['edge']).toBe(columns[edge]![bar])
        expect(evidence['admissible']).toBe(columns['admissible']![bar])
      }
    }
  })

  it('stands on its side for the first of such closes', () => {
    for (const seed of SEEDS) {
      const { candles, found } = eventsOf(seed, 'channel_break')
      const range = atr(candles)
      for (const { bar, side, evidence } of found) {
        const slope = 1 + Number(evidence['slope_pct_per_bar']) / 100
        const beyond = candles.close[bar - 1]! - Number(evidence['edge']) / slope
        expect(side === 'long' ? beyond : -beyond).toBeLessThanOrEqual(0.25 * range[bar - 1]! + 1e-9)
      }
    }
  })

  it('comes no second time within 10 bars unless the other side was broken in between', () => {
    for (const seed of SEEDS) {
      const { found } = eventsOf(seed, 'channel_break')
      found.slice(1).forEach((event, k) => {
        const before = found[k]!
        if (event.side === before.side) expect(event.bar - before.bar).toBeGreaterThan(10)
      })
    }
  })
})

describe('channel_retest', () => {
  it('comes back within 0.5 ATR of the frozen edge within 10 bars of its break and closes beyond it', () => {
    let seen = 0
    for (const seed of SEEDS) {
      const { candles, found } = eventsOf(seed, 'channel_retest')
      const breaks = new Map(eventsOf(seed, 'channel_break').found.map((event) => [event.bar, event]))
      const range = atr(candles)
      for (const { bar, side, of, evidence } of found) {
        seen++
        const broken = breaks.get(of!.bar)!
        const bars = bar - of!.bar
        const slope = 1 + Number(broken.evidence['slope_pct_per_bar']) / 100
        const edge = Number(broken.evidence['edge']) * slope ** bars
        expect(broken.side).toBe(side)
        expect([evidence['bars_since_break'], bars <= 10]).toEqual([bars, true])
        expect(evidence['edge']).toBeCloseTo(edge, 6)
        if (side === 'long') {
          expect(candles.low[bar]!).toBeLessThanOrEqual(edge + 0.5 * range[bar]!)
          expect(candles.close[bar]!).toBeGreaterThan(edge)
        } else {
          expect(candles.high[bar]!).toBeGreaterThanOrEqual(edge - 0.5 * range[bar]!)
          expect(candles.close[bar]!).toBeLessThan(edge)
        }
      }
      expect(new Set(found.map(({ of }) => of!.bar)).size).toBe(found.length)
    }
    expect(seen).toBeGreaterThan(10)
  })
})

describe('channelBreak', () => {
  it('gives the same events in any unit of the price', () => {
    for (const seed of SEEDS) {
      const { candles } = eventsOf(seed, 'channel_break')
      const places = (found: ReturnType<typeof detect>) => found.map(({ evidence: _evidence, ...place }) => place)
      expect(places(detect(channelBreak, {}, timesThousand(candles)))).toEqual(
        places(detect(channelBreak, {}, candles)),
      )
    }
  })
})
