import { LiquidationBook, type MapModel, type MapTape } from './liquidationBook.ts'
import type { LiquidationMap } from './liquidationMap.ts'
import { BIN_WIDTH } from './logBins.ts'

/**
 * The map at the end of a stretch of buckets, of positions that were opened in it: older ones are not on it, nor do their bins count
 * when the price crosses them.
 * @param tape - of one instrument
 * @param model - what is assumed of its positions
 * @param from - first bucket; the change into it counts where the bucket before has open interest
 * @param to - the bucket after the last
 * @param width - of bins, in natural logarithms
 * @returns bins that hold all levels; empty ones where nothing was opened
 * @throws {BadMixError} the mix has a tier without a liquidation price, or does not sum to 1
 * @example estimateMap(tape, { contract: 'linear' }, 0, 2016).longUsd // dollars per bin
 */
export function estimateMap(
  tape: MapTape,
  model: MapModel,
  from: number,
  to: number,
  width = BIN_WIDTH,
): LiquidationMap {
  const book = new LiquidationBook(tape, model, { from, to, width })
  book.advance(from, to)
  return book.map()
}
