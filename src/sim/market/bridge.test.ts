import { expect, it } from 'vitest'
import { seededRandom } from '../../core/random.ts'
import { bridgeDrawer, fillPath } from './bridge.ts'
import { clockOf, pinsOf, type Path } from './path.ts'
import { STEPS_A_DAY } from './timeline.ts'

const DAYS = 4
const steps = DAYS * STEPS_A_DAY

function pathBetween(first: number, last: number, lower = -Infinity, upper = Infinity): Path {
  const y = new Float64Array(steps + 1).fill(NaN)
  y[0] = first
  y[steps] = last
  return {
    y,
    base: new Float64Array(steps + 1),
    ownVariance: new Float64Array(steps).fill(1 / steps),
    baseVariance: new Float64Array(steps),
    limits: { lower: new Float64Array(DAYS).fill(lower), upper: new Float64Array(DAYS).fill(upper) },
  }
}

const filled = (path: Path, seed: string): Float64Array => {
  fillPath(path, bridgeDrawer(path, seededRandom(seed)))
  return path.y
}

it('keeps its pins and leaves no gap', () => {
  const y = filled(pathBetween(1, 2), 'pins')
  expect([y[0], y[steps]]).toEqual([1, 2])
  expect(y.some(Number.isNaN)).toBe(false)
})

it('has the variance of a Brownian bridge halfway, a quarter of the whole', () => {
  const middles = Array.from({ length: 400 }, (_, i) => filled(pathBetween(0, 0), `half ${i}`)[steps / 2]!)
  const variance = middles.reduce((sum, value) => sum + value * value, 0) / middles.length
  expect(variance).toBeGreaterThan(0.2)
  expect(variance).toBeLessThan(0.3)
})

it('passes no limit, though both ends stand near one', () => {
  for (let i = 0; i < 50; i++) {
    const y = filled(pathBetween(0.01, 0.01, 0, 0.8), `limits ${i}`)
    expect(Math.min(...y)).toBeGreaterThan(0)
    expect(Math.max(...y)).toBeLessThan(0.8)
  }
})

it('runs parallel to its base where it has no variance of its own to speak of', () => {
  const path = pathBetween(0, 1)
  path.base.set(path.base.map((_, node) => Math.sqrt(node / steps)))
  path.ownVariance.fill(1e-12)
  const y = filled(path, 'base')
  expect(Math.max(...y.map((value, node) => Math.abs(value - path.base[node]!)))).toBeLessThan(1e-4)
})

it('finds the pins in order and the clock at every node', () => {
  expect(pinsOf(pathBetween(0, 0))).toEqual([0, steps])
  expect([...clockOf(Float64Array.of(1, 2, 3))]).toEqual([0, 1, 3, 6])
})
