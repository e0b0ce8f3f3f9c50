import { DAY_MS } from '../../core/instant.ts'
import { byCursor } from '../byCursor.ts'
import type { HistoryDoor } from '../source.ts'
import { askList } from './askData.ts'
import { symbolOf } from './families.ts'
import { inDepth } from './inDepth.ts'
import { mapCandles } from './mapCandles.ts'
import { inside, oldestOf } from './pageRows.ts'

/** One bar has a name of its own at every door. */
const CANDLES = {
  spot: { path: '/api/v2/spot/market/history-candles', budget: 'spotCandles', names: { '1m': '1min', '1h': '1h' } },
  perp: { path: '/api/v2/mix/market/history-candles', budget: 'perpCandles', names: { '1m': '1m', '1h': '1H' } },
} as const
const CANDLES_PAGE = 200
/** How far back candles were seen to come; nothing older was asked for. */
const CANDLES_DEPTH_MS = { '1m': 365 * DAY_MS, '1h': 730 * DAY_MS } as const

/** The door knows no beginning: it gives the newest bars that open before an end. */
export function candleHistory(market: 'spot' | 'perp', interval: '1m' | '1h'): HistoryDoor {
  const { path, budget, names } = CANDLES[market]
  const depthMs = CANDLES_DEPTH_MS[interval]
  return {
    kind: 'candle',
    market,
    interval,
    covers: () => true,
    depthMs,
    delayMs: 5_000,
    fetch: (io, _, past) =>
      inDepth(io, past, depthMs, (part) =>
        byCursor<number>(part, part.to, async (endTime) => {
          const query = { ...symbolOf(past.instrument), granularity: names[interval], endTime, limit: CANDLES_PAGE }
          const list = await askList(io, { address: 'rest', path, query, budget, weight: 1 })
          const mapped = inside(mapCandles(list, past.instrument, interval, io.now()), part)
          const first = oldestOf(path, list, '0')
          return { ...mapped, first, next: first }
        }),
      ),
  }
}
