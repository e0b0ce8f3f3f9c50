import { DAY_MS } from '../../core/instant.ts'
import { futuresSettlement, type FuturesSettlement } from '../../records/futuresSettlement.ts'
import { readDated } from '../../store/queries/readDated.ts'
import type { Desk } from '../desk.ts'
import { dayColumns } from './dayColumns.ts'
import { inputOf, nothing, spanOf, type GroupWish, type ReadGroup } from './group.ts'

/** Rates that fed funds futures imply, percent, a column for each month that they settle to: `rate_futures.202512`. */
export async function readRateFutures(desk: Desk, { asOf, stepMs }: GroupWish): Promise<ReadGroup> {
  if (stepMs !== DAY_MS) return nothing('settlements of fed funds futures: they are of days, ask with --interval 1d')
  const rows = (await readDated(desk.store, futuresSettlement, { asOf })) as unknown as readonly FuturesSettlement[]
  const [first] = rows
  if (first === undefined) return nothing('settlements of fed funds futures: assayer import settlements FILE')
  const days = [...new Set(rows.map(({ at }) => at as number))].toSorted((a, b) => a - b)
  return {
    span: spanOf([{ at: days, spanMs: DAY_MS }]),
    columns: (grid) =>
      dayColumns(
        rows.map(({ month, at, price }) => ({
          name: `rate_futures.${month.replace('-', '')}`,
          at,
          value: 100 - price,
        })),
        grid,
      ),
    inputs: [
      inputOf({
        kind: 'rate_futures',
        venue: first.venue,
        market: 'index',
        instrument: first.product,
        interval: '1d',
        simulated: false,
        at: days,
        spanMs: DAY_MS,
      }),
    ],
    conventions: [],
    missing: [],
  }
}
