import { gaps, type Grid } from '../../core/candles.ts'

/** What takers did on the instruments of one market: bought and sold value in the quote, on a grid. */
export interface FlowColumns {
  readonly bought: Float64Array
  readonly sold: Float64Array
  /** Instruments with a value in the bar. */
  readonly parts: Float64Array
}

/** What takers did on one instrument, bars by their open in ms. */
export interface InstrumentFlow {
  readonly open: Float64Array
  readonly bought: Float64Array
  readonly sold: Float64Array
}

/**
 * Sums the flow of takers over instruments. An instrument without a value in a bar is not in that bar: the sum is of the others, and
 * `parts` says of how many.
 * @returns columns on the grid; a gap where no instrument has a value
 * @example flowColumns([binance, okx], grid).bought.at(-1) // 1.2e9
 */
export function flowColumns(flows: readonly InstrumentFlow[], grid: Grid): FlowColumns {
  const [bought, sold] = [gaps(grid.length), gaps(grid.length)]
  const parts = new Float64Array(grid.length)
  for (const flow of flows) {
    for (const [k, open] of flow.open.entries()) {
      const i = Math.floor((open - grid.start) / grid.step)
      const [buys, sells] = [flow.bought[k] as number, flow.sold[k] as number]
      if (i < 0 || i >= grid.length || Number.isNaN(buys + sells)) continue
      if (parts[i] === 0) [bought[i], sold[i]] = [0, 0]
      bought[i] = (bought[i] as number) + buys
      sold[i] = (sold[i] as number) + sells
      parts[i] = (parts[i] as number) + 1
    }
  }
  return { bought, sold, parts }
}
