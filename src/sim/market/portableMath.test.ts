import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../core/random.ts'
import { portableExp, portableLog, portableNormal } from './portableMath.ts'

const { uniform } = seededRandom('portable')
const spread = Array.from({ length: 20_000 }, () => 60 * uniform() - 30)

describe('portableExp', () => {
  it('agrees with the engine within 1e-15 relative', () => {
    const worst = Math.max(...spread.map((x) => Math.abs(portableExp(x) / Math.exp(x) - 1)))
    expect(worst).toBeLessThan(1e-15)
  })

  it('is 1 at 0, 0 far below and infinite far above', () => {
    expect([portableExp(0), portableExp(-1e9), portableExp(1e9)]).toEqual([1, 0, Infinity])
  })
})

describe('portableLog', () => {
  it('agrees with the engine within 1e-15 of the larger of 1 and the value', () => {
    const worst = Math.max(
      ...spread.map(Math.exp).map((x) => Math.abs(portableLog(x) - Math.log(x)) / Math.max(1, Math.abs(Math.log(x)))),
    )
    expect(worst).toBeLessThan(1e-15)
  })

  it('is exact at 1, 0 and infinity', () => {
    expect([portableLog(1), portableLog(0), portableLog(Infinity)]).toEqual([0, -Infinity, Infinity])
  })

  it('gives every price of two decimals back through the exponential', () => {
    const prices = Array.from({ length: 20_000 }, () => Math.round(uniform() * 1.2e7) / 100 + 0.01)
    const wrong = prices.filter(
      (price) => Math.round(portableExp(portableLog(price)) * 100) !== Math.round(price * 100),
    )
    expect(wrong).toEqual([])
  })
})

describe('portableNormal', () => {
  it('has mean 0, deviation 1 and kurtosis 3', () => {
    const normal = portableNormal(uniform)
    const drawn = Array.from({ length: 200_000 }, normal)
    const moment = (power: number): number => drawn.reduce((sum, x) => sum + x ** power, 0) / drawn.length
    expect(moment(1)).toBeCloseTo(0, 1)
    expect(moment(2)).toBeCloseTo(1, 1)
    expect(moment(4)).toBeGreaterThan(2.9)
    expect(moment(4)).toBeLessThan(3.1)
  })
})
