import type { Position } from './position.ts'

const NONE: readonly Position[] = []

/**
 * The open positions, with the prices at which something happens to each in columns beside them: they are looked through every
 * minute that the price reaches one.
 */
export class OpenPositions {
  readonly all: Position[] = []
  #low = new Float64Array(1024)
  #high = new Float64Array(1024)
  /** Nothing happens to any between the two; they may be nearer than need be, never farther. */
  #floor = 0
  #ceiling = Infinity

  add(position: Position): void {
    position.place = this.all.push(position) - 1
    if (position.place === this.#low.length) {
      this.#low = doubled(this.#low)
      this.#high = doubled(this.#high)
    }
    this.changed(position)
  }

  /** Takes one out; its place is -1 from then on. */
  remove(position: Position): void {
    const last = this.all.pop() as Position
    if (last !== position) {
      this.all[position.place] = last
      last.place = position.place
      this.changed(last)
    }
    position.place = -1
  }

  /** The prices of one are no longer what they were. */
  changed({ place, low, high }: Position): void {
    this.#low[place] = low
    this.#high[place] = high
    this.#floor = Math.max(this.#floor, low)
    this.#ceiling = Math.min(this.#ceiling, high)
  }

  /** Those to whom something happens at a price. Each must then be taken out, or be said to have changed. */
  reached(price: number): readonly Position[] {
    if (price > this.#floor && price < this.#ceiling) return NONE
    const found: Position[] = []
    let [floor, ceiling] = [0, Infinity]
    for (let place = 0; place < this.all.length; place++) {
      const low = this.#low[place] as number
      const high = this.#high[place] as number
      if (price <= low || price >= high) {
        found.push(this.all[place] as Position)
        continue
      }
      if (low > floor) floor = low
      if (high < ceiling) ceiling = high
    }
    this.#floor = floor
    this.#ceiling = ceiling
    return found
  }
}

function doubled(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const out = new Float64Array(2 * column.length)
  out.set(column)
  return out
}
