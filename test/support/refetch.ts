import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { VENUES, type Venue } from '../../src/records/venues.ts'
import { pollMsOf, type LaneName } from './lanes/laneSource.ts'

/** What a venue's QUIRKS.md says of being asked again. */
interface Refetch {
  readonly venue: Venue
  readonly kind: string
  readonly market: string
  readonly again: 'yes' | 'no' | 'part'
  readonly reach: string
}

/** The table `## refetch` of every venue. */
const table = VENUES.flatMap(refetchOf)

/**
 * Whether a venue serves all of a lane again. What tells of the moment never comes again, whatever is said of its kind; of a kind that
 * comes again in part the grid does, and what was paid.
 */
export function isServedAgain(lane: LaneName): boolean {
  const [kind, grid] = lane.lane.split('/')
  const said = table.find(({ venue, market, kind: of }) => {
    return venue === lane.venue && market === lane.market && of === kind
  })
  if (said === undefined || pollMsOf(lane) !== undefined) return false
  return said.again === 'yes' || (said.again === 'part' && grid !== undefined)
}

function refetchOf(venue: Venue): readonly Refetch[] {
  const path = join(import.meta.dirname, '../../src/sources', venue, 'QUIRKS.md')
  const [, after = ''] = readFileSync(path, 'utf8').split(/^## refetch$/m)
  const [body = ''] = after.split(/^## /m)
  return body
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (kind|---)/.test(line))
    .map((line) => {
      const [kind = '', market = '', again = '', reach = ''] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim())
      return { venue, kind, market, again: again as Refetch['again'], reach }
    })
}
