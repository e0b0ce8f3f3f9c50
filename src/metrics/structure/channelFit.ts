import { closesBeyond, type ChannelWindow } from './channelCloses.ts'

/** Confirmed pivots of one side, oldest first. Only the first `count` entries of each column count. */
export interface EdgePivots {
  count: number
  readonly bar: Float64Array
  /** Natural logarithm of the high or low. */
  readonly logPrice: Float64Array
  /** How near in log price a line must pass to touch it; NaN where that is unknown, and then nothing touches it. */
  readonly tolerance: Float64Array
  /** Scratch: log price moved along the slope in question to the first bar of the window. */
  readonly level: Float64Array
}

/** Channels that touch at least two pivots on each edge. Only the first `count` entries of each column count. */
export interface ChannelCandidates {
  count: number
  /** Change of log price per bar. */
  readonly slope: Float64Array
  /** Log price of each edge at the first bar of the window. */
  readonly upper: Float64Array
  readonly lower: Float64Array
  readonly touchesUpper: Float64Array
  readonly touchesLower: Float64Array
  /** Closes of the window that lie outside. */
  readonly outside: Float64Array
}

/** Touches that each edge needs. */
const LEAST_TOUCHES = 2

/**
 * Room for the pivots of one side.
 * @param most - pivots it can hold
 * @example edgePivots(16).count // 0
 */
export const edgePivots = (most: number): EdgePivots => ({
  count: 0,
  bar: new Float64Array(most),
  logPrice: new Float64Array(most),
  tolerance: new Float64Array(most),
  level: new Float64Array(most),
})

/**
 * Room for all candidates that `most` pivots a side can give.
 * @example channelCandidates(16).slope.length // 3840
 */
export function channelCandidates(most: number): ChannelCandidates {
  const room = most * (most - 1) * most
  const column = () => new Float64Array(room)
  return {
    count: 0,
    slope: column(),
    upper: column(),
    lower: column(),
    touchesUpper: column(),
    touchesLower: column(),
    outside: column(),
  }
}

/**
 * Finds the channels in log price: every line through two pivots of one side with its parallel through one of the other, kept where
 * each edge is touched by at least 2 pivots of its side and at most `allowed` closes of the window lie outside.
 * @param found - where they are put, replacing what was there; in a fixed order, so that equal inputs give equal outputs
 * @param allowed - closes that may lie outside; a looser bound than the one in force now finds what may come into force later
 * @example fitChannels(found, window, highs, lows, 8); found.count // 12
 */
export function fitChannels(
  found: ChannelCandidates,
  window: ChannelWindow,
  highs: EdgePivots,
  lows: EdgePivots,
  allowed: number,
): void {
  found.count = 0
  addCandidates(found, window, highs, lows, 1, allowed)
  addCandidates(found, window, lows, highs, -1, allowed)
}

/** Candidates whose slope two pivots of `own` give; `side` is 1 where those are highs, -1 where they are lows. */
function addCandidates(
  found: ChannelCandidates,
  window: ChannelWindow,
  own: EdgePivots,
  other: EdgePivots,
  side: 1 | -1,
  allowed: number,
): void {
  for (let a = 0; a < own.count; a++) {
    for (let b = a + 1; b < own.count; b++) {
      const rise = (own.logPrice[b] as number) - (own.logPrice[a] as number)
      const slope = rise / ((own.bar[b] as number) - (own.bar[a] as number))
      const edge = (own.logPrice[a] as number) - slope * ((own.bar[a] as number) - window.first)
      // Asked first, because it rules out most edges.
      const beyond = closesBeyond(window, edge, slope, side, allowed)
      if (beyond > allowed) continue
      levelOff(own, slope, window.first)
      const touches = touchesOf(own, edge)
      if (touches < LEAST_TOUCHES) continue
      levelOff(other, slope, window.first)
      addParallels(found, window, other, side, { slope, edge, touches, beyond, allowed })
    }
  }
}

/** One edge of the candidates that are sought, with the closes that lie beyond it and those that may lie outside in all. */
interface Edge {
  readonly slope: number
  readonly edge: number
  readonly touches: number
  readonly beyond: number
  readonly allowed: number
}

/** Candidates between an edge of `side` and its parallels through the pivots of the other, which are levelled off already. */
function addParallels(
  found: ChannelCandidates,
  window: ChannelWindow,
  other: EdgePivots,
  side: 1 | -1,
  { slope, edge, touches, beyond, allowed }: Edge,
): void {
  const otherSide = side === 1 ? -1 : 1
  for (let c = 0; c < other.count; c++) {
    const parallel = other.level[c] as number
    if (!(side * (edge - parallel) > 0)) continue
    const touchesOther = touchesOf(other, parallel)
    if (touchesOther < LEAST_TOUCHES) continue
    const outside = beyond + closesBeyond(window, parallel, slope, otherSide, allowed - beyond)
    if (outside > allowed) continue
    const slot = found.count++
    found.slope[slot] = slope
    found.upper[slot] = side === 1 ? edge : parallel
    found.lower[slot] = side === 1 ? parallel : edge
    found.touchesUpper[slot] = side === 1 ? touches : touchesOther
    found.touchesLower[slot] = side === 1 ? touchesOther : touches
    found.outside[slot] = outside
  }
}

/** Moves every pivot along the slope to the first bar of the window, where lines of that slope are single numbers. */
function levelOff(pivots: EdgePivots, slope: number, first: number): void {
  const { count, bar, logPrice, level } = pivots
  for (let i = 0; i < count; i++) level[i] = (logPrice[i] as number) - slope * ((bar[i] as number) - first)
}

function touchesOf(pivots: EdgePivots, edge: number): number {
  const { count, level, tolerance } = pivots
  let touches = 0
  for (let i = 0; i < count; i++) {
    if (Math.abs((level[i] as number) - edge) <= (tolerance[i] as number)) touches++
  }
  return touches
}
