import { formatDay, MINUTE_MS, SECOND_MS, type InstantMs } from '../../core/instant.ts'
import type { Publisher } from '../publisher.ts'
import type { PublisherLink } from '../publisherLink.ts'
import { mapOrders, nextMarks, type MappedOrders } from './map.ts'
import * as wire from './wire.ts'

type Parameter = [name: string, value: string]

/** A question for executive orders. */
const QUESTION: readonly Parameter[] = [
  ['conditions[type][]', 'PRESDOCU'],
  ['conditions[presidential_document_type][]', 'executive_order'],
  ...wire.FIELDS.map((field): Parameter => ['fields[]', field]),
]

const doorOf = (more: readonly Parameter[]): string =>
  `${wire.DOOR}?${new URLSearchParams([...QUESTION, ...more]).toString()}`

/** The smallest page that is served as it was asked for. */
const PROOF = doorOf([
  ['order', 'newest'],
  ['per_page', '2'],
])

/** The interface of the Federal Register, which wants no key. Five questions a second were its limit once; ten a minute are more than are needed. */
export const federalregister: Publisher = {
  name: 'federalregister',
  base: 'https://www.federalregister.gov',
  budget: { limit: 10, windowMs: MINUTE_MS },
  maxBytes: 16 * 1024 ** 2,
  timeoutMs: 40 * SECOND_MS,
  proof: { path: PROOF, as: 'json', isAnswer: (json) => wire.page.safeParse(json).success },
}

export interface OrdersWish {
  /** First day of publication. */
  readonly since: InstantMs
  /** When it is asked. */
  readonly now: InstantMs
  /** Documents of a page; as many as are served unless said. */
  readonly perPage?: number
}

/** Orders, whether a simulation made them, and those that lack something. */
export interface FetchedOrders extends MappedOrders {
  readonly simulated: boolean
}

/**
 * All executive orders that were published since a day. The oldest come first: what is published meanwhile comes at the end and moves no page.
 * @throws errors of `net`
 */
export async function fetchOrders({ ask }: PublisherLink, wish: OrdersWish): Promise<FetchedOrders> {
  const { since, now, perPage = wire.MOST_A_PAGE } = wish
  const wanted: readonly Parameter[] = [
    ['conditions[publication_date][gte]', formatDay(since)],
    ['order', 'oldest'],
    ['per_page', String(perPage)],
  ]
  const pages: unknown[] = []
  let simulated = false
  let marks: Readonly<Record<string, string>> | undefined = {}
  while (marks !== undefined && pages.length < wire.MOST_PAGES) {
    const answer = await ask(doorOf([...wanted, ...Object.entries(marks)]))
    simulated ||= answer.simulated
    pages.push(answer.json)
    marks = nextMarks(answer.json, pages.length)
  }
  return { ...mapOrders(pages, now), simulated }
}
