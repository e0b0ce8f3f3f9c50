import type { Plot } from './plot.ts'

/** What is drawn at each bar, as a band of pixels; a line is a band of no height. NaN is a gap. */
export interface Obstacle {
  readonly upper: ArrayLike<number>
  readonly lower: ArrayLike<number>
}

/** A place for words: pixels from `x1` to `x2`, with its upper and lower edge at each x. */
export interface Spot {
  readonly x1: number
  readonly x2: number
  readonly top: (x: number) => number
  readonly bottom: (x: number) => number
}

/** A column drawn as a line, as an obstacle: at each bar it runs half the way to the values on either side. */
export function lineObstacle(values: Float64Array, y: (value: number) => number): Obstacle {
  const path = values.map((value) => (Number.isNaN(value) ? NaN : y(value)))
  const edge = (outer: (...ys: number[]) => number): Float64Array =>
    path.map((at, i) => {
      const halves = [path[i - 1], path[i + 1]].map((other) => (other === undefined ? NaN : (at + other) / 2))
      return outer(at, ...halves.filter((half) => !Number.isNaN(half)))
    })
  return { upper: edge(Math.min), lower: edge(Math.max) }
}

/** A straight line between two bars, as an obstacle. */
export function joinObstacle(
  plot: Plot,
  [bar1, bar2]: readonly [number, number],
  [y1, y2]: readonly [number, number],
): Obstacle {
  const along = (_: unknown, i: number): number =>
    i < bar1 || i > bar2 ? NaN : y1 + ((y2 - y1) * (i - bar1)) / Math.max(1, bar2 - bar1)
  const path = Float64Array.from({ length: plot.grid.length }, along)
  return { upper: path, lower: path }
}

/** A round thing, as an obstacle. */
export function discObstacle(plot: Plot, x: number, y: number, radius: number): Obstacle {
  const edge = (shift: number): Float64Array =>
    Float64Array.from({ length: plot.grid.length }, (_, i) => (Math.abs(plot.x(i) - x) > radius ? NaN : y + shift))
  return { upper: edge(-radius), lower: edge(radius) }
}

/**
 * How many bars run through a spot.
 * @returns 0 for a free spot
 */
export function crowding(plot: Plot, spot: Spot, obstacles: readonly Obstacle[]): number {
  const from = Math.max(0, Math.floor((spot.x1 - plot.left) / plot.step - 0.5))
  const to = Math.min(plot.grid.length - 1, Math.ceil((spot.x2 - plot.left) / plot.step - 0.5))
  let hits = 0
  for (const { upper, lower } of obstacles) {
    for (let i = from; i <= to; i++) {
      const x = plot.x(i)
      if ((upper[i] as number) <= spot.bottom(x) && (lower[i] as number) >= spot.top(x)) hits++
    }
  }
  return hits
}

/** The first of the candidates that the fewest bars run through; `undefined` for no candidates. */
export function clearest<T extends Spot>(
  plot: Plot,
  spots: readonly T[],
  obstacles: readonly Obstacle[],
): T | undefined {
  let best: T | undefined
  let fewest = Infinity
  for (const spot of spots) {
    const hits = crowding(plot, spot, obstacles)
    if (hits >= fewest) continue
    best = spot
    fewest = hits
  }
  return best
}
