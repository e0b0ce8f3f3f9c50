import { coverage, type Coverage } from '../../records/coverage.ts'
import type { Store } from '../open.ts'

/** Every stretch that was covered, of each the longest that was written. */
export async function readCoverage(store: Store): Promise<readonly Coverage[]> {
  const sql = 'select venue, market, lane, feed, way, since, until, members, ended from coverage final'
  const { length, columns } = await store.engine.select(sql, SHAPE)
  return Array.from({ length }, (_, i) =>
    coverage.schema.parse(Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[i]]))),
  )
}

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
