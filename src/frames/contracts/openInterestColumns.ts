import { sidedBounds } from '../../conventions/comparable.ts'
import { gaps, type Grid } from '../../core/candles.ts'
import type { OpenInterest } from '../../records/openInterest.ts'

/** Buckets by which the last row of an instrument may be behind and still stand for it. */
export const MOST_BEHIND = 2

/** One-sided open interest of an asset on a grid: sums over instruments, and how much of what is known of is in them. */
export interface OpenInterestColumns {
  /** Coins; a number of unknown sides as published, which is the most that it can be. */
  readonly coins: Float64Array
  /** Coins; of a number of unknown sides half, which is the least that it can be. */
  readonly least: Float64Array
  /** Coins as the venues count them: of a venue that counts both sides twice `coins`. */
  readonly published: Float64Array
  /**
   * Coins as if the instruments had never changed: it begins at `coins`, and from bar to bar moves as those do that are in both. An
   * instrument that comes or goes does not move it. It begins again where two bars have none in common.
   */
  readonly likeForLike: Float64Array
  /** Counts how often `likeForLike` has begun again: bars of two counts cannot be compared. */
  readonly chain: Float64Array
  /**
   * Price of a coin in the quote unit: mean over the instruments that give a value in the bar, by their coins; over those whose value is
   * carried where none does, and a gap where there are none of these either.
   */
  readonly price: Float64Array
  /** `coins` and `least` in the quote unit at `price`, those too of instruments that give no value. */
  readonly usd: Float64Array
  readonly usdLeast: Float64Array
  /** Instruments in the sum. */
  readonly parts: Float64Array
  /** Share of the instruments known of by then that are in the sum, 0 to 1. */
  readonly coverage: Float64Array
  /** Share of `coins` that is carried on from an earlier bucket, 0 to 1. */
  readonly carried: Float64Array
}

/** One series of an instrument, oldest first. */
export interface InterestSeries {
  /** What a row is of in ms: 0 for a reading at its instant, a day for a daily mean or a vendor's daily sum. */
  readonly spanMs: number
  readonly rows: readonly Pick<OpenInterest, 'at' | 'sides' | 'coins' | 'quoteValue'>[]
}
type Row = InterestSeries['rows'][number]

/**
 * Sums open interest over instruments, bucket by bucket: of every instrument its last value, carried for two buckets at most. An
 * instrument that is further behind is left out of the bucket, and lowers its coverage: it does not fall to nothing.
 * @param instruments - of each the series held of it, the one to be preferred first; a bucket takes the first that has a value in it,
 *   and only then one that is carried
 * @param grid - where the sums are wanted
 * @returns columns on the grid; gaps where no instrument has a value
 * @example openInterestColumns([[binance], [bybit]], grid).coins.at(-1) // 2_340_000
 */
export function openInterestColumns(
  instruments: readonly (readonly InterestSeries[])[],
  grid: Grid,
): OpenInterestColumns {
  const { length } = grid
  const [coins, least, published] = [gaps(length), gaps(length), gaps(length)]
  const [parts, known, old] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)]
  const standing = instruments.map((series) => lastRows(series, grid))
  for (const { rows, begun, own } of standing) {
    for (let i = 0; i < length; i++) {
      const row = rows[i]
      if (begun[i] === 1) known[i] = (known[i] as number) + 1
      if (row === undefined) continue
      const [low, high] = sidedBounds(row.sides)
      parts[i] = (parts[i] as number) + 1
      coins[i] = added(coins[i], row.coins * high)
      least[i] = added(least[i], row.coins * low)
      if (own[i] === 0) old[i] = (old[i] as number) + row.coins * high
      published[i] = added(published[i], row.coins * (row.sides === 'two' ? 2 : 1))
    }
  }
  const price = meanPrices(standing, length)
  return {
    coins,
    least,
    published,
    ...chained(
      standing.map(({ rows }) => rows),
      coins,
    ),
    price,
    usd: coins.map((count, i) => count * (price[i] as number)),
    usdLeast: least.map((count, i) => count * (price[i] as number)),
    parts,
    coverage: parts.map((count, i) => count / (known[i] as number)),
    carried: old.map((count, i) => count / (coins[i] as number)),
  }
}

/** Prices that instruments valued their coins at; one that is carried is of another time. */
function meanPrices(standing: readonly LastRows[], length: number): Float64Array {
  const meanOf = (bar: number, isOwn: 0 | 1): number => {
    let [coins, value] = [0, 0]
    for (const { rows, own } of standing) {
      const row = rows[bar]
      if (row?.quoteValue === undefined || own[bar] !== isOwn) continue
      coins += row.coins
      value += row.quoteValue
    }
    return value / coins
  }
  return gaps(length).map((_, i) => {
    const price = meanOf(i, 1)
    return Number.isNaN(price) ? meanOf(i, 0) : price
  })
}

/** Each bar differs from the last one before it by what the instruments that are in both did. */
function chained(
  instruments: readonly LastRows['rows'][],
  coins: Float64Array,
): Pick<OpenInterestColumns, 'likeForLike' | 'chain'> {
  const [likeForLike, chain] = [gaps(coins.length), gaps(coins.length)]
  let [before, begun] = [-1, 0]
  for (let i = 0; i < coins.length; i++) {
    if (Number.isNaN(coins[i])) continue
    let [was, is] = [0, 0]
    for (const rows of instruments) {
      const [old, now] = [rows[before], rows[i]]
      if (old === undefined || now === undefined) continue
      was += old.coins
      is += now.coins
    }
    if (was > 0) likeForLike[i] = ((likeForLike[before] as number) * is) / was
    else {
      likeForLike[i] = coins[i] as number
      begun++
    }
    chain[i] = begun
    before = i
  }
  return { likeForLike, chain }
}

const added = (sum: number | undefined, value: number): number =>
  sum === undefined || Number.isNaN(sum) ? value : sum + value

interface LastRows {
  /** The row that stands for each bucket. */
  readonly rows: readonly (Row | undefined)[]
  /** 1 where that row is of the bucket itself, 0 where it is carried. */
  readonly own: Uint8Array
  /** 1 from the first bucket on in which the instrument had a value. */
  readonly begun: Uint8Array
}

function lastRows(series: readonly InterestSeries[], grid: Grid): LastRows {
  const held = series.map((each) => placed(each, grid))
  const own = new Uint8Array(grid.length)
  const first = held.reduce((least, { from }) => Math.min(least, from), Infinity)
  const begun = new Uint8Array(grid.length).fill(1, Math.min(Math.max(first, 0), grid.length))
  const rows = Array.from({ length: grid.length }, (_, i) => {
    const most = Math.max(0, ...held.map(({ carried }) => carried))
    for (let behind = 0; behind <= most; behind++) {
      for (const { byBucket, carried } of held) {
        const row = behind > carried ? undefined : byBucket.get(i - behind)
        if (row === undefined) continue
        own[i] = behind === 0 ? 1 : 0
        return row
      }
    }
    return undefined
  })
  return { rows, own, begun }
}

/** Rows by the bucket that shows them: what is of a longer stretch than a bucket stands where that stretch ends. */
function placed({ spanMs, rows }: InterestSeries, { start, step }: Grid) {
  const byBucket = new Map<number, Row>()
  const ends = spanMs > 0 ? spanMs - 1 : 0
  let from = Infinity
  for (const row of rows) {
    const bucket = Math.floor((row.at + ends - start) / step)
    byBucket.set(bucket, row)
    from = Math.min(from, bucket)
  }
  return { byBucket, from, carried: Math.ceil((MOST_BEHIND * Math.max(step, spanMs)) / step) }
}
