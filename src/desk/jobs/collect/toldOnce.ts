import type { Coverage } from '../../../records/coverage.ts'
import type { VenueSource } from '../../../sources/source.ts'

/** A venue's market. */
export type Place = Pick<Coverage, 'venue' | 'market'>

/** Whether a kind of record is told once by a venue's market, so that what is lost of it is lost for ever. */
export function toldOnceBy(sources: readonly VenueSource[]): (place: Place, kind: string) => boolean {
  const told = new Set(
    sources.flatMap(({ venue, feeds }) =>
      feeds.flatMap(({ market, toldOnce }) => toldOnce.map((kind) => `${venue}/${market}/${kind}`)),
    ),
  )
  return ({ venue, market }, kind) => told.has(`${venue}/${market}/${kind}`)
}
