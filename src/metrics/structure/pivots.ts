/** Which extreme a pivot is. */
export type PivotKind = 'low' | 'high'

/** A pivot in bar indices. */
export interface Pivot {
  readonly kind: PivotKind
  readonly bar: number
  /** The bar at whose close it is known: `right` bars after `bar`. */
  readonly knownBar: number
  readonly value: number
}

/**
 * Pivot lows and highs, one value at a time. A pivot low (high) is strictly below (above) the `left` values before it and
 * the `right` values after it, so it is known only `right` bars later.
 * @param left - values before it that it must beat, 1 or more
 * @param right - values after it that it must beat, 1 or more
 * @returns a function to be fed every value in order of time: it tells what the value fed `right` calls earlier is now known to
 * be, `undefined` for neither. Equal values are no pivot; a gap (NaN) is none and lets no value beside it be one. Fewer than
 * `left` values before: none.
 * @see methods: structure, pivot
 * @example [3, 2, 1, 2, 3].map(pivotFinder(2, 2)) // [undefined, undefined, undefined, undefined, 'low']
 */
export function pivotFinder(left: number, right: number): (value: number) => PivotKind | undefined {
  const span = left + right + 1
  // Every value is kept twice, `span` apart, so that the latest `span` values always lie side by side.
  const values = new Float64Array(2 * span).fill(NaN)
  let slot = 0
  return (value) => {
    values[slot] = value
    values[slot + span] = value
    slot = slot + 1 === span ? 0 : slot + 1
    const centre = slot + left
    const candidate = values[centre] as number
    // The nearest neighbours rule out almost every candidate.
    const next = values[centre + 1] as number
    if (candidate < next) return isLow(values, slot, centre, slot + span) ? 'low' : undefined
    if (candidate > next) return isHigh(values, slot, centre, slot + span) ? 'high' : undefined
    return undefined
  }
}

/**
 * All pivots of a column, in the order in which they become known.
 * @param values - any unit, on a grid, oldest first; NaN is a gap
 * @param left - values before it that it must beat; 5 unless said
 * @param right - values after it that it must beat; 5 unless said
 * @returns pivots with the bar they stand on and the bar that makes them known; none for fewer than left + right + 1 values
 * @see pivotFinder - the definition
 * @example pivots([3, 2, 1, 2, 3], 2, 2) // [{ kind: 'low', bar: 2, knownBar: 4, value: 1 }]
 */
export function pivots(values: ArrayLike<number>, left = 5, right = 5): readonly Pivot[] {
  const find = pivotFinder(left, right)
  const found: Pivot[] = []
  for (let i = 0; i < values.length; i++) {
    const kind = find(values[i] as number)
    if (kind === undefined) continue
    found.push({ kind, bar: i - right, knownBar: i, value: values[i - right] as number })
  }
  return found
}

function isLow(values: Float64Array, from: number, centre: number, to: number): boolean {
  const candidate = values[centre] as number
  for (let i = centre - 1; i >= from; i--) if (!(candidate < (values[i] as number))) return false
  for (let i = centre + 2; i < to; i++) if (!(candidate < (values[i] as number))) return false
  return true
}

function isHigh(values: Float64Array, from: number, centre: number, to: number): boolean {
  const candidate = values[centre] as number
  for (let i = centre - 1; i >= from; i--) if (!(candidate > (values[i] as number))) return false
  for (let i = centre + 2; i < to; i++) if (!(candidate > (values[i] as number))) return false
  return true
}
