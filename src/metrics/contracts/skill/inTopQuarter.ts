/**
 * How much of what happened lies in the quarter of the bins that a map shows the most in. The quarter is taken to the fraction of a
 * bin, and bins that the map shows equally much in share what is left of it equally: a map that says nothing gets a quarter.
 * @param map - what the map shows in each bin
 * @param happened - what happened in each of the same bins, not negative
 * @returns in the unit of `happened`; 0 for no bins
 * @example inTopQuarter([5, 1, 1, 1], [7, 1, 1, 1]) // 7
 * @example inTopQuarter([1, 1, 1, 1], [7, 1, 1, 1]) // 2.5
 */
export function inTopQuarter(map: ArrayLike<number>, happened: ArrayLike<number>): number {
  const order = Array.from(map, (_, i) => i).toSorted((i, k) => (map[k] as number) - (map[i] as number))
  let left = order.length / 4
  let sum = 0
  for (let from = 0; from < order.length && left > 0;) {
    let [to, among] = [from, 0]
    while (to < order.length && map[order[to] as number] === map[order[from] as number]) {
      among += happened[order[to++] as number] as number
    }
    const taken = Math.min(left, to - from)
    sum += (among * taken) / (to - from)
    left -= taken
    from = to
  }
  return sum
}
