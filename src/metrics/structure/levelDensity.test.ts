import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../core/random.ts'
import { peakFinder, type WeightedPivots } from './levelDensity.ts'

const pivotsAt = (logPrice: readonly number[], weight: readonly number[] = logPrice.map(() => 1)): WeightedPivots => ({
  count: logPrice.length,
  logPrice: Float64Array.from(logPrice),
  weight: Float64Array.from(weight),
})

/** The density as it is defined, to its last tail. */
const exactDensity = ({ logPrice, weight }: WeightedPivots, h: number, x: number): number =>
  logPrice.reduce((sum, at, i) => sum + weight[i]! * Math.exp(-0.5 * ((x - at) / h) ** 2), 0)

function exactPeaks(pivots: WeightedPivots, h: number): readonly number[] {
  const found: number[] = []
  const step = h / 40
  const density = (x: number) => exactDensity(pivots, h, x)
  for (let x = pivots.logPrice[0]! - h; x < pivots.logPrice.at(-1)! + h; x += step) {
    if (density(x) > density(x - step) && density(x) >= density(x + step)) found.push(x)
  }
  return found
}

describe('peakFinder', () => {
  const find = peakFinder(40, 2)

  it('finds the middle of two equal pivots', () => {
    const [peak, ...others] = find(pivotsAt([0, 0.01]), 0.01)
    expect(others).toEqual([])
    expect(peak!.logPrice).toBeCloseTo(0.005, 4)
    expect(peak!.density).toBeCloseTo(2 * Math.exp(-0.125), 2)
    expect([peak!.from, peak!.to]).toEqual([0, 2])
  })

  it('lies nearer to the heavier of two', () => {
    expect(find(pivotsAt([0, 0.01], [3, 1]), 0.01)[0]!.logPrice).toBeLessThan(0.004)
  })

  it('leaves out a maximum with a single pivot within one bandwidth', () => {
    expect(find(pivotsAt([0, 0.05]), 0.01)).toEqual([])
    expect(find(pivotsAt([0, 0.001, 0.5]), 0.01)).toHaveLength(1)
  })

  it('finds none without pivots or without a positive bandwidth', () => {
    expect(find(pivotsAt([]), 0.01)).toEqual([])
    for (const bandwidth of [0, -1, NaN]) expect(find(pivotsAt([0, 0]), bandwidth)).toEqual([])
  })

  it('stands where the exact density is within a thousandth of its maximum', () => {
    const random = seededRandom('density')
    for (let turn = 0; turn < 20; turn++) {
      const prices = Array.from({ length: 40 }, () => random.uniform()).toSorted((a, b) => a - b)
      const pivots = pivotsAt(
        prices,
        prices.map(() => 0.25 + 0.75 * random.uniform()),
      )
      const h = 0.005 + 0.03 * random.uniform()
      const exact = exactPeaks(pivots, h)
      for (const { logPrice, density } of find(pivots, h)) {
        const maximum = exact.find((x) => Math.abs(x - logPrice) < 0.2 * h)!
        expect(exactDensity(pivots, h, logPrice)).toBeGreaterThan(0.999 * exactDensity(pivots, h, maximum))
        expect(Math.abs(density / exactDensity(pivots, h, logPrice) - 1)).toBeLessThan(0.01)
      }
    }
  })

  it('does not care how far apart the pivots lie', () => {
    const peaks = find(pivotsAt([-50, -49.999, 0, 0.001, 700, 700.001]), 0.01)
    expect(peaks.map((peak) => Math.round(peak.logPrice))).toEqual([-50, 0, 700])
  })
})
