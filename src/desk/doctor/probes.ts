import { DeskError } from '../../core/errors.ts'
import type { InstantMs } from '../../core/instant.ts'
import { VENUES, type Venue } from '../../records/venues.ts'
import { DUMP_VENUES } from '../../sources/dumps/dumpFile.ts'
import { DUMP_SITES } from '../../sources/dumps/dumpFiles.ts'
import { proveDumpSite, provingFile } from '../../sources/dumps/proveDumpSite.ts'
import { alternativeme } from '../../sources/alternativeme/alternativeme.ts'
import { cme } from '../../sources/cme/cme.ts'
import { coingecko } from '../../sources/coingecko/coingecko.ts'
import { defillama } from '../../sources/defillama/defillama.ts'
import { federalregister } from '../../sources/federalregister/federalregister.ts'
import { fred } from '../../sources/fred/fred.ts'
import { nyfed } from '../../sources/nyfed/nyfed.ts'
import { PUBLISHERS, type Publisher, type PublisherName } from '../../sources/publisher.ts'
import { linkPublisher, type PublisherLink } from '../../sources/publisherLink.ts'
import { SOURCES } from '../../sources/registry.ts'
import type { VenueSource } from '../../sources/source.ts'
import type { AddressBook } from '../jobs/collect/addressBook.ts'
import { USUAL_PACE } from '../jobs/collect/pace.ts'
import { linkVenue, type VenueLink } from '../jobs/collect/venueLink.ts'
import { askClock } from './askClock.ts'
import { hearFeed } from './hearFeed.ts'

/** What an answer tells beside that there is one. */
export interface Answered {
  /** From a question until its answer, ms. */
  readonly latencyMs: number
  /** Venue's clock less this machine's, ms, where it is told. */
  readonly skewMs?: number
  /** Share of the venue's limit that is used, where the venue tells it. */
  readonly used?: number
  readonly note?: string
}

/** One way to a source, and a question that shows whether it is open. */
export interface Probe {
  readonly venue: Venue | PublisherName
  /** Which of the venue's ways: `perp`, `socket /v5/public/linear`, `dumps`; of a publisher `rest`. */
  readonly what: string
  readonly address: string
  /** @throws why it is not open */
  readonly ask: () => Promise<Answered>
}

export interface ProbesRequest {
  readonly venues: readonly Venue[]
  /** None unless said. */
  readonly publishers?: readonly PublisherName[]
  /** Where venues are, where they are simulated; nothing that is not in it is asked. */
  readonly book?: AddressBook
  readonly now: InstantMs
  readonly signal: AbortSignal
}

/** All ways to the sources: every address that is asked, every path of a socket, every site of dumps. */
export function probesOf(request: ProbesRequest): readonly Probe[] {
  const { venues, book, publishers = [] } = request
  const left = notAsked(request).map(({ venue }) => venue)
  const known = VENUES.filter((venue) => venues.includes(venue) && (book === undefined || venue in book.venues))
  return [
    ...known.flatMap((venue) => [...clockProbes(SOURCES[venue], request), ...feedProbes(SOURCES[venue], request)]),
    ...known.flatMap((venue) => dumpProbes(venue, request)),
    ...publishers
      .filter((name) => !left.includes(name))
      .toSorted((a, b) => PUBLISHERS.indexOf(a) - PUBLISHERS.indexOf(b))
      .flatMap((name) => publisherProbes(PUBLISHED[name], request)),
  ]
}

function clockProbes(source: VenueSource, request: ProbesRequest): readonly Probe[] {
  const asked = Object.entries(source.addresses).filter(([, address]) => address.startsWith('https:'))
  return asked.map(([name]) => {
    const link = linkOf(source, request)
    const ask = (): Promise<Answered> => askClock(source, name, link)
    return { venue: source.venue, what: name, address: link.address(name), ask }
  })
}

/** Feeds of one address and path are one way. */
function feedProbes(source: VenueSource, request: ProbesRequest): readonly Probe[] {
  const ways = new Map(source.feeds.map((feed) => [`${feed.address} ${feed.path}`, feed] as const))
  return [...ways.values()].map((feed) => {
    const link = linkOf(source, request)
    const ask = async (): Promise<Answered> => ({ latencyMs: await hearFeed(source, feed, link) })
    return { venue: source.venue, what: `socket ${feed.path}`, address: link.address(feed.address), ask }
  })
}

function dumpProbes(venue: Venue, { book, now, signal }: ProbesRequest): readonly Probe[] {
  const dumped = DUMP_VENUES.find((each) => each === venue)
  if (dumped === undefined) return []
  const base = book === undefined ? DUMP_SITES[dumped].base : book.venues[venue]?.['dumps']
  if (base === undefined) return []
  const ask = async (): Promise<Answered> => {
    const began = performance.now()
    const found = await proveDumpSite(dumped, { base, now, signal })
    const latencyMs = Math.round(performance.now() - began)
    if (found === 'has it') return { latencyMs }
    const { instrument, period } = provingFile(dumped, now)
    return { latencyMs, note: `it has nothing of ${instrument} ${period}` }
  }
  return [{ venue, what: 'dumps', address: base, ask }]
}

const PUBLISHED: Readonly<Record<PublisherName, Publisher>> = {
  coingecko,
  defillama,
  nyfed: nyfed.publisher,
  alternativeme: alternativeme.publisher,
  fred: fred.publisher,
  federalregister,
  cme,
}

/** A publisher that is left in peace, and why. */
export interface NotAsked {
  readonly venue: PublisherName
  readonly why: string
}

/** Publishers whose terms keep programs out: nobody asks them but who names them. Simulated ones have no terms. */
export const notAsked = ({ publishers = [], book }: Pick<ProbesRequest, 'publishers' | 'book'>): readonly NotAsked[] =>
  publishers.flatMap((name) => {
    const why = book === undefined ? PUBLISHED[name].whenDenied : undefined
    return why === undefined ? [] : [{ venue: name, why }]
  })

function publisherProbes(publisher: Publisher, { book, signal }: ProbesRequest): readonly Probe[] {
  const { name, proof } = publisher
  const base = book === undefined ? publisher.base : book.publishers?.[name]
  if (base === undefined) return []
  const link = linkPublisher(publisher, { base, signal, retry: { tries: 1 } })
  const ask = async (): Promise<Answered> => {
    const began = performance.now()
    if (!(await isProven(link, proof))) throw new NoProofError(name, proof.path)
    return { latencyMs: Math.round(performance.now() - began) }
  }
  return [{ venue: name, what: 'rest', address: base, ask }]
}

async function isProven(link: PublisherLink, { path, as, isAnswer }: Publisher['proof']): Promise<boolean> {
  return isAnswer(as === 'text' ? (await link.askText(path)).text : (await link.ask(path)).json)
}

/** One that asks once: whoever looks after sources wants to know now. */
const linkOf = (source: VenueSource, { book, signal }: ProbesRequest): VenueLink =>
  linkVenue({
    source,
    pace: USUAL_PACE,
    signal,
    tries: 1,
    onFailure: () => undefined,
    ...(book === undefined ? {} : { book }),
  })

/** A publisher answers otherwise than its documents say. */
export class NoProofError extends DeskError {
  constructor(name: string, path: string) {
    super('NOT_AS_DOCUMENTED', `"${name}" answers "${path}" otherwise than documented`)
  }
}
