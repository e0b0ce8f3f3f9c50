/** Which bins of a map are drawn as one, and where: middles ascending, each with the places of the bins in it. */
interface PooledBins {
  readonly price: Float64Array
  readonly groups: readonly (readonly number[])[]
}

/** Prices that are drawn, and how many bins at most. */
interface PoolWish {
  readonly low: number
  readonly high: number
  readonly most: number
}

/**
 * The bins between two prices, pooled with their neighbours until there are no more than wanted. Groups begin at the lowest bin, all of
 * one size; what is left over at the top is left out.
 * @param middles - of bins evenly spaced in ratio, ascending
 * @example pooledBins(Float64Array.of(1, 2, 4, 8), { low: 1, high: 8, most: 2 }).groups // [[0, 1], [2, 3]]
 */
export function pooledBins(middles: Float64Array, { low, high, most }: PoolWish): PooledBins {
  const inside = Array.from(middles, (_, i) => i).filter(
    (i) => (middles[i] as number) >= low && (middles[i] as number) <= high,
  )
  const size = Math.max(1, Math.ceil(inside.length / most))
  const groups: number[][] = []
  for (let i = 0; i + size <= inside.length; i += size) groups.push(inside.slice(i, i + size))
  const price = groups.map((group) =>
    Math.sqrt((middles[group[0] ?? 0] as number) * (middles[group.at(-1) ?? 0] as number)),
  )
  return { price: Float64Array.from(price), groups }
}

/**
 * The amounts of pooled bins.
 * @param amounts - one a bin; a gap adds nothing to its group, and a group of gaps is one
 */
export const pooledAmounts = (amounts: Float64Array, { groups }: PooledBins): Float64Array =>
  Float64Array.from(groups, (group) => sumOf(group.map((i) => amounts[i] ?? NaN)))

/** The columns of pooled bins, bar by bar. */
export const pooledColumns = (columns: readonly Float64Array[], { groups }: PooledBins): readonly Float64Array[] =>
  groups.map((group) => {
    const length = columns[group[0] ?? 0]?.length ?? 0
    return Float64Array.from({ length }, (_, bar) => sumOf(group.map((i) => columns[i]?.[bar] ?? NaN)))
  })

function sumOf(values: readonly number[]): number {
  const held = values.filter((value) => !Number.isNaN(value))
  return held.length === 0 ? NaN : held.reduce((sum, value) => sum + value, 0)
}
