import { DAY_MS } from '../../core/instant.ts'
import { readLevels, type LevelRows } from '../../store/queries/readLevels.ts'
import type { Desk } from '../desk.ts'
import { fetchCommands } from '../jobs/published/levelSources.ts'
import { dayColumns } from './dayColumns.ts'
import { dayInputOf, nothing, type GroupWish, type ReadGroup } from './group.ts'

/** Series that tell the rate, percent, by the column that they become; of several the first that is held. */
const SERIES = { target: ['DFEDTARL'], effective: ['DFF', 'EFFR'] } as const

/** So long the rate of a day stands where none is told: what is quoted first needs one of before. */
export const RATE_STANDS_MS = 5 * DAY_MS

interface Held extends LevelRows {
  readonly column: keyof typeof SERIES
  readonly symbol: string
}

/**
 * The rate that the Federal Reserve has set: `rate_now.target`, the lower end of its range, and `rate_now.effective`, both in percent on
 * the days that they are of. Either serves; the target is told when its day begins, the effective rate on the next day of business.
 */
export async function readRateNow(desk: Desk, wish: GroupWish): Promise<ReadGroup> {
  if (wish.stepMs !== DAY_MS) return nothing('rates of the Federal Reserve: they are of days, ask with --interval 1d')
  const held = (await Promise.all([firstHeld(desk, wish, 'target'), firstHeld(desk, wish, 'effective')])).filter(
    (each) => each !== undefined,
  )
  if (held.length === 0) return nothing(LACKING)
  return {
    // It stands beside what is quoted, and lays no grid of its own: rates reach back for decades.
    span: undefined,
    columns: (grid) =>
      dayColumns(
        held.flatMap(({ column, at, value }) =>
          Array.from(at, (day, i) => ({ name: `rate_now.${column}`, at: day, value: value[i] as number })),
        ),
        grid,
      ),
    inputs: held.map(({ symbol, venue, simulated, at }) =>
      dayInputOf(
        {
          kind: 'rate_now',
          venue,
          market: 'index',
          instrument: symbol,
          interval: '1d',
          simulated,
          at: Array.from(at),
        },
        symbol,
      ),
    ),
    conventions: [],
    missing: [],
  }
}

const COMMANDS = ['DFF', 'EFFR', 'DFEDTARL'].flatMap((symbol) => fetchCommands(symbol).slice(0, 1))
const LACKING = `rates of the Federal Reserve (DFF, EFFR or DFEDTARL): ${[...new Set(COMMANDS)].join(', or ')}, or assayer import series FILE --symbol DFF`

/** Values of whoever was asked for, and where he has none, of anybody. */
async function firstHeld(
  desk: Desk,
  { asOf, venue }: GroupWish,
  column: keyof typeof SERIES,
): Promise<Held | undefined> {
  for (const symbol of SERIES[column]) {
    for (const of of venue === undefined ? [{}] : [{ venue }, {}]) {
      const rows = await readLevels(desk.store, { instrument: symbol, asOf, ...of })
      if (rows.at.length > 0) return { ...rows, column, symbol }
    }
  }
  return undefined
}
