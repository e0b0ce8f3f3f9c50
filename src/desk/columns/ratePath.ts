import { grouped } from '../../core/grouped.ts'
import { DAY_MS } from '../../core/instant.ts'
import { rateProbability, type RateProbability } from '../../records/rateProbability.ts'
import { readDated } from '../../store/queries/readDated.ts'
import type { Desk } from '../desk.ts'
import { dayColumns } from './dayColumns.ts'
import { begunBefore, dayInputOf, nothing, spanOf, type GroupWish, type ReadGroup } from './group.ts'
import { RATE_STANDS_MS } from './rateNow.ts'

/** Probabilities of target ranges by meeting, a column for each range of each: `rate_path.20251210_325`, shares of 1. */
export async function readRatePath(desk: Desk, { asOf, stepMs }: GroupWish): Promise<ReadGroup> {
  if (stepMs !== DAY_MS) return nothing('rate probabilities: they are of days, ask with --interval 1d')
  const found = (await readDated(desk.store, rateProbability, { asOf })) as unknown as readonly RateProbability[]
  // Two who compute them do not agree to the last digit, and are never mixed.
  const rows = [...grouped(found, ({ venue }) => venue).values()].toSorted((a, b) => b.length - a.length)[0] ?? []
  const [first] = rows
  if (first === undefined) return nothing('rate probabilities of FOMC meetings: assayer import rates FILE')
  const days = [...new Set(rows.map(({ at }) => at as number))].toSorted((a, b) => a - b)
  return {
    span: begunBefore(spanOf([{ at: days, spanMs: DAY_MS }]), RATE_STANDS_MS),
    columns: (grid) =>
      dayColumns(
        rows.map(({ meeting, low, at, probability: value }) => ({
          name: `rate_path.${meeting.replaceAll('-', '')}_${low}`,
          at,
          value,
        })),
        grid,
      ),
    inputs: [
      dayInputOf(
        {
          kind: 'rate_path',
          venue: first.venue,
          market: 'index',
          instrument: 'FOMC',
          interval: '1d',
          simulated: false,
          at: days,
        },
        'ZQ',
      ),
    ],
    conventions: [],
    missing: [],
  }
}
