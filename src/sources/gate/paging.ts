import { instant, SECOND_MS, type InstantMs } from '../../core/instant.ts'
import type { Mapped, Past, Reached } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'

/** What an answer came to, and the answer itself. */
export interface Page {
  readonly json: unknown
  readonly mapped: Mapped
}

/** Whether an answer held everything of a stretch, or the venue served no more of it. */
export type Extent = 'all' | 'more'

/**
 * Reads the pages of one stretch by their number until one is not full. The order of rows does not matter.
 * @param mostPages - pages that the venue serves of one stretch
 * @param fetchPage - pages count from 0
 */
export async function* numbered(
  { pageRows, mostPages }: { readonly pageRows: number; readonly mostPages: number },
  fetchPage: (page: number) => Promise<Page>,
): AsyncGenerator<Mapped, Extent> {
  let before: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const { json, mapped } = await fetchPage(page)
    const rows: readonly unknown[] = Array.isArray(json) ? json : []
    const first = JSON.stringify(rows[0])
    // A venue that pays no heed to the number would give the same page for ever.
    if (rows.length > 0 && first === before) return 'more'
    yield mapped
    if (rows.length < pageRows) return 'all'
    before = first
  }
  return 'more'
}

/**
 * Reads a stretch, and where it holds more than the venue serves of it, its halves, down to a second. What came of the whole
 * comes again then, under the same ids. The order of rows does not matter.
 * @param channel - the door, for the fault where one second holds more than is served
 */
export async function* halving(
  { from, to }: Pick<Past, 'from' | 'to'>,
  channel: string,
  fetchStretch: (from: InstantMs, to: InstantMs) => AsyncGenerator<Mapped, Extent>,
): AsyncGenerator<Mapped, void> {
  if ((yield* fetchStretch(from, to)) === 'all') return
  const middle = instant(Math.round((from + to) / 2 / SECOND_MS) * SECOND_MS)
  if (middle <= from || middle >= to) {
    const mapping = new Mapping(channel)
    mapping.notDocumented('', 'more rows in one second than are served', { from, to })
    return yield mapping.done()
  }
  yield* halving({ from, to: middle }, channel, fetchStretch)
  yield* halving({ from: middle, to }, channel, fetchStretch)
}

/**
 * Reads the part of a stretch that is still served.
 * @param oldest - what is older is not served
 * @param why - told where a part is not served
 */
export async function* served(
  past: Past,
  { oldest, why }: { readonly oldest: number; readonly why: string },
  read: (past: Past) => AsyncGenerator<Mapped, Reached>,
): AsyncGenerator<Mapped, Reached> {
  const from = instant(Math.min(Math.max(oldest, past.from), past.to))
  if (from < past.to) yield* read({ ...past, from })
  return from === past.from ? { from } : { from, why }
}

/** The rows of a stretch, without those that a question in whole seconds or pages brought besides. */
export function within({ rows, faults }: Mapped, from: number, to: number): Mapped {
  return { rows: rows.filter(({ row }) => Number(row['at']) >= from && Number(row['at']) < to), faults }
}
