import { DeskError } from '../core/errors.ts'
import { formatInstant, instant, plusMs, type InstantMs } from '../core/instant.ts'
import type { Mapped, Past, Reached } from './source.ts'

/** One page of a history that is read oldest first. */
export interface ForwardPage extends Mapped {
  /** Rows in the answer, mapped or not; fewer than a full page means that there are no more. */
  readonly count: number
  /** Time of the last row in the answer; the next page begins after it. NaN where it cannot be read. */
  readonly last: number
}

/**
 * Reads a history page by page, oldest first, each beginning after the last row of the one before.
 * @param pageRows - rows of a full page
 * @param fetchPage - the rows at or after `from` and before `to`, oldest first
 * @throws {NoNextPageError} a full page does not say where the next one begins
 */
export async function* forward(
  { from, to }: Past,
  pageRows: number,
  fetchPage: (from: InstantMs, to: InstantMs) => Promise<ForwardPage>,
): AsyncGenerator<Mapped, Reached> {
  for (let start = from; start < to;) {
    const page = await fetchPage(start, to)
    yield page
    if (page.count < pageRows) break
    if (!Number.isFinite(page.last)) throw new NoNextPageError(start)
    // A venue that answers with the same rows again would be asked for ever.
    start = page.last < start ? plusMs(start, 1) : instant(page.last + 1)
  }
  return { from }
}

/** One page of a history that is read newest first. */
export interface BackwardPage extends Mapped {
  /** Rows in the answer, mapped or not; fewer than a full page means that there are no more. */
  readonly count: number
  /** The next page holds what is before this; NaN where the answer does not tell. */
  readonly oldest: number
}

/**
 * Reads a history page by page, newest first, each ending before the oldest row of the one before.
 * @param pageRows - rows of a full page
 * @param fetchPage - the newest rows before `to`
 */
export async function* backward(
  { from, to }: Past,
  pageRows: number,
  fetchPage: (to: InstantMs) => Promise<BackwardPage>,
): AsyncGenerator<Mapped, Reached> {
  for (let end: number = to; end > from;) {
    const page = await fetchPage(instant(end))
    yield page
    if (page.count < pageRows) break
    // A venue that answers with the same rows again would be asked for ever.
    if (!(page.oldest < end)) return { from: instant(end), why: 'a full page that leads no further back' }
    end = page.oldest
  }
  return { from }
}

/**
 * Reads a history window by window where a venue serves short windows only.
 * @param windowMs - longest stretch that one question may cover
 */
export async function* windows(
  { from, to }: Past,
  windowMs: number,
  fetchWindow: (from: InstantMs, to: InstantMs) => AsyncIterable<Mapped>,
): AsyncGenerator<Mapped, Reached> {
  for (let start = from; start < to; start = plusMs(start, windowMs)) {
    yield* fetchWindow(start, instant(Math.min(to, start + windowMs)))
  }
  return { from }
}

/** More would follow, but the venue's answer does not tell from where on: what is missing must not count as read. */
export class NoNextPageError extends DeskError {
  constructor(start: InstantMs) {
    super('NO_NEXT_PAGE', `the last row of the page from "${formatInstant(start)}" on has no time that can be read`, {
      retry: 'later',
    })
  }
}
