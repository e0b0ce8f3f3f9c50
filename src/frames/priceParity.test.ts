import { assert, double, integer, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CANDLE_FIELDS, gaps, type Candles } from '../core/candles.ts'
import { DAY_MS, HOUR_MS, instant } from '../core/instant.ts'
import { priceParity } from './priceParity.ts'
import { toGrid, type CandleRows } from './toGrid.ts'

/** Candles that have closes and nothing else. */
function closes(values: readonly number[], { step = HOUR_MS, start = 0 } = {}): Candles {
  const column = Float64Array.from(values)
  const columns = Object.fromEntries(CANDLE_FIELDS.map((field) => [field, column]))
  return { start: instant(start), step, length: values.length, ...columns } as Candles
}

const wave = (length: number, factor = 1): number[] =>
  Array.from({ length }, (_, i) => (100 + 10 * Math.sin(i / 7)) * factor)

describe('priceParity', () => {
  it('accepts prices that differ by less than 2 % in the median, whatever a few bars do', () => {
    const other = wave(40, 1.019).map((price, i) => (i % 5 === 0 ? price * 3 : price))
    const parity = priceParity(closes(wave(40)), closes(other))
    expect(parity).toMatchObject({ verdict: 'accepted', bars: 40, step: HOUR_MS, from: 0, to: 40 * HOUR_MS })
    expect(parity.medianPct).toBeCloseTo(100 * (1 - 1 / 1.019), 9)
    expect(parity.p95Pct).toBeCloseTo(100 * (1 - 1 / (3 * 1.019)), 9)
  })

  it('refuses from 2 % on, and says how many of one the other costs', () => {
    expect(priceParity(closes(wave(40, 0.98)), closes(wave(40)))).toMatchObject({ verdict: 'refused' })
    const thousand = priceParity(closes(wave(40, 1000)), closes(wave(40)))
    expect(thousand.verdict).toBe('refused')
    expect(thousand.ratio).toBeCloseTo(1000, 6)
    expect(thousand.medianPct).toBeCloseTo(99.9, 9)
  })

  it('gives the median as the mean of the middle two, and percentiles between ranks', () => {
    const parity = priceParity(closes([100, 100, 100, 100]), closes([100, 99, 98, 96]))
    expect(parity.medianPct).toBeCloseTo(1.5, 12)
    expect(parity.p5Pct).toBeCloseTo(0.15, 12)
    expect(parity.p95Pct).toBeCloseTo(2 + 0.85 * 2, 12)
  })

  it('says nothing with fewer than 30 common bars', () => {
    expect(priceParity(closes(wave(30)), closes(wave(30))).verdict).toBe('accepted')
    expect(priceParity(closes(wave(29)), closes(wave(29, 5))).verdict).toBe('too few')
    const none = priceParity(closes([]), closes(wave(40)))
    expect(none).toMatchObject({ verdict: 'too few', bars: 0, medianPct: NaN, ratio: NaN, from: undefined })
  })

  it('compares only bars that open at the same instant and have a close in both', () => {
    const later = wave(60).map((price, i) => (i < 10 ? NaN : price))
    const shifted = closes(wave(60).slice(5), { start: 5 * HOUR_MS })
    const parity = priceParity(closes(later), shifted)
    expect(parity).toMatchObject({ verdict: 'accepted', bars: 50, medianPct: 0, from: 10 * HOUR_MS, to: 60 * HOUR_MS })
    const between = closes(wave(60), { start: HOUR_MS / 2 })
    expect(priceParity(closes(wave(60)), between)).toMatchObject({ verdict: 'too few', bars: 0 })
  })

  it('builds the finer bars to the coarser first', () => {
    const hours = Array.from({ length: 40 * 24 }, (_, i) => 100 + Math.floor(i / 24) + (i % 24 === 23 ? 0 : 50))
    const days = Array.from({ length: 40 }, (_, i) => 100 + i)
    const parity = priceParity(closes(hours), closes(days, { step: DAY_MS }))
    expect(parity).toMatchObject({ verdict: 'accepted', bars: 40, step: DAY_MS, medianPct: 0 })
    expect(priceParity(closes(days, { step: DAY_MS }), closes(hours))).toEqual({ ...parity, ratio: 1 })
  })

  it('builds both to a bar that both can give where neither divides the other', () => {
    const parity = priceParity(closes(wave(400), { step: 2 * HOUR_MS }), closes(wave(300), { step: 3 * HOUR_MS }))
    expect(parity.step).toBe(6 * HOUR_MS)
  })

  const price = double({ min: 1e-9, max: 1e9, noNaN: true })

  it('gives the same verdict and deviation whichever comes first', () => {
    const pairs = integer({ min: 0, max: 80 }).chain((n) =>
      tuple(...Array.from({ length: n }, () => tuple(price, price))),
    )
    assert(
      property(pairs, (bars) => {
        const [a, b] = [closes(bars.map(([x]) => x)), closes(bars.map(([, y]) => y))]
        const [one, other] = [priceParity(a, b), priceParity(b, a)]
        expect({ ...other, ratio: 0 }).toEqual({ ...one, ratio: 0 })
        if (bars.length > 0) expect(one.ratio * other.ratio).toBeCloseTo(1, 9)
      }),
    )
  })

  it('does not depend on how many coins an instrument holds', () => {
    const rows = (scale: number): CandleRows => {
      const column = Float64Array.from(wave(40, scale))
      const columns = Object.fromEntries(CANDLE_FIELDS.map((field) => [field, column]))
      return { ...columns, at: Float64Array.from(column, (_, i) => i * HOUR_MS) } as CandleRows
    }
    assert(
      property(integer({ min: 1, max: 1_000_000 }), double({ min: 0.5, max: 2, noNaN: true }), (multiplier, factor) => {
        const plain = priceParity(toGrid(rows(1), HOUR_MS, 1), toGrid(rows(factor), HOUR_MS, 1))
        const packed = priceParity(toGrid(rows(1), HOUR_MS, 1), toGrid(rows(factor * multiplier), HOUR_MS, multiplier))
        expect(packed.medianPct).toBeCloseTo(plain.medianPct, 9)
        if (Math.abs(plain.medianPct - 2) > 1e-6) expect(packed.verdict).toBe(plain.verdict)
      }),
    )
  })

  it('does not change what it was given', () => {
    const a = closes(wave(40))
    priceParity(a, closes([...gaps(40)]))
    expect([...a.close]).toEqual(wave(40))
  })
})
