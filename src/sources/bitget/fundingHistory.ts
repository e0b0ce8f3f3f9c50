import { MINUTE_MS } from '../../core/instant.ts'
import { byCursor } from '../byCursor.ts'
import type { HistoryDoor } from '../source.ts'
import { askList } from './askData.ts'
import { symbolOf } from './families.ts'
import { mapFundingPaid } from './mapFunding.ts'
import { inside, oldestOf } from './pageRows.ts'

const FUNDING_PAGE = 100
const FUNDING_PAGES = 100

/** Pages have numbers, not times. A payment in between moves them on by one row: some come twice then, none is lost. */
export const fundingHistory: HistoryDoor = {
  kind: 'funding',
  market: 'perp',
  covers: () => true,
  depthMs: Infinity,
  delayMs: MINUTE_MS,
  fetch: (io, _, past) => {
    // The oldest row of a page waits for the next page, which tells for how long it was paid.
    let waiting: readonly unknown[] = []
    return byCursor(past, 1, async (pageNo) => {
      const query = { ...symbolOf(past.instrument), pageSize: FUNDING_PAGE, pageNo }
      const request = { address: 'rest', path: '/api/v2/mix/market/history-fund-rate', query }
      const list = await askList(io, { ...request, budget: 'fundingHistory', weight: 1 })
      const rows = [...waiting, ...list]
      const isLast = list.length < FUNDING_PAGE || pageNo === FUNDING_PAGES
      waiting = isLast ? [] : rows.slice(-1)
      const mapped = mapFundingPaid(isLast ? rows : rows.slice(0, -1), past.instrument, waiting[0])
      const cut = list.length === FUNDING_PAGE && isLast ? { cut: 'the venue serves the last 10,000 payments' } : {}
      const next = isLast ? undefined : pageNo + 1
      return { ...inside(mapped, past), first: oldestOf(request.path, list, 'fundingTime'), next, ...cut }
    })
  },
}
