import { DeskError } from '../../../core/errors.ts'
import { instant, type InstantMs } from '../../../core/instant.ts'
import { askJson } from '../../../net/askJson.ts'
import { RateBudget } from '../../../net/rateBudget.ts'
import { withRetry } from '../../../net/retry.ts'
import type { VenueIo, VenueRequest, VenueSource } from '../../../sources/source.ts'
import { simulatedNow, type AddressBook } from './addressBook.ts'

/** What a venue is asked with: its addresses, its limits and its clock, shared by all jobs of that venue. */
export interface VenueLink extends VenueIo {
  /** A named address, the venue's own or a simulated one. */
  readonly address: (name: string) => string
  /** Hosts that may be connected to. */
  readonly hosts: readonly string[]
  /** Sent with every connection. */
  readonly headers: Readonly<Record<string, string>>
  /** Measures how far the venue's clock is from this machine's. */
  readonly setClock: () => Promise<void>
  /** Per counter: share of the limit used, and for how long it is blocked. */
  readonly budgets: () => Readonly<Record<string, { readonly used: number; readonly blockedMs: number }>>
  /** Questions asked, and asked again. */
  readonly counts: { readonly asked: number; readonly again: number }
}

export interface LinkOptions {
  readonly source: VenueSource
  readonly book?: AddressBook
  readonly signal: AbortSignal
  /** Told why a question must be asked again. */
  readonly onRetry: (error: Error, waitMs: number) => void
}

/** A link to one venue. */
export function linkVenue({ source, book, signal, onRetry }: LinkOptions): VenueLink {
  const budgets = new Map(Object.entries(source.budgets).map(([name, spec]) => [name, new RateBudget(spec)] as const))
  const own = book?.venues[source.venue]
  const address = (name: string): string => own?.[name] ?? source.addresses[name] ?? ''
  const hosts = Object.values(source.addresses).map((each) => new URL(each).hostname)
  const headers = source.headers ?? {}
  const counts = { asked: 0, again: 0 }
  let offsetMs = 0
  const now = (): InstantMs =>
    book === undefined ? instant(Date.now() + offsetMs) : simulatedNow(book.clock, Date.now())

  const askOnce = async (request: VenueRequest): Promise<unknown> => {
    const budget = budgets.get(request.budget)
    await budget?.take(request.weight, signal)
    counts.asked++
    try {
      const url = `${address(request.address)}${request.path}${queryOf(request.query)}`
      const sent = request.body === undefined ? {} : { method: 'POST' as const, body: request.body }
      const { json, header } = await askJson({ url, hosts, headers, signal, ...sent })
      budget?.learn(header)
      const refusal = source.refusal?.(json, request.path)
      if (refusal !== undefined) throw refusal
      return json
    } catch (error) {
      if (error instanceof DeskError && error.retryAfterMs !== undefined) budget?.block(error.retryAfterMs)
      throw error
    }
  }
  const link: VenueLink = {
    ask: (request) =>
      withRetry(() => askOnce(request), {
        signal,
        onRetry: (error, waitMs) => {
          counts.again++
          onRetry(error, waitMs)
        },
      }),
    now,
    signal,
    address,
    hosts,
    headers,
    counts,
    setClock: async () => {
      const sent = Date.now()
      const theirs = await source.fetchTime(link)
      // The venue read its clock somewhere between the question and the answer.
      offsetMs = theirs - (sent + Date.now()) / 2
    },
    budgets: () => Object.fromEntries([...budgets].map(([name, budget]) => [name, budget.state()])),
  }
  return link
}

function queryOf(query: VenueRequest['query'] = {}): string {
  const entries = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  )
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries).toString()}`
}
