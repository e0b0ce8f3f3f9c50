import { grouped } from '../../core/grouped.ts'
import { fundingColumns } from '../../frames/contracts/fundingColumns.ts'
import { funding, type Funding } from '../../records/funding.ts'
import { readLastPerBucket } from '../../store/queries/readLastPerBucket.ts'
import type { Desk } from '../desk.ts'
import { dollarPerps, inputOf, nothing, spanOf, type GroupWish, type ReadGroup } from './group.ts'
import { readOpenInterest } from './openInterest.ts'

/** Funding that was paid on an asset's perpetuals, instrument by instrument, weighed by open interest where that is held. */
export async function readFunding(desk: Desk, wish: GroupWish): Promise<ReadGroup> {
  const perps = dollarPerps(wish)
  const lacking = `funding of ${wish.asset}: assayer collect, or assayer import funding FILE --venue VENUE`
  if (perps.length === 0) return nothing(lacking)
  // An interval is at least an hour, so that no two payments of one instrument fall in one bucket.
  const rows = (await readLastPerBucket(desk.store, funding, {
    asOf: wish.asOf,
    stepMs: 3_600_000,
    where: {
      venue: [...new Set(perps.map(({ venue }) => venue))],
      instrument: [...new Set(perps.map(({ instrument }) => instrument))],
      state: ['paid'],
    },
  })) as unknown as readonly Funding[]
  const held = perps.map((is) => ({
    is,
    rows: rows.filter(
      ({ venue, instrument, at }) => venue === is.venue && instrument === is.instrument && at >= is.from && at < is.to,
    ),
  }))
  const some = held.filter((each) => each.rows.length > 0)
  const isReal = some.some(({ is }) => !is.simulated)
  const chosen = some.filter(({ is }) => is.simulated !== isReal)
  if (chosen.length === 0) return nothing(lacking)
  const weights = new Map(
    await Promise.all(
      [...grouped(chosen, ({ is }) => is.venue).keys()].map(
        async (venue) => [venue, await readOpenInterest(desk, { ...wish, venue })] as const,
      ),
    ),
  )
  return {
    span: spanOf(chosen.map(({ rows: each }) => ({ at: each.map(({ at }) => at), spanMs: 0 }))),
    columns: (grid) =>
      fundingColumns(
        chosen.map(({ is, rows: each }) => ({
          rows: each,
          usd: weights.get(is.venue)?.columns(grid)['open_interest.usd'],
        })),
        grid,
      ),
    inputs: chosen.map(({ is, rows: each }) =>
      inputOf({
        kind: 'funding',
        venue: is.venue,
        market: is.market,
        instrument: is.instrument,
        quote: is.quote,
        interval: 'paid',
        simulated: is.simulated,
        at: each.map(({ at }) => at),
        spanMs: 0,
      }),
    ),
    conventions: [...new Set(chosen.flatMap(({ rows: each }) => each.map(({ convention }) => convention)))],
    missing: [],
  }
}
