/**
 * Spearman's rank correlation: Pearson's correlation of the ranks, equal values sharing the mean of their ranks.
 * @param a - values without gaps
 * @param b - as many
 * @returns -1 to 1; NaN for fewer than two pairs or where one side is all equal
 * @see Spearman 1904
 * @example rankCorrelation([1, 2, 3], [10, 30, 20]) // 0.5
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [ranksA, ranksB] = [ranks(a), ranks(b)]
  const middle = (a.length + 1) / 2
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < ranksA.length; i++) {
    const [x, y] = [(ranksA[i] as number) - middle, (ranksB[i] as number) - middle]
    ab += x * y
    aa += x * x
    bb += y * y
  }
  return aa === 0 || bb === 0 ? NaN : ab / Math.sqrt(aa * bb)
}

/** Ranks from 1, the smallest first. */
function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (_, i) => i).toSorted((i, k) => (values[i] as number) - (values[k] as number))
  const out = new Float64Array(order.length)
  for (let from = 0; from < order.length;) {
    let to = from + 1
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to++
    for (let at = from; at < to; at++) out[order[at] as number] = (from + to + 1) / 2
    from = to
  }
  return out
}
