import { formatDay, type InstantMs } from '../../core/instant.ts'
import { executiveOrder, type ExecutiveOrder } from '../../records/executiveOrder.ts'
import type { Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { issuedAt } from './issueHour.ts'
import * as wire from './wire.ts'

/** An order that is there and of which no record can be made. */
export interface OrderGap {
  /** The publisher's number of its document. */
  readonly documentNumber: string
  readonly why: string
}

/** Orders, and those that lack what a record needs. */
export interface MappedOrders extends Mapped {
  readonly gaps: readonly OrderGap[]
}

/** What was read of a document: an order, a reason why it is none, or nothing to tell: a correction of another. */
type Found =
  | { readonly is: 'order'; readonly order: ExecutiveOrder }
  | { readonly is: 'gap'; readonly why: string }
  | { readonly is: 'correction' }
  | { readonly is: 'impossible'; readonly field: string; readonly why: string }

/**
 * Executive orders, out of all pages of an answer. Days are dates of Washington, kept as their 00:00Z. A correction is no order. An order
 * without a number, without a day of signing, or with one after its publication, is a gap that is told.
 * @param pages - in their order
 * @param now - when they were asked for
 * @returns rows in the order of the pages; a fault where a document comes twice, or fewer come than were counted
 */
export function mapOrders(pages: readonly unknown[], now: InstantMs): MappedOrders {
  const mapping = new Mapping('documents.json')
  const gaps: OrderGap[] = []
  const seen = new Set<string>()
  let came = 0
  let count = 0
  for (const [i, json] of pages.entries()) {
    mapping.read(wire.page, json, ['pages', i], (page) => {
      count = page.count
      for (const [n, document] of (page.results ?? []).entries()) {
        came++
        const path = `pages[${i}].results[${n}]`
        const key = `${document.document_number} ${formatDay(document.publication_date)}`
        if (seen.has(key)) mapping.impossible(`${path}.document_number`, 'is there twice', document)
        seen.add(key)
        const found = findOrder(document, now)
        if (found.is === 'order') mapping.keep(executiveOrder, found.order, document)
        if (found.is === 'gap') gaps.push({ documentNumber: document.document_number, why: found.why })
        if (found.is === 'impossible') mapping.impossible(`${path}.${found.field}`, found.why, document)
      }
    })
  }
  const last = `pages[${pages.length - 1}]`
  if (came !== count) mapping.notDocumented(`${last}.count`, `is ${count}, and ${came} documents came`, pages.at(-1))
  return { ...mapping.done(), gaps }
}

function findOrder(document: wire.WireDocument, now: InstantMs): Found {
  const { document_number, executive_order_number, signing_date, publication_date, correction_of } = document
  const number = String(executive_order_number ?? '')
  const isCorrection = typeof correction_of === 'string' || wire.CORRECTION.test(document_number)
  if (isCorrection) return { is: 'correction' }
  if (number === '' || number === '0') return { is: 'gap', why: 'has no number' }
  if (!wire.NUMBER.test(number)) {
    return { is: 'impossible', field: 'executive_order_number', why: `"${number}" is no number of an order` }
  }
  if (signing_date === null) return { is: 'gap', why: `order ${number} has no day of signing` }
  if (signing_date > publication_date) {
    const days = `${formatDay(signing_date)}, is after that of its publication, ${formatDay(publication_date)}`
    return { is: 'gap', why: `the day of signing of order ${number}, ${days}` }
  }
  const order: ExecutiveOrder = {
    venue: 'federalregister',
    number,
    documentNumber: document_number,
    at: signing_date,
    knownAt: issuedAt(publication_date, now),
    publishedOn: publication_date,
    title: document.title.trim(),
    address: document.html_url,
  }
  return { is: 'order', order }
}

/**
 * What a page says of the next one: the marks in the address that it gives. The address itself is the publisher's and is not asked.
 * @param number - of the page that was asked for, from 1
 * @returns undefined where it names none, or one that is not the next: the pages are over, or begin again
 * @example nextMarks({ next_page_url: 'https://…?page=2&search_after_cursor=Wz' }, 1) // { page: '2', search_after_cursor: 'Wz' }
 */
export function nextMarks(json: unknown, number: number): Readonly<Record<string, string>> | undefined {
  const address = (json as { readonly next_page_url?: unknown } | null | undefined)?.next_page_url
  if (typeof address !== 'string' || !URL.canParse(address)) return undefined
  const { searchParams } = new URL(address)
  if (Number(searchParams.get('page')) !== number + 1) return undefined
  const marks = wire.MARKS.map((name) => [name, searchParams.get(name)] as const)
  return Object.fromEntries(marks.filter((mark): mark is [(typeof wire.MARKS)[number], string] => mark[1] !== null))
}
