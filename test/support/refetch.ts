import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { VENUES, type Venue } from '../../src/records/venues.ts'

/** What a venue's QUIRKS.md says of being asked again. */
export interface Refetch {
  readonly venue: Venue
  readonly kind: string
  readonly market: string
  readonly again: 'yes' | 'no' | 'part'
  readonly reach: string
}

/** The table `## refetch` of every venue. */
export const refetchTable = (): readonly Refetch[] => VENUES.flatMap(refetchOf)

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
