import { instant } from '../core/instant.ts'
import type { Mapped, Past, Reached } from './source.ts'

/** One page of a history that is read newest first, each page named by a cursor: an id, a number, a time. */
export interface CursorPage<C> extends Mapped {
  /** Time of the oldest row in the answer; undefined where it has none. */
  readonly first: number | undefined
  /** How the venue is asked for the page before it; undefined where there is none. */
  readonly next: C | undefined
  /** Why the venue serves no page before it though there may be one. */
  readonly cut?: string
}

/**
 * Reads a history page by page, newest first, until a page begins before the stretch or the venue has no more.
 * @param start - how the venue is asked for the newest page
 * @param fetchPage - the page that a cursor names; its rows may lie outside the stretch
 */
export async function* byCursor<C>(
  { from, to }: Pick<Past, 'from' | 'to'>,
  start: C,
  fetchPage: (cursor: C) => Promise<CursorPage<C>>,
): AsyncGenerator<Mapped, Reached> {
  let reached: number = to
  for (let cursor = start; ;) {
    const page = await fetchPage(cursor)
    yield page
    const { first = reached, next } = page
    if (first < from) return { from }
    reached = Math.min(reached, first)
    // A venue that answers with the same page again would be asked for ever.
    const cut = page.cut ?? (next === cursor ? 'the venue answers with the same page again' : undefined)
    if (cut !== undefined) return { from: instant(reached), why: cut }
    if (next === undefined) return { from }
    cursor = next
  }
}
