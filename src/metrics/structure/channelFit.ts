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

/** Closes that a channel must hold. */
export interface ChannelWindow {
  /** Natural logarithm of every close; the window's are those from `from` on, `bars` of them. */
  readonly logClose: Float64Array
  readonly from: number
  readonly bars: number
  /** Bar that stands at `from`, in the count of the pivots. */
  readonly first: number
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

/** Log prices nearer than this are one: a close on the very pivot that an edge runs through is not left to rounding. */
export const ON_THE_LINE = 1e-9
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
      levelOff(own, slope, window.first)
      const touches = touchesOf(own, own.level[a] as number)
      if (touches >= LEAST_TOUCHES)
        addParallels(found, window, other, side, allowed, slope, own.level[a] as number, touches)
    }
  }
}

/** Candidates between an edge of `side` and its parallels through the pivots of the other. */
function addParallels(
  found: ChannelCandidates,
  window: ChannelWindow,
  other: EdgePivots,
  side: 1 | -1,
  allowed: number,
  slope: number,
  edge: number,
  touches: number,
): void {
  levelOff(other, slope, window.first)
  let beyondEdge = -1
  for (let c = 0; c < other.count; c++) {
    const parallel = other.level[c] as number
    if (!(side * (edge - parallel) > 0)) continue
    const touchesOther = touchesOf(other, parallel)
    if (touchesOther < LEAST_TOUCHES) continue
    // The slowest question is asked last, and of the edge only once.
    if (beyondEdge < 0) beyondEdge = closesBeyond(window, edge, slope, side, allowed)
    if (beyondEdge > allowed) return
    const outside = beyondEdge + closesBeyond(window, parallel, slope, side === 1 ? -1 : 1, allowed - beyondEdge)
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

/** Closes above (side 1) or below (side -1) a line; counting stops once there are more than `enough`. */
function closesBeyond(window: ChannelWindow, edge: number, slope: number, side: 1 | -1, enough: number): number {
  const { logClose, from, bars } = window
  const base = side * edge + ON_THE_LINE
  const rise = side * slope
  let beyond = 0
  for (let k = 0; k < bars; k++) {
    if (side * (logClose[from + k] as number) > base + rise * k && ++beyond > enough) break
  }
  return beyond
}
