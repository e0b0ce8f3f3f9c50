import { HOUR_MS, MINUTE_MS, plusMs } from '../../core/instant.ts'
import { forward } from '../forward.ts'
import type { HistoryDoor, Mapped, Past, VenueIo } from '../source.ts'
import { door, listIn, type Pages } from './door.ts'
import { chargeTime, LONGEST_FUNDING_HOURS, mapFundingPaid } from './mapFunding.ts'

const FUNDING_PAGE = 1000

/**
 * Funding paid. It begins one interval earlier, since hours are those from the charge before. Two charges may stand at one time,
 * so a full page is read up to its last time, with which the next one begins.
 */
export function fundingPaid(): HistoryDoor {
  async function* read(io: VenueIo, past: Past): Pages {
    // A charge may be written down a little before its hour.
    const early = { ...past, from: plusMs(past.from, -LONGEST_FUNDING_HOURS * HOUR_MS - MINUTE_MS) }
    let before: number | undefined
    yield* forward(early, FUNDING_PAGE, async (from, to) => {
      const query = { symbol: past.instrument.instrument, startTime: from, endTime: to - 1, limit: FUNDING_PAGE }
      const request = { address: 'perp', path: '/fapi/v1/fundingRate', query, budget: 'funding', weight: 1 }
      const rows = listIn(await io.ask(request))
      const whole = rows.length < FUNDING_PAGE ? rows : withoutLastTime(rows)
      const { rows: mapped, faults } = mapFundingPaid(whole, past.instrument, before)
      before = lastRegular(mapped) ?? before
      const inside = mapped.filter(({ row }) => Number(row['at']) >= past.from && Number(row['at']) < past.to)
      return { rows: inside, faults, count: rows.length, last: fundingTimeOf(rows.at(-1)) - 1 }
    })
    return { from: past.from }
  }
  return door({ kind: 'funding', market: 'perp', depthMs: Infinity, delayMs: MINUTE_MS, read })
}

const fundingTimeOf = (row: unknown): number =>
  Number((row as { fundingTime?: unknown } | null | undefined)?.fundingTime)

function withoutLastTime(rows: readonly unknown[]): readonly unknown[] {
  const last = fundingTimeOf(rows.at(-1))
  const whole = rows.filter((row) => fundingTimeOf(row) !== last)
  return whole.length === 0 ? rows : whole
}

/** Time of the last charge that ends an interval; special ones stand a millisecond off the minute. */
const lastRegular = (rows: Mapped['rows']): number | undefined =>
  rows.map(({ row }) => Number(row['at'])).findLast((at) => at === chargeTime(at))
