import { seededRandom, type Random } from '../../core/random.ts'
import type { AssetPath } from './assetPath.ts'
import { portableExp, portableLog } from './portableMath.ts'
import { toTick } from './tick.ts'
import { STEPS_A_DAY, STEPS_AN_HOUR, type Timeline } from './timeline.ts'

/** Open, high, low and close per hour, on the grid of ticks. */
export interface HourlyPrices {
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
}

/**
 * Reads hourly prices off a path. An hour opens where the one before closed; its high and low are those of a Brownian
 * bridge through the path's nodes, drawn from their exact distribution given that no limit is passed.
 * @see Glasserman 2003, Monte Carlo Methods in Financial Engineering, 6.4
 */
export function hourlyPrices(path: AssetPath, timeline: Timeline, seed: string): HourlyPrices {
  const random = seededRandom(`${seed}/range`)
  const { hours } = timeline
  const [open, high, low, close] = [0, 1, 2, 3].map(() => new Float64Array(hours)) as Columns
  for (let h = 0; h < hours; h++) {
    const first = h * STEPS_AN_HOUR
    open[h] = toTick(portableExp(path.y[first] as number))
    close[h] = toTick(portableExp(path.y[first + STEPS_AN_HOUR] as number))
    let highest = -Infinity
    let lowest = Infinity
    for (let s = first; s < first + STEPS_AN_HOUR; s++) {
      highest = Math.max(highest, stepMaximum(path, s, random))
      lowest = Math.min(lowest, stepMinimum(path, s, random))
    }
    high[h] = toTick(portableExp(highest))
    low[h] = toTick(portableExp(lowest))
  }
  return { open, high, low, close }
}

type Columns = [Float64Array, Float64Array, Float64Array, Float64Array]

function stepMaximum({ y, variance, limits }: AssetPath, s: number, random: Random): number {
  const limit = limits.upper[Math.floor(s / STEPS_A_DAY)] as number
  return bridgeMaximum(y[s] as number, y[s + 1] as number, variance[s] as number, limit, random.uniform())
}

function stepMinimum({ y, variance, limits }: AssetPath, s: number, random: Random): number {
  const limit = limits.lower[Math.floor(s / STEPS_A_DAY)] as number
  return -bridgeMaximum(-(y[s] as number), -(y[s + 1] as number), variance[s] as number, -limit, random.uniform())
}

/** Inverse of P(max <= m) = 1 - exp(-2 (m - a)(m - b) / variance), cut at the limit. */
function bridgeMaximum(a: number, b: number, variance: number, limit: number, uniform: number): number {
  const room = Math.max(0, limit - a) * Math.max(0, limit - b)
  const least = room === 0 ? 1 : portableExp((-2 * room) / variance)
  const u = least + (1 - least) * (1 - uniform)
  return (a + b + Math.sqrt((b - a) * (b - a) - 2 * variance * portableLog(u))) / 2
}
