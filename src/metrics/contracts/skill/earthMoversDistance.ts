/**
 * Earth mover's distance of two maps on the same bins: how far what one shows must be moved, on average, to give the other. Each is
 * normalised to a whole of 1 first.
 * @param a - what lies in each bin, not negative, in any unit
 * @param b - as many, in any unit
 * @param binWidth - of every bin
 * @returns in the unit of `binWidth`; NaN where one map is empty
 * @see Rubner, Tomasi and Guibas 1998; on a line it is the area between the two cumulative curves
 * @example earthMoversDistance([1, 0, 0], [0, 0, 2], 0.5) // 1
 */
export function earthMoversDistance(a: ArrayLike<number>, b: ArrayLike<number>, binWidth: number): number {
  const [wholeA, wholeB] = [whole(a), whole(b)]
  if (wholeA === 0 || wholeB === 0) return NaN
  let [ahead, moved] = [0, 0]
  for (let i = 0; i < a.length; i++) {
    ahead += (a[i] as number) / wholeA - (b[i] as number) / wholeB
    moved += Math.abs(ahead)
  }
  return moved * binWidth
}

function whole(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] as number
  return sum
}
