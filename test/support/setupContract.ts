import { describe, expect, it } from 'vitest'
import { barAt, sliceCandles, type Candles } from '../../src/core/candles.ts'
import type { Params } from '../../src/core/params.ts'
import { detect, streamSetup } from '../../src/setups/detect.ts'
import type { BarEvent, SetupFamily } from '../../src/setups/setup.ts'
import { randomCandles, turnedOver } from './madeCandles.ts'

const SEEDS = ['a', 'b', 'c', 'd', 'e']

/** What every family of setups keeps: streaming equals batch, the future changes nothing, events are well formed. */
export function describeSetupContract(name: string, family: SetupFamily, params: Params, length = 2000): void {
  describe(`${name}: contract of a setup`, () => {
    it('finds something in random walks', () => {
      expect(SEEDS.flatMap((seed) => [...detect(family, params, randomCandles(seed, length))])).not.toHaveLength(0)
    })

    it('streams what it finds in a batch, gaps included', () => {
      for (const seed of SEEDS) {
        const candles = randomCandles(seed, length, seed === 'a' ? 0 : 0.003)
        const push = streamSetup(family, params)
        const streamed = Array.from({ length }, (_, i) => push(barAt(candles, i))).flat()
        expect(streamed).toEqual(detect(family, params, candles))
      }
    })

    it('finds in a prefix what it finds there in the whole', () => {
      for (const seed of SEEDS) {
        const candles = randomCandles(seed, length, 0.002)
        const whole = detect(family, params, candles)
        for (let to = 1; to < length; to += 137) {
          const prefix = detect(family, params, sliceCandles(candles, 0, to))
          expect(prefix).toEqual(whole.filter((event) => event.bar < to))
        }
      }
    })

    it('emits well-formed events in order of time, one of a kind per bar', () => {
      for (const seed of SEEDS) expectWellFormed(family, detect(family, params, randomCandles(seed, length)))
    })

    it('finds nothing in no candles, in gaps and in a price that never moves', () => {
      expect(detect(family, params, randomCandles('a', 0))).toEqual([])
      expect(detect(family, params, randomCandles('a', 50, 1))).toEqual([])
      for (const price of [100, 0.3, 1e-5]) expect(detect(family, params, motionless(price, 300))).toEqual([])
    })
  })
}

function expectWellFormed(family: SetupFamily, events: readonly BarEvent[]): void {
  const seen = new Set<string>()
  let last = 0
  for (const { setup, bar, pivot = bar, firstPivot = 0, of, evidence } of events) {
    expect(Object.keys(family.kinds)).toContain(setup)
    expect(bar).toBeGreaterThanOrEqual(last)
    expect(pivot).toBeLessThanOrEqual(bar)
    expect(firstPivot).toBeLessThan(Math.max(pivot, 1))
    if (of !== undefined) expect(seen).toContain(`${of.setup}@${of.bar}`)
    expect(seen).not.toContain(`${setup}@${bar}`)
    expect(Object.values(evidence).every((value) => typeof value === 'string' || Number.isFinite(value))).toBe(true)
    seen.add(`${setup}@${bar}`)
    last = bar
  }
}

function motionless(price: number, length: number): Candles {
  const one = randomCandles('a', length)
  const same = new Float64Array(length).fill(price)
  return { ...one, open: same, high: same, low: same, close: same, volume: same }
}

/**
 * Prices turned over give the mirrored events: every kind of the left becomes its partner on the right, at the same bars.
 * @param axis - 0 where the setup reads differences only; large against the price where it reads its size
 */
export function describeMirror(
  family: SetupFamily,
  params: Params,
  partners: Readonly<Record<string, string>>,
  axis = 0,
): void {
  const both = new Map([...Object.entries(partners), ...Object.entries(partners).map(([a, b]) => [b, a] as const)])
  const partner = (setup: string) => both.get(setup) ?? `no partner of ${setup}`
  it.each(Object.entries(partners))('finds %s where %s stands in prices turned over', (kind) => {
    for (const seed of SEEDS) {
      const candles = shifted(randomCandles(seed, 3000), axis / 2)
      const upright = detect(family, params, candles).filter((event) => event.setup === kind)
      const over = detect(family, params, turnedOver(candles, axis)).filter((event) => event.setup === partner(kind))
      expect(over.map(placeOf)).toEqual(
        upright.map(placeOf).map((place) => ({
          ...place,
          setup: partner(place.setup),
          side: place.side === 'long' ? 'short' : 'long',
          ...(place.of === undefined ? {} : { of: { ...place.of, setup: partner(place.of.setup) } }),
        })),
      )
    }
  })
}

const placeOf = ({ evidence: _evidence, ...place }: BarEvent) => place

function shifted(candles: Candles, by: number): Candles {
  const up = (column: Float64Array) => column.map((value) => value + by)
  const { open, high, low, close } = candles
  return { ...candles, open: up(open), high: up(high), low: up(low), close: up(close) }
}
