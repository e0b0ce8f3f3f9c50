import { gaps, type Grid } from '../../core/candles.ts'
import { DAY_MS } from '../../core/instant.ts'

/** Trades that are larger than all but so many of the last days are large. */
const LARGE = { share: 0.01, days: 7 } as const
/** Of those days so much must be known. */
const LEAST_KNOWN = 0.9

/** The trades of one instrument by bar and class of size, in order of the bars, and the bars of which all trades are known. */
export interface SizedTrades {
  readonly open: Float64Array
  readonly size: Float64Array
  readonly count: Float64Array
  /** Quote value. */
  readonly value: Float64Array
  /** Opens of the bars that are known, in order. */
  readonly known: readonly number[]
}

/** What was traded on a grid, in the quote: all of it, and that in large trades. */
export interface LargeTradeColumns {
  readonly large: Float64Array
  readonly all: Float64Array
}

/**
 * The value of large trades: of each instrument those in a higher class of size than the 99th percentile of its own trades in the seven
 * days up to the end of the bar. Instruments are judged each by itself, since one venue tells fills and another what one order took.
 * @returns columns on the grid; an instrument is left out of a bar that is not known, or of whose seven days less than nine tenths are; a
 * gap where no instrument is left
 * @example largeTrades([binance, okx], grid).large.at(-1) // 4.1e8
 */
export function largeTrades(instruments: readonly SizedTrades[], grid: Grid): LargeTradeColumns {
  const [large, all] = [gaps(grid.length), gaps(grid.length)]
  for (const each of instruments) {
    for (const [open, sums] of sumsByBar(each, grid.step)) {
      const i = (open - grid.start) / grid.step
      if (i < 0 || i >= grid.length) continue
      large[i] = (Number.isNaN(large[i]) ? 0 : (large[i] as number)) + sums.large
      all[i] = (Number.isNaN(all[i]) ? 0 : (all[i] as number)) + sums.all
    }
  }
  return { large, all }
}

interface Sums {
  readonly large: number
  readonly all: number
}

/** The sums of every bar of an instrument that counts. The window moves over the bars, so each row comes in and goes out once. */
function sumsByBar(trades: SizedTrades, stepMs: number): ReadonlyMap<number, Sums> {
  const bars = Math.max(1, Math.floor((LARGE.days * DAY_MS) / stepMs))
  const window = new SizeCounts()
  const sums = new Map<number, Sums>()
  let [from, to, firstKnown] = [0, 0, 0]
  for (const [k, open] of trades.known.entries()) {
    const begin = open - (bars - 1) * stepMs
    while ((trades.known[firstKnown] as number) < begin) firstKnown++
    const first = to
    for (; to < trades.open.length && (trades.open[to] as number) <= open; to++) window.add(trades, to, 1)
    for (; from < to && (trades.open[from] as number) < begin; from++) window.add(trades, from, -1)
    if (k - firstKnown + 1 < LEAST_KNOWN * bars) continue
    const limit = window.percentile(1 - LARGE.share)
    let [large, all] = [0, 0]
    for (let row = first; row < to; row++) {
      if (trades.open[row] !== open) continue
      all += trades.value[row] as number
      if ((trades.size[row] as number) > limit) large += trades.value[row] as number
    }
    sums.set(open, { large, all })
  }
  return sums
}

/** How many trades there are of each class of size. */
class SizeCounts {
  readonly #counts = new Map<number, number>()
  #total = 0

  add({ size, count }: SizedTrades, row: number, sign: 1 | -1): void {
    const [of, many] = [size[row] as number, sign * (count[row] as number)]
    this.#counts.set(of, (this.#counts.get(of) ?? 0) + many)
    this.#total += many
  }

  /** The class in which a share of all trades is reached; Infinity where there are none. */
  percentile(share: number): number {
    let sum = 0
    for (const [size, count] of [...this.#counts].toSorted(([a], [b]) => a - b)) {
      sum += count
      if (sum > 0 && sum >= share * this.#total) return size
    }
    return Infinity
  }
}
