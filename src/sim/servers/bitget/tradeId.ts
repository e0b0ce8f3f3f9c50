import type { SimTrade } from '../../market/live/book.ts'

/** The instant from which the milliseconds in an id count. */
const EPOCH = 1_435_725_920_677
const BITS = 22n
const MASK = (1 << 22) - 1

/**
 * The id of a trade, from socket and REST alike: 19 digits that hold its time, and a number within the millisecond. Ids
 * rise with time and are not consecutive; they are above what a double holds.
 * @example tradeId({ at: 1692073521588, seq: 241665 }) // '1075199767891652609'
 */
export const tradeId = ({ at, seq }: Pick<SimTrade, 'at' | 'seq'>): string =>
  String((BigInt(at - EPOCH) << BITS) | BigInt(seq & MASK))

/** Whether a trade comes before the one of an id, by time and then by number. */
export function isBeforeId(id: bigint): (trade: Pick<SimTrade, 'at' | 'seq'>) => boolean {
  const at = Number(id >> BITS) + EPOCH
  const rest = Number(id & BigInt(MASK))
  return (trade) => trade.at < at || (trade.at === at && (trade.seq & MASK) < rest)
}
