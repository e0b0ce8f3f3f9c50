import { gaps } from '../core/candles.ts'
import type { Frame } from '../core/frame.ts'

/** What closes of an asset are called among a frame's quotes. */
const closesOf = (asset: string): string => `close(${asset})`

/**
 * Adds the closes of another frame's candles to a frame, bar by bar; where it has no grid of its own, those candles' grid becomes it.
 * @param asset - what they are called by
 * @param other - a frame with candles of the same interval
 * @returns the frame with the closes among its quotes, and the inputs of both
 * @example withCloses(frame, 'BTC', btc).quotes.get('close(BTC)') // Float64Array [84316, …]
 */
export function withCloses(frame: Frame, asset: string, other: Frame): Frame {
  const grid = frame.grid.length > 0 ? frame.grid : other.grid
  const ahead = (grid.start - other.grid.start) / grid.step
  const column = gaps(grid.length).map((_, i) => other.candles?.close[i + ahead] ?? NaN)
  const quotes = new Map([...frame.quotes, [closesOf(asset), column]])
  return { ...frame, grid, quotes, inputs: [...frame.inputs, ...other.inputs] }
}
