import type { WeightedPivots } from './levelDensity.ts'
import type { Pivot } from './pivots.ts'

/** The pivots that are clustered into levels, kept lowest price first. */
export interface PivotQueue {
  /** The most pivots there can be at once. */
  readonly most: number
  /** Takes a pivot; they come in order of their bars. */
  readonly add: (pivot: Pivot) => void
  /** Forgets the pivots before a bar; true where there was one. */
  readonly dropBefore: (bar: number) => boolean
  /** The pivots with their weight at bar `i`; the same columns at every call. */
  readonly weighted: (i: number) => WeightedPivots
  /** Which kinds stand in the entries `from` (included) to `to` (left out). */
  readonly kindOf: (from: number, to: number) => Pivot['kind'] | 'both'
}

/**
 * Pivots of the last `window` bars in order of price, each weighing half as much after `halfLife` bars.
 * @param window - bars a pivot stays; the caller drops them with `dropBefore`
 * @param halfLife - bars
 * @returns an empty queue; adding and dropping cost O(pivots held), which the window bounds
 * @example pivotQueue(360, 180).most // 720
 */
export function pivotQueue(window: number, halfLife: number): PivotQueue {
  const most = 2 * window
  const logPrice = new Float64Array(most)
  const weight = new Float64Array(most)
  const bars = new Float64Array(most)
  const isHigh = new Uint8Array(most)
  const weightOfAge = Float64Array.from({ length: window + 1 }, (_, age) => 2 ** (-age / halfLife))
  let count = 0
  let oldest = Infinity

  const add = ({ kind, bar, value }: Pivot): void => {
    const price = Math.log(value)
    let slot = count++
    for (; slot > 0 && (logPrice[slot - 1] as number) > price; slot--) move(slot - 1, slot)
    logPrice[slot] = price
    bars[slot] = bar
    isHigh[slot] = kind === 'high' ? 1 : 0
    oldest = Math.min(oldest, bar)
  }

  const move = (from: number, to: number): void => {
    logPrice[to] = logPrice[from] as number
    bars[to] = bars[from] as number
    isHigh[to] = isHigh[from] as number
  }

  const dropBefore = (bar: number): boolean => {
    if (oldest >= bar) return false
    let kept = 0
    oldest = Infinity
    for (let slot = 0; slot < count; slot++) {
      if ((bars[slot] as number) < bar) continue
      oldest = Math.min(oldest, bars[slot] as number)
      if (kept !== slot) move(slot, kept)
      kept++
    }
    count = kept
    return true
  }

  const weighted = (i: number): WeightedPivots => {
    for (let slot = 0; slot < count; slot++) weight[slot] = weightOfAge[i - (bars[slot] as number)] as number
    return { count, logPrice, weight }
  }

  const kindOf = (from: number, to: number): Pivot['kind'] | 'both' => {
    let highs = 0
    for (let slot = from; slot < to; slot++) highs += isHigh[slot] as number
    return highs === 0 ? 'low' : highs === to - from ? 'high' : 'both'
  }

  return { most, add, dropBefore, weighted, kindOf }
}
