import type { InstantMs } from '../../core/instant.ts'
import { coverage, type Coverage } from '../../records/coverage.ts'
import type { Store } from '../open.ts'

/**
 * Every stretch that was covered, of each the longest that was written.
 * @param since - only those that reach beyond this instant, and of each series the last that does not
 */
export async function readCoverage(store: Store, since?: InstantMs): Promise<readonly Coverage[]> {
  const params = since === undefined ? {} : { since }
  const sql = `select ${Object.keys(SHAPE).join(', ')} from coverage final ${since === undefined ? '' : LATE}`
  const { length, columns } = await store.engine.select(sql, SHAPE, { params })
  return Array.from({ length }, (_, i) =>
    coverage.schema.parse(Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[i]]))),
  )
}

const SERIES = 'venue, market, lane, way, members'
const LATE = `where until > {since:Float64} or (${SERIES}, until) in
  (select ${SERIES}, max(until) from coverage where until <= {since:Float64} group by ${SERIES})`

const SHAPE = {
  venue: 'text',
  market: 'text',
  lane: 'text',
  feed: 'text',
  way: 'text',
  since: 'number',
  until: 'number',
  members: 'text',
  ended: 'text',
} as const
