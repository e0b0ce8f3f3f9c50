import { seededRandom } from '../../core/random.ts'
import { portableExp, portableNormal } from './portableMath.ts'
import { dayOfWeek, STEPS_A_DAY, STEPS_AN_HOUR, type Timeline } from './timeline.ts'

/** Volatility by hour of the UTC day: the Asian morning, the US open, the quiet of the late evening. Rounded, stylised. */
const HOUR_SHAPE = [
  1.05, 1.15, 0.9, 0.8, 0.75, 0.75, 0.85, 0.8, 0.8, 0.75, 0.75, 0.75, 0.85, 1.2, 1.45, 1.3, 1.15, 1.2, 1.1, 1, 0.95, 1,
  0.9, 0.75,
]
/** Volatility by day of the week from Sunday: calm on Saturday, back on Monday. */
const WEEKDAY_SHAPE = [0.85, 1.2, 1.05, 1, 1, 1.05, 0.7]

/** Log volatility is a sum of parts that fade at their own pace: weeks of unrest, bursts of hours, single steps (fat tails). */
const WEEKS = { halfLifeSteps: 8 * STEPS_A_DAY, deviation: 0.3 }
const BURST = { halfLifeSteps: 6 * STEPS_AN_HOUR, deviation: 0.35 }
const SINGLE = { halfLifeSteps: 0, deviation: 0.45 }
/** However moods add up, volatility stays below e to this times its usual. */
const MOST_LOG_VOLATILITY = 1.25

/**
 * The mood of a market: relative volatility of each half-hour step, shared by all its assets. Stochastic (three
 * log-normal parts of different memory), so that returns cluster and have fat tails, times the shape of the day and week.
 * @param timeline - the days
 * @param seed - any text
 * @returns one positive number per step; its mean square is about 1
 * @example marketMood(timelineOf('2025-04-07', '2025-04-08'), 'a').length // 96
 */
export function marketMood(timeline: Timeline, seed: string): Float64Array {
  const normal = portableNormal(seededRandom(`${seed}/mood`).uniform)
  const parts = [WEEKS, BURST, SINGLE].map((part) => fadingNoise(timeline.steps, part, normal))
  const shape = weekShape(timeline)
  return Float64Array.from(shape, (season, s) => {
    let logVolatility = 0
    for (const part of parts) logVolatility += part[s] as number
    return season * portableExp(Math.min(logVolatility, MOST_LOG_VOLATILITY))
  })
}

/** Autoregressive noise, lowered so that e to its double has mean 1. */
function fadingNoise(
  length: number,
  part: { readonly halfLifeSteps: number; readonly deviation: number },
  normal: () => number,
): Float64Array {
  const keep = part.halfLifeSteps === 0 ? 0 : portableExp(-Math.LN2 / part.halfLifeSteps)
  const fresh = Math.sqrt(1 - keep * keep)
  let state = normal()
  return new Float64Array(length).map(() => {
    state = keep * state + fresh * normal()
    return part.deviation * (state - part.deviation)
  })
}

function weekShape(timeline: Timeline): Float64Array {
  const shape = new Float64Array(timeline.steps).map((_, s) => {
    const d = Math.floor(s / STEPS_A_DAY)
    const hour = Math.floor((s % STEPS_A_DAY) / STEPS_AN_HOUR)
    return (HOUR_SHAPE[hour] as number) * (WEEKDAY_SHAPE[dayOfWeek(timeline, d)] as number)
  })
  let squares = 0
  for (const value of shape) squares += value * value
  const scale = Math.sqrt(shape.length / squares)
  return shape.map((value) => value * scale)
}
