import { instant, SECOND_MS, type InstantMs } from '../../core/instant.ts'

/** From here the venue's ids count: 2015-07-01T04:45:20.677Z. */
const IDS_BEGIN_MS = 1_435_725_920_677n
/** Bits of an id behind its milliseconds. */
const BEHIND_MS = 22n

/**
 * When a trade was, the same whichever way it came. The socket gives milliseconds, the door of the past cuts them off; but the
 * id of a trade holds them. So they are taken from the id where it lies in the second that both ways give, and where it does
 * not, that second is all that both ways know.
 * @param tradeId - digits
 * @param ts - the time given, ms, cut to the second or not
 * @example tradeTime('1319896716324937729', 1750413820000) // 1750413820344
 */
export function tradeTime(tradeId: string, ts: number): InstantMs {
  const second = startOfSecond(ts)
  const inId = Number((BigInt(tradeId) >> BEHIND_MS) + IDS_BEGIN_MS)
  return instant(startOfSecond(inId) === second ? inId : second)
}

/** The whole second that holds an instant. */
export const startOfSecond = (at: number): InstantMs => instant(Math.floor(at / SECOND_MS) * SECOND_MS)
