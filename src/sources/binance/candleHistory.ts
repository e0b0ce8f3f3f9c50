import { intervalMs, type Interval } from '../../core/interval.ts'
import { forward } from '../forward.ts'
import type { HistoryDoor, Past, VenueIo } from '../source.ts'
import { door, listIn, type Pages } from './door.ts'
import { mapKlines } from './mapCandles.ts'

const KLINES = { spot: '/api/v3/klines', perp: '/fapi/v1/klines' } as const
const KLINES_PAGE = 1000

/** What a page of candles costs: on futures it depends on the limit asked for. */
function klinesWeight(market: 'spot' | 'perp', limit: number): number {
  if (market === 'spot') return 2
  return limit < 100 ? 1 : limit < 500 ? 2 : 5
}

/** Candles, to the listing. */
export function klines(market: 'spot' | 'perp', interval: Interval): HistoryDoor {
  const read = (io: VenueIo, past: Past): Pages =>
    forward(past, KLINES_PAGE, async (from, to) => {
      const limit = Math.min(KLINES_PAGE, Math.ceil((to - from) / intervalMs(interval)))
      // Before the question: a bar that closes while the answer is on its way stands there as it was when it was open.
      const now = io.now()
      const { instrument } = past
      const query = { symbol: instrument.instrument, interval, startTime: from, endTime: to - 1, limit }
      const weight = klinesWeight(market, limit)
      const rows = listIn(await io.ask({ address: market, path: KLINES[market], query, budget: market, weight }))
      const last = Number((rows.at(-1) as readonly unknown[] | null | undefined)?.[0])
      return { ...mapKlines(rows, instrument, interval, now), count: rows.length, last }
    })
  return door({ kind: 'candle', market, interval, depthMs: Infinity, delayMs: 5_000, read })
}
