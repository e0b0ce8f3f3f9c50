import { describe, expect, it } from 'vitest'
import { candlesOf, randomCandles, turnedOver, type Row } from '../../test/support/madeCandles.ts'
import { describeSetupContract } from '../../test/support/setupContract.ts'
import { timesThousand } from '../../test/support/timesThousand.ts'
import { levelsAt } from '../metrics/structure/levels.ts'
import { detect } from './detect.ts'
import { levels } from './levels.ts'
import { resolveSetup } from './registry.ts'

describeSetupContract('levels', levels, {})
describeSetupContract('levels(price)', levels, { price: 100 })

describe('the id of a level setup', () => {
  it('is printed with its price, or without', () => {
    expect(resolveSetup('level_rejected(price=1650.0)').id).toBe('level_rejected(1650)')
    expect(resolveSetup('level_break').id).toBe('level_break')
  })
})

describe('a given level', () => {
  it('has the mirrored events in prices turned over', () => {
    for (const seed of ['a', 'b', 'c']) {
      const candles = randomCandles(seed, 2000)
      const upright = detect(levels, { price: 101 }, candles)
      const over = detect(levels, { price: 899 }, turnedOver(candles, 1000))
      expect(over.map(({ setup, bar }) => [setup, bar])).toEqual(upright.map(({ setup, bar }) => [setup, bar]))
      expect(over.every(({ side }, k) => side !== upright[k]!.side)).toBe(true)
    }
  })

  it('says where price came from and how often it was tested', () => {
    const [first] = detect(levels, { price: 100 }, randomCandles('a', 2000)).filter(
      ({ setup }) => setup === 'level_rejected',
    )
    const { from, close, level, tests, basis } = first!.evidence
    expect({ level, tests, basis }).toEqual({ level: 100, tests: 1, basis: 'price' })
    expect(from).toBe(Number(close) > 100 ? 'above' : 'below')
    expect(first!.side).toBe(from === 'above' ? 'long' : 'short')
  })
})

describe('clustered levels', () => {
  it('break and reject at levels that were known before the bar', () => {
    const candles = randomCandles('b', 900)
    const found = detect(levels, {}, candles).filter(({ evidence }) => evidence['basis'] === 'cluster')
    expect(found.length).toBeGreaterThan(20)
    for (const { bar, evidence } of found) {
      expect(levelsAt(candles, bar - 1).map(({ price }) => price)).toContain(evidence['level'])
    }
  })

  it('break at the last confirmed pivot too, once each', () => {
    const found = detect(levels, {}, randomCandles('c', 2000)).filter(({ evidence }) => evidence['basis'] === 'pivot')
    expect(found.length).toBeGreaterThan(5)
    expect(new Set(found.map(({ pivot, side }) => `${side} ${pivot}`)).size).toBe(found.length)
    for (const { setup, side, evidence } of found) {
      expect(setup).toBe('level_break')
      expect(Number(evidence['close']) > Number(evidence['level'])).toBe(side === 'long')
    }
  })

  it('give the same events in any unit of the price', () => {
    for (const seed of ['a', 'b', 'c']) {
      const candles = randomCandles(seed, 2000)
      const places = (found: ReturnType<typeof detect>) => found.map(({ evidence: _evidence, ...place }) => place)
      expect(places(detect(levels, {}, timesThousand(candles)))).toEqual(places(detect(levels, {}, candles)))
    }
  })

  it('break a pivot high that a close since has left by 1 ATR, and not one that none has', () => {
    expect(pivotBreaks(96)).toEqual([100])
    expect(pivotBreaks(99.5)).toEqual([])
  })
})

/** Levels of upward pivot breaks where price turns at 100, comes back to `low`, and goes on to 103. */
function pivotBreaks(low: number): readonly unknown[] {
  const bar = (high: number): Row => [high - 0.5, high, high - 1, high - 0.1, 1]
  const rise = Array.from({ length: 40 }, (_, i) => bar(92 + 0.2 * i))
  const fall = Array.from({ length: 6 }, (_, i) => bar(100 - ((100 - low) * (i + 1)) / 6))
  const candles = candlesOf([...rise, bar(100), ...fall, bar(99.6), bar(103)])
  return detect(levels, {}, candles)
    .filter(({ evidence, side }) => evidence['basis'] === 'pivot' && side === 'long')
    .map(({ evidence }) => evidence['level'])
}
