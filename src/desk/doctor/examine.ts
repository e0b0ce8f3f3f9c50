import { LEDGER } from '../../conventions/ledger.ts'
import { DAY_MS, formatInstant, instant, type InstantMs } from '../../core/instant.ts'
import { liquidation } from '../../records/liquidation.ts'
import { openInterest } from '../../records/openInterest.ts'
import { VENUES, type Venue } from '../../records/venues.ts'
import { PUBLISHERS, type PublisherName } from '../../sources/publisher.ts'
import { StoreStoppedError } from '../../store/engine.ts'
import { readConventionSpans } from '../../store/queries/readConventionSpans.ts'
import { readCoverage } from '../../store/queries/readCoverage.ts'
import { readInstruments } from '../../store/queries/readInstruments.ts'
import type { Desk } from '../desk.ts'
import type { AddressBook } from '../jobs/collect/addressBook.ts'
import { conventionHealth } from './conventionHealth.ts'
import type { Diagnosis } from './diagnosis.ts'
import { feedHealth, type FeedHealth } from './feedHealth.ts'
import { outdatedRows, type Outdated } from './outdatedRows.ts'
import { notAsked } from './probes.ts'
import { probeSources } from './probeSources.ts'
import { sayUnwell } from './sayUnwell.ts'
import { storePath } from '../storePath.ts'
import { examineStore } from './storeHealth.ts'

export interface ExamineRequest {
  /** All unless said. */
  readonly venues?: readonly Venue[]
  /** All where all venues are examined, else none, unless said. */
  readonly publishers?: readonly PublisherName[]
  /** Where venues are, where they are simulated. */
  readonly book?: AddressBook
  /** Folder of the store, as the user says it. */
  readonly store?: string
  /** By the venues' clock. */
  readonly now: InstantMs
}

/**
 * Examines everything; throws for nothing that it finds.
 * @throws {BadStoreError} the store's path is none
 */
export async function examine(request: ExamineRequest): Promise<Diagnosis> {
  const { venues = VENUES, publishers = request.venues === undefined ? PUBLISHERS : [], book, now } = request
  const path = storePath(request.store)
  const asked = { venues, publishers, now, ...(book === undefined ? {} : { book }) }
  const sources = await probeSources(asked)
  // After them: opening the store holds this process up, and what it asked would seem slow.
  const { health, found } = await examineStore(path, now, (desk) => examineRows(desk, venues, request))
  const conventions = { ...conventionHealth(LEDGER, { venues, now }), outdated: found?.outdated ?? [] }
  const parts = { sources, store: health, feeds: found?.feeds ?? [], conventions, notAsked: notAsked(asked) }
  return { at: formatInstant(now), simulated: book !== undefined, ...parts, missing: sayUnwell(parts) }
}

interface Rows {
  readonly feeds: readonly FeedHealth[]
  readonly outdated: readonly Outdated[] | 'uncounted'
}

async function examineRows(desk: Desk, venues: readonly Venue[], { book, now }: ExamineRequest): Promise<Rows> {
  const rows = await readCoverage(desk.store, instant(now - DAY_MS))
  const feeds = feedHealth(rows, { venues, now, speed: book?.clock.speed ?? 1 })
  return { feeds, outdated: await outdatedIn(desk, venues) }
}

async function outdatedIn({ store }: Desk, venues: readonly Venue[]): Promise<Rows['outdated']> {
  const found: Outdated[] = []
  try {
    const known = { instruments: await readInstruments(store), ledger: LEDGER }
    for (const record of [openInterest, liquidation]) {
      found.push(...outdatedRows(record.name, await readConventionSpans(store, record), known))
    }
  } catch (error) {
    if (error instanceof StoreStoppedError) return 'uncounted'
    throw error
  }
  return found.filter(({ venue }) => venues.some((each) => each === venue))
}
