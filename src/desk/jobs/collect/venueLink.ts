import { DeskError } from '../../../core/errors.ts'
import { instant, MINUTE_MS, type InstantMs } from '../../../core/instant.ts'
import { askJson } from '../../../net/askJson.ts'
import { withRetry } from '../../../net/retry.ts'
import type { VenueIo, VenueRequest, VenueSource } from '../../../sources/source.ts'
import { simulatedNow, type AddressBook } from './addressBook.ts'
import { DoorKeeper, SHORT_MS } from './doorKeeper.ts'
import type { Pace } from './pace.ts'
import type { ShutDoor } from './shutDoors.ts'

/** What a venue is asked with: its addresses, its limits and its clock, shared by all jobs of that venue. */
export interface VenueLink extends VenueIo {
  /** A named address, the venue's own or a simulated one. */
  readonly address: (name: string) => string
  /** Hosts that may be connected to. */
  readonly hosts: readonly string[]
  /** Sent with every connection. */
  readonly headers: Readonly<Record<string, string>>
  /** Measures how far the venue's clock is from this machine's. @throws {WrongClockError} further than clocks go wrong */
  readonly setClock: () => Promise<void>
  /** Per counter: share of the limit used, and for how long it is blocked. */
  readonly budgets: () => Readonly<Record<string, { readonly used: number; readonly blockedMs: number }>>
  /** What is not asked now, and why. */
  readonly shut: () => readonly ShutDoor[]
  /** Questions asked, and asked again. */
  readonly counts: { readonly asked: number; readonly again: number }
}

export interface LinkOptions {
  readonly source: VenueSource
  readonly book?: AddressBook
  readonly pace: Pick<Pace, 'retryMs' | 'deniedMs'>
  readonly signal: AbortSignal
  /** How often a question is asked that fails; 5 times unless said. */
  readonly tries?: number
  /** Told of a question that failed and may be asked again. */
  readonly onFailure: (path: string, error: DeskError) => void
}

/** No clock is wrong by more and right otherwise. */
export const CLOCK_MS = 10 * MINUTE_MS

/** A link to one venue. */
export function linkVenue({ source, book, pace, signal, tries = 5, onFailure }: LinkOptions): VenueLink {
  const keeper = new DoorKeeper({ budgets: source.budgets, pace, signal })
  const own = book?.venues[source.venue]
  const address = (name: string): string => own?.[name] ?? source.addresses[name] ?? ''
  const hosts = Object.values(source.addresses).map((each) => new URL(each).hostname)
  const headers = source.headers ?? {}
  const counts = { asked: 0, again: 0 }
  let offsetMs = 0
  const machineNow = (): number => (book === undefined ? Date.now() : simulatedNow(book.clock, Date.now()))
  const now = (): InstantMs => instant(machineNow() + offsetMs)

  const askOnce = async (request: VenueRequest): Promise<unknown> => {
    await keeper.enter(request)
    counts.asked++
    try {
      const url = `${address(request.address)}${request.path}${queryOf(request.query)}`
      const sent = request.body === undefined ? {} : { method: 'POST' as const, body: request.body }
      const { json, header } = await askJson({ url, hosts, headers, signal, ...sent })
      keeper.answered(request, header)
      const refusal = source.refusal?.(json, request.path)
      if (refusal !== undefined) throw refusal
      keeper.worked(request)
      return json
    } catch (error) {
      if (error instanceof DeskError && !signal.aborted) {
        keeper.failed(request, error)
        if (error.retry === 'later') onFailure(request.path, error)
      }
      throw error
    }
  }
  const link: VenueLink = {
    ask: (request) =>
      withRetry(() => askOnce(request), {
        signal,
        tries,
        firstMs: pace.retryMs,
        patienceMs: SHORT_MS,
        onRetry: () => counts.again++,
      }),
    now,
    signal,
    address,
    hosts,
    headers,
    counts,
    setClock: async () => {
      const sent = machineNow()
      const theirs = await source.fetchTime(link)
      // The venue read its clock somewhere between the question and the answer.
      const off = theirs - (sent + machineNow()) / 2
      if (!(Math.abs(off) <= CLOCK_MS)) throw new WrongClockError(source.venue, off)
      // A simulated clock is told by the address book.
      if (book === undefined) offsetMs = off
    },
    budgets: () => keeper.budgets(),
    shut: () => keeper.list(),
  }
  return link
}

function queryOf(query: VenueRequest['query'] = {}): string {
  const entries = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  )
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries).toString()}`
}

/** This machine's clock and the venue's are too far apart for either to be believed. */
export class WrongClockError extends DeskError {
  constructor(venue: string, offMs: number) {
    super('WRONG_CLOCK', `the clock of ${venue} is ${Math.round(offMs / 1000)} s off this machine's`, {
      hint: "set this machine's clock",
      retry: 'later',
    })
  }
}
