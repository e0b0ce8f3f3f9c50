import { DAY_MS, MINUTE_MS } from '../../core/instant.ts'
import { byCursor } from '../byCursor.ts'
import type { HistoryDoor } from '../source.ts'
import { askData, RefusedAnswerError } from './askData.ts'
import { mapLiquidations } from './mapLiquidations.ts'
import { inside, newestOf } from './pageRows.ts'
import * as wire from './wire.ts'

const LIQUIDATIONS_DEPTH_MS = 3 * DAY_MS
const LIQUIDATIONS_PAGE = 100

/** They come late and perhaps not all: what comes is kept, and nothing is said to be complete. */
export const liquidationHistory: HistoryDoor = {
  kind: 'liquidation',
  market: 'perp',
  covers: ({ contract }) => contract === 'linear',
  depthMs: LIQUIDATIONS_DEPTH_MS,
  delayMs: 10 * MINUTE_MS,
  fetch: async function* (io, context, past) {
    yield* byCursor<string | undefined>(past, undefined, async (cursor) => {
      const names = { category: 'USDT-FUTURES', symbol: past.instrument.instrument }
      const query = { ...names, limit: LIQUIDATIONS_PAGE, cursor }
      const request = { address: 'rest', path: '/api/v3/market/liquidations', query }
      const data = await askData(io, { ...request, budget: 'liquidations', weight: 1 })
      const { data: page } = wire.liquidationPage.safeParse(data)
      if (page === undefined) throw new RefusedAnswerError(request.path, data)
      const mapped = inside(mapLiquidations(page.list, context), past)
      const isLast = page.list.length === 0 || page.cursor === undefined || page.cursor === ''
      return { ...mapped, first: newestOf(page.list, 'ts'), next: isLast ? undefined : (page.cursor ?? undefined) }
    })
    return { from: past.to, why: 'the venue serves liquidations late, and does not say whether it serves all' }
  },
}
