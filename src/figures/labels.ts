/** A label that wants to stand at `y` (its middle) and needs `height`. */
export interface WantedLabel {
  readonly y: number
  readonly height: number
  /** How hard it is to move; a label of weight 100 hardly moves for one of weight 1. */
  readonly weight: number
}

/**
 * Places labels of one column so that none overlaps another and each stands as near as it can to where it wants to be
 * (least weighted squares, by pooling neighbours that collide). Labels keep the order of their wishes.
 * @param wanted - any order
 * @param top - upper edge of the column
 * @param bottom - lower edge of the column; where the labels need more room than there is, they run over it
 * @returns the middle of each label, in the order given
 * @example spreadLabels([{ y: 10, height: 12, weight: 1 }, { y: 10, height: 12, weight: 1 }], 0, 100) // [6, 18]
 */
export function spreadLabels(wanted: readonly WantedLabel[], top: number, bottom: number): readonly number[] {
  const order = wanted.map((label, i) => ({ ...label, i })).sort((a, b) => a.y - b.y || a.i - b.i)
  const offsets = order.map(() => 0)
  for (let k = 1; k < order.length; k++) {
    const room = ((order[k - 1]?.height ?? 0) + (order[k]?.height ?? 0)) / 2
    offsets[k] = (offsets[k - 1] ?? 0) + room
  }
  const lowest = top + (order[0]?.height ?? 0) / 2
  const highest = bottom - (offsets.at(-1) ?? 0) - (order.at(-1)?.height ?? 0) / 2
  const places = wanted.map(() => 0)
  pool(order.map((label, k) => ({ y: label.y - (offsets[k] ?? 0), weight: label.weight }))).forEach((level, k) => {
    const i = order[k]?.i ?? 0
    places[i] = Math.max(lowest, Math.min(highest, level)) + (offsets[k] ?? 0)
  })
  return places
}

/** Non-decreasing levels nearest to `points` in weighted least squares (pool adjacent violators). */
function pool(points: readonly { readonly y: number; readonly weight: number }[]): readonly number[] {
  const blocks: { sum: number; weight: number; count: number }[] = []
  for (const point of points) {
    let block = { sum: point.y * point.weight, weight: point.weight, count: 1 }
    for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
      if (last.sum / last.weight <= block.sum / block.weight) break
      blocks.pop()
      block = { sum: last.sum + block.sum, weight: last.weight + block.weight, count: last.count + block.count }
    }
    blocks.push(block)
  }
  return blocks.flatMap((block) => Array.from({ length: block.count }, () => block.sum / block.weight))
}
