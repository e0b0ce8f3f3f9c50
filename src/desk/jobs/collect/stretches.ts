/** A stretch of time in ms, `from` included and `to` left out. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/**
 * Stretches that overlap or touch, joined; in order of time, empty ones left out.
 * @example joined([{ from: 5, to: 9 }, { from: 0, to: 5 }]) // [{ from: 0, to: 9 }]
 */
export function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const found: Stretch[] = []
  for (const each of stretches.filter(({ from, to }) => from < to).toSorted((a, b) => a.from - b.from)) {
    const last = found.at(-1)
    if (last === undefined || each.from > last.to) found.push(each)
    else found[found.length - 1] = { from: last.from, to: Math.max(last.to, each.to) }
  }
  return found
}

/**
 * What is left of a stretch when others are taken out of it.
 * @example without({ from: 0, to: 10 }, [{ from: 2, to: 4 }]) // [{ from: 0, to: 2 }, { from: 4, to: 10 }]
 */
export function without(whole: Stretch, taken: readonly Stretch[]): readonly Stretch[] {
  const left: Stretch[] = []
  let from = whole.from
  for (const each of joined(taken)) {
    if (each.to <= from || each.from >= whole.to) continue
    if (each.from > from) left.push({ from, to: each.from })
    from = Math.max(from, each.to)
  }
  if (from < whole.to) left.push({ from, to: whole.to })
  return left
}
