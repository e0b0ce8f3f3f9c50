import { formatDay, HOUR_MS, instant, MINUTE_MS } from '../../../core/instant.ts'
import { newYorkClock } from '../../../core/newYorkSession.ts'
import type { Decree } from '../../market/live/decrees.ts'
import { numberOf, ok } from '../answers.ts'
import type { Answer, Ask, VenueDoors } from '../door.ts'
import { MARKED_RATE } from '../markedRate.ts'

const HOST = 'https://www.federalregister.gov'
/** One door has two names: by the second it speaks of its next page. */
const PATHS = ['/api/v1/documents.json', '/api/v1/documents']
const USUAL_PAGE = 20
const MOST_A_PAGE = 2000
const MOST_PAGES = 50
/** In New York; an issue is there some minutes after it is promised. */
const ISSUE_MS = 6 * HOUR_MS + 5 * MINUTE_MS

/** The Federal Register's interface over the decrees of a world, by its description and by what its own server does. */
export const federalregisterDoors = (decrees: readonly Decree[], now: () => number): VenueDoors => ({
  venue: 'federalregister',
  rate: MARKED_RATE,
  answer: (ask) => answer(ask, decrees, now()),
  notFound: { status: 404, body: { status: 404, message: 'Record Not Found' } },
  tradeId: () => '',
  connect: () => undefined,
})

const isThere = ({ publishedOn }: Decree, now: number): boolean =>
  newYorkClock(instant(publishedOn), 0) + ISSUE_MS <= now

function answer({ path, query }: Ask, decrees: readonly Decree[], now: number): Answer | undefined {
  if (!PATHS.includes(path)) return undefined
  const fields = query.getAll('fields[]')
  const unknown = fields.find((field) => !(field in FIELDS))
  if (unknown !== undefined) return refused(`field '${unknown}' not valid`)
  const found = inOrder(chosen(query, decrees, now), query.get('order') ?? 'relevance')
  const after = cursorOf(query.get('search_after_cursor'))
  if (after === 'broken') return refused('Invalid search_after_cursor token')
  return ok(pageOf({ found, query, after, fields: fields.length === 0 ? USUAL_FIELDS : fields }))
}

const refused = (message: string): Answer => ({ status: 400, body: { status: 400, message } })

/** Nothing but executive orders is published in this world. */
function chosen(query: URLSearchParams, decrees: readonly Decree[], now: number): readonly Decree[] {
  const kinds = query.getAll('conditions[presidential_document_type][]')
  const types = query.getAll('conditions[type][]')
  if (kinds.length > 0 && !kinds.includes('executive_order')) return []
  if (types.length > 0 && !types.includes('PRESDOCU')) return []
  const [from, to] = ['gte', 'lte'].map((end) => Date.parse(query.get(`conditions[publication_date][${end}]`) ?? ''))
  return decrees.filter(
    (decree) =>
      isThere(decree, now) && !(decree.publishedOn < (from as number)) && !(decree.publishedOn > (to as number)),
  )
}

function inOrder(decrees: readonly Decree[], order: string): readonly Decree[] {
  if (order === 'oldest') return decrees
  if (order === 'executive_order_number')
    return decrees.toSorted((a, b) => Number(a.number ?? 0) - Number(b.number ?? 0))
  return decrees.toReversed()
}

interface Page {
  readonly found: readonly Decree[]
  readonly query: URLSearchParams
  /** The document that the page before ended with. */
  readonly after: string | undefined
  readonly fields: readonly string[]
}

function pageOf({ found, query, after, fields }: Page): object {
  const description = 'Documents of type Presidential Document and of presidential document type Executive Order'
  if (found.length === 0) return { description, count: 0 }
  const asked = numberOf(query, 'per_page', USUAL_PAGE)
  const perPage = asked > 1 && asked <= MOST_A_PAGE ? asked : USUAL_PAGE
  const wanted = numberOf(query, 'page', 1)
  const page = wanted >= 1 && wanted <= MOST_PAGES ? wanted : 1
  const begin =
    after === undefined ? (page - 1) * perPage : found.findIndex((each) => each.documentNumber === after) + 1
  const results = found.slice(begin, begin + perPage)
  const pages = Math.min(MOST_PAGES, Math.ceil(found.length / perPage))
  const last = results.at(-1)
  const isLast = page >= pages || last === undefined
  return {
    description,
    count: found.length,
    total_pages: pages,
    ...(isLast ? {} : { next_page_url: nextUrl(query, page + 1, last) }),
    results: results.map((decree) =>
      Object.fromEntries(fields.map((field) => [field, FIELDS[field]?.(decree) ?? null])),
    ),
  }
}

/** The question again, with the number of the next page and a mark of where this one ended. */
function nextUrl(query: URLSearchParams, page: number, last: Decree): string {
  const next = new URLSearchParams(query)
  next.set('format', 'json')
  next.set('page', String(page))
  next.set(
    'search_after_cursor',
    Buffer.from(JSON.stringify([last.publishedOn, last.documentNumber])).toString('base64url'),
  )
  next.sort()
  return `${HOST}/api/v1/documents?${next.toString()}`
}

function cursorOf(token: string | null): string | undefined {
  if (token === null) return undefined
  try {
    const [, documentNumber] = JSON.parse(Buffer.from(token, 'base64url').toString()) as [unknown, unknown]
    return typeof documentNumber === 'string' ? documentNumber : 'broken'
  } catch {
    return 'broken'
  }
}

const htmlUrl = ({ publishedOn, documentNumber, title }: Decree): string =>
  `${HOST}/documents/${formatDay(instant(publishedOn)).replaceAll('-', '/')}/${documentNumber}/${title.toLowerCase().replaceAll(' ', '-')}`

const dayOf = (at: number | undefined): string | undefined => (at === undefined ? undefined : formatDay(instant(at)))

/** What can be asked of a document here, a part of what there is; what has no value is null. */
const FIELDS: Readonly<Record<string, (decree: Decree) => unknown>> = {
  document_number: ({ documentNumber }) => documentNumber,
  executive_order_number: ({ number }) => number,
  title: ({ title }) => title,
  type: () => 'Presidential Document',
  subtype: () => 'Executive Order',
  abstract: () => undefined,
  signing_date: ({ signedOn }) => dayOf(signedOn),
  publication_date: ({ publishedOn }) => dayOf(publishedOn),
  html_url: htmlUrl,
  correction_of: ({ corrects }) => (corrects === undefined ? undefined : `${HOST}/api/v1/documents/${corrects}`),
}

const USUAL_FIELDS = ['title', 'type', 'abstract', 'document_number', 'html_url', 'publication_date']
