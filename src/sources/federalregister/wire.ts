import { z } from 'zod'
import { parseInstant } from '../../core/instant.ts'

/** GET /api/v1/documents.json: a page of documents that fulfil some conditions. */
export const DOOR = '/api/v1/documents.json'

/** A page has so many documents at most. */
export const MOST_A_PAGE = 1000

/** Pages are counted up to here; a page beyond is the first again. */
export const MOST_PAGES = 50

/** What is asked of every document. */
export const FIELDS = [
  'document_number',
  'executive_order_number',
  'title',
  'signing_date',
  'publication_date',
  'html_url',
  'correction_of',
] as const

const day = () => z.iso.date().transform(parseInstant)

const document = z.strictObject({
  document_number: z.string().min(1),
  /** A number until 2019, text since; null or 0 where there is none. */
  executive_order_number: z.union([z.string(), z.int()]).nullable(),
  title: z.string().min(1),
  signing_date: day().nullable(),
  publication_date: day(),
  html_url: z.url({ protocol: /^https$/ }),
  /** Address of the document that this one corrects. */
  correction_of: z.string().nullish(),
})

export type WireDocument = z.infer<typeof document>

/** A page. Of nothing it has neither results nor a count of pages. */
export const page = z.strictObject({
  count: z.int().nonnegative(),
  description: z.string(),
  total_pages: z.int().positive().optional(),
  /** Where the next page is, under the publisher's own name. */
  next_page_url: z.url().optional(),
  previous_page_url: z.url().optional(),
  results: z.array(document).optional(),
})

/** What tells a page from others: its number, and a mark of where it begins, which is the publisher's own. */
export const MARKS = ['page', 'search_after_cursor'] as const

/** As orders are numbered: `14178`, of old also `11246-A`. */
export const NUMBER = /^[1-9]\d*(-?[A-Z])?$/

/** The number of a document that corrects another. */
export const CORRECTION = /^C\d+-/
