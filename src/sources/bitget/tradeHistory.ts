import { DAY_MS, SECOND_MS } from '../../core/instant.ts'
import { byCursor } from '../byCursor.ts'
import { windows } from '../forward.ts'
import type { HistoryDoor } from '../source.ts'
import { askList, RefusedAnswerError } from './askData.ts'
import { symbolOf } from './families.ts'
import { inDepth } from './inDepth.ts'
import { mapPastTrades } from './mapTrades.ts'
import { fieldOf, inside, oldestOf } from './pageRows.ts'
import { startOfSecond } from './tradeTime.ts'

const TRADES = {
  spot: { path: '/api/v2/spot/market/fills-history', budget: 'spotTrades', depthMs: 30 * DAY_MS },
  // One copy of the documents says 90 days, others 7.
  perp: { path: '/api/v2/mix/market/fills-history', budget: 'perpTrades', depthMs: 7 * DAY_MS },
} as const
const TRADES_PAGE = 1000
/** One question may cover 7 days, and the seconds around the stretch are asked for too. */
const TRADES_WINDOW_MS = 6 * DAY_MS

/** Trades, newest first, by time and by the id that the page before ended with. */
export function tradeHistory(market: 'spot' | 'perp'): HistoryDoor {
  const { path, budget, depthMs } = TRADES[market]
  return {
    kind: 'trade',
    market,
    covers: () => true,
    depthMs,
    delayMs: 5_000,
    fetch: (io, _, past) =>
      inDepth(io, past, depthMs, (part) =>
        windows(part, TRADES_WINDOW_MS, (start, end) => {
          // The venue cuts times to the second, so whole seconds are asked for, and one more in case a bound is outside.
          const [from, to] = [startOfSecond(start), startOfSecond(end + SECOND_MS - 1)]
          const times = { startTime: from - SECOND_MS, endTime: to }
          return byCursor<string | undefined>({ from, to }, undefined, async (idLessThan) => {
            const query = { ...symbolOf(past.instrument), ...times, limit: TRADES_PAGE, idLessThan }
            const list = await askList(io, { address: 'rest', path, query, budget, weight: 1 })
            const mapped = inside(mapPastTrades(list, past.instrument), { from, to })
            return { ...mapped, first: oldestOf(path, list, 'ts'), next: leastId(path, list, idLessThan) }
          })
        }),
      ),
  }
}

/**
 * The least id of a page, which is below the one asked for; ids have more digits than a number holds. Only an empty page is the
 * last: this venue was seen to cap pages below what is asked for without a word.
 */
function leastId(path: string, list: readonly unknown[], idLessThan: string | undefined): string | undefined {
  if (list.length === 0) return undefined
  const texts = list.map((row) => String(fieldOf(row, 'tradeId'))).filter((id) => /^\d+$/.test(id))
  const [first, ...rest] = texts.map(BigInt)
  const least = rest.reduce((least, id) => (id < least ? id : least), first ?? 0n)
  if (first === undefined || (idLessThan !== undefined && least >= BigInt(idLessThan))) {
    throw new RefusedAnswerError(path, list)
  }
  return String(least)
}
