import { DAY_MS, HOUR_MS, instant, MINUTE_MS, plusMs } from '../../core/instant.ts'
import type { HistoryDoor, Mapped, Past, VenueIo, VenueRequest } from '../source.ts'
import { door, listIn, UnreadablePageError, type Pages } from './door.ts'
import { mapAggTrades } from './mapTrades.ts'

const TRADES = { spot: '/api/v3/aggTrades', perp: '/fapi/v1/aggTrades' } as const
const TRADES_PAGE = 1000
const TRADES_WEIGHT = { spot: 4, perp: 20 } as const
/** Longest stretch that one question by time may cover: on futures less than an hour. */
const TRADES_WINDOW_MS = { spot: Infinity, perp: HOUR_MS } as const
/** Futures serve 24 hours, and the oldest go while they are asked for. Spot names no limit; a day is what a repair needs. */
const TRADES_DEPTH_MS = DAY_MS - 10 * MINUTE_MS

/**
 * Trades by time up to the first one, then by its id: ids rise by one, so a quiet hour costs no question of its own. An id and
 * times in one question may time out, so they are never sent together.
 */
export function trades(market: 'spot' | 'perp'): HistoryDoor {
  async function* read(io: VenueIo, { instrument, from, to }: Past): Pages {
    const ask = async (query: VenueRequest['query']): Promise<TradePage> => {
      const all = { symbol: instrument.instrument, limit: TRADES_PAGE, ...query }
      const weight = TRADES_WEIGHT[market]
      const rows = listIn(await io.ask({ address: market, path: TRADES[market], query: all, budget: market, weight }))
      return tradePage(rows, mapAggTrades(rows, instrument), { from, to })
    }
    const begin = market === 'spot' ? from : instant(Math.min(to, Math.max(from, io.now() - TRADES_DEPTH_MS)))
    let next: number | undefined
    for (let start = begin; start < to && next === undefined; start = plusMs(start, TRADES_WINDOW_MS[market])) {
      const endTime = Math.min(to, start + TRADES_WINDOW_MS[market]) - 1
      const found = await ask({ startTime: start, endTime })
      yield found
      next = found.next
    }
    while (next !== undefined) {
      const found: TradePage = await ask({ fromId: next })
      yield found
      next = found.isLast ? undefined : found.next
    }
    return begin === from ? { from } : { from: begin, why: 'the venue serves trades of futures for 24 hours only' }
  }
  return door({ kind: 'trade', market, depthMs: TRADES_DEPTH_MS, delayMs: 1_000, read })
}

interface TradePage extends Mapped {
  /** Id after the last one; undefined where there is no trade. */
  readonly next: number | undefined
  /** True where no later page holds a trade of the stretch. */
  readonly isLast: boolean
}

function tradePage(rows: readonly unknown[], mapped: Mapped, { from, to }: Pick<Past, 'from' | 'to'>): TradePage {
  const last = mapped.rows.at(-1)?.row
  if (rows.length > 0 && last === undefined) throw new UnreadablePageError(rows)
  const inside = mapped.rows.filter(({ row }) => Number(row['at']) >= from && Number(row['at']) < to)
  const isLast = rows.length < TRADES_PAGE || Number(last?.['at']) >= to
  return { rows: inside, faults: mapped.faults, next: last && Number(last['tradeId']) + 1, isLast }
}
