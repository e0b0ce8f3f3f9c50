/** Pivots side by side, lowest first, as the density reads them. Only the first `count` entries of each column count. */
export interface WeightedPivots {
  readonly count: number
  /** Natural logarithm of each price, ascending. */
  readonly logPrice: Float64Array
  /** Weight of each, 1 for a fresh one. */
  readonly weight: Float64Array
}

/** A local maximum of the density. */
export interface Peak {
  /** Natural logarithm of its price. */
  readonly logPrice: number
  /** Density there, in fresh pivots that would stand exactly on it. */
  readonly density: number
  /** The pivots within one bandwidth of it: entries `from` (included) to `to` (left out). */
  readonly from: number
  readonly to: number
}

/** Cells of the grid per bandwidth, and positions within a cell that a pivot is rounded to. */
const CELLS = 4
const PHASES = 32
/** Bandwidths to which the kernel reaches. */
const REACH = 4
const HALF = REACH * CELLS
/** Cells of one kernel: a multiple of 4 that leaves room for a position within the cell. */
const WIDTH = 2 * HALF + 4
const KERNELS = kernels()

/**
 * Finds the local maxima of a Gaussian kernel density that have at least `least` pivots within one bandwidth.
 *
 * The kernel is the Gaussian up to 4 bandwidths, lowered there to meet 0 without a step. The density stands on a grid of a quarter of
 * a bandwidth, anchored at a pivot, each pivot rounded to 1/128 of a bandwidth; a maximum is refined by the parabola through its cell
 * and the two beside it. The grid is laid only where pivots are, so that its size is bounded by their number, not by the price range.
 * @param most - the largest number of pivots that will be given at once
 * @returns a function of pivots and a bandwidth (in log price): the maxima, lowest price first; none where the bandwidth is not positive
 * @see Silverman 1986, Density estimation
 * @example peakFinder(4, 2)({ count: 2, logPrice: Float64Array.of(0, 0.01), weight: Float64Array.of(1, 1) }, 0.01)[0].logPrice // 0.005
 */
export function peakFinder(
  most: number,
  least: number,
): (pivots: WeightedPivots, bandwidth: number) => readonly Peak[] {
  const density = new Float64Array(most * 2 * HALF + 2 * WIDTH)

  const peaksOfGroup = (pivots: WeightedPivots, first: number, end: number, bandwidth: number, found: Peak[]): void => {
    const origin = pivots.logPrice[first] as number
    const perCell = CELLS / bandwidth
    const cells = stamp(density, pivots, first, end, perCell)
    let from = first
    let to = first
    for (let cell = 1; cell < cells; cell++) {
      const before = density[cell - 1] as number
      const here = density[cell] as number
      const after = density[cell + 1] as number
      if (!(here > before && here >= after)) continue
      const shift = vertex(before, here, after)
      const logPrice = origin + (cell - HALF + shift) / perCell
      while (from < end && (pivots.logPrice[from] as number) < logPrice - bandwidth) from++
      if (to < from) to = from
      while (to < end && (pivots.logPrice[to] as number) <= logPrice + bandwidth) to++
      if (to - from >= least) found.push({ logPrice, density: here - 0.25 * (before - after) * shift, from, to })
    }
  }

  return (pivots, bandwidth) => {
    const found: Peak[] = []
    if (!(bandwidth > 0)) return found
    let first = 0
    for (let i = 1; i <= pivots.count; i++) {
      // Kernels further apart than twice their reach do not overlap: what lies between is empty.
      const gap = i === pivots.count ? Infinity : (pivots.logPrice[i] as number) - (pivots.logPrice[i - 1] as number)
      if (gap <= 2 * REACH * bandwidth) continue
      if (i - first >= least) peaksOfGroup(pivots, first, i, bandwidth, found)
      first = i
    }
    return found
  }
}

/** Lays the kernels of pivots `first` to `end` on the grid, whose cell `HALF` is the first pivot, and tells how many cells it has. */
function stamp(density: Float64Array, pivots: WeightedPivots, first: number, end: number, perCell: number): number {
  const origin = pivots.logPrice[first] as number
  const cells = Math.floor(((pivots.logPrice[end - 1] as number) - origin) * perCell) + WIDTH
  density.fill(0, 0, cells + 1)
  for (let i = first; i < end; i++) {
    const position = Math.round(((pivots.logPrice[i] as number) - origin) * perCell * PHASES)
    const cell = Math.floor(position / PHASES)
    addKernel(density, cell, (position - cell * PHASES) * WIDTH, pivots.weight[i] as number)
  }
  return cells
}

/** Four cells a turn, in a third less time: this is where most of the time of a clustering goes. */
function addKernel(density: Float64Array, cell: number, kernel: number, weight: number): void {
  for (const to = cell + WIDTH; cell < to; cell += 4, kernel += 4) {
    const a = (density[cell] as number) + weight * (KERNELS[kernel] as number)
    const b = (density[cell + 1] as number) + weight * (KERNELS[kernel + 1] as number)
    const c = (density[cell + 2] as number) + weight * (KERNELS[kernel + 2] as number)
    const d = (density[cell + 3] as number) + weight * (KERNELS[kernel + 3] as number)
    density[cell] = a
    density[cell + 1] = b
    density[cell + 2] = c
    density[cell + 3] = d
  }
}

/** Where the parabola through three neighbouring cells is highest, in cells from the middle one. */
const vertex = (before: number, here: number, after: number): number => {
  const curvature = before - 2 * here + after
  return curvature < 0 ? (0.5 * (before - after)) / curvature : 0
}

/** The kernel sampled at the cells around a pivot, once for each position of the pivot within its cell. */
function kernels(): Float64Array {
  const table = new Float64Array(PHASES * WIDTH)
  const edge = Math.exp(-0.5 * REACH * REACH)
  for (let phase = 0; phase < PHASES; phase++) {
    for (let j = 0; j < WIDTH; j++) {
      const distance = (j - HALF - phase / PHASES) / CELLS
      table[phase * WIDTH + j] = Math.max(0, Math.exp(-0.5 * distance * distance) - edge) / (1 - edge)
    }
  }
  return table
}
