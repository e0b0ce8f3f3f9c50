import { numberOf } from '../answers.ts'
import { contractDoor, limitOf } from './doors.ts'
import { answered, invalid } from './envelope.ts'
import { trimmed } from './quantities.ts'

/** GET /v5/market/funding/history: what was paid, newest first. A start without an end is an error. */
export const fundingHistory = contractDoor(({ query, market, listing, category }) => {
  const limit = limitOf(query, { usual: 200, most: 200 })
  if (limit === undefined) return invalid(market, 'limit')
  if (query.has('startTime') && !query.has('endTime')) return invalid(market, 'endTime')
  const [from, to] = [numberOf(query, 'startTime', -Infinity), numberOf(query, 'endTime', Infinity)]
  const found = market.fundings(listing).filter(({ at }) => at >= from && at <= to)
  const rows = found.slice(-limit).toReversed()
  return answered(market, {
    category,
    list: rows.map(({ at, rate }) => ({
      symbol: listing.name,
      fundingRate: trimmed(rate, 8),
      fundingRateTimestamp: String(at),
    })),
  })
})
