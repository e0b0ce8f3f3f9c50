import { instant, type InstantMs } from '../core/instant.ts'
import type { Mapped, Past, Reached } from './source.ts'

/** One page of a history that is read newest first. */
export interface BackwardPage extends Mapped {
  /** Rows in the answer, mapped or not. */
  readonly count: number
  /** Time of the oldest row in the answer. */
  readonly first: number
  /** What the next page is asked by, made of the oldest row. */
  readonly cursor: string
}

/** Where a reading from the newest row backwards may stop. */
export interface BackwardLimits {
  /** From this instant on the venue promises to serve everything, so that an empty answer means that there was nothing. */
  readonly promisedFrom: number
  /** Reads on until a row is so much older than the stretch: 1 where many rows may share an instant. */
  readonly beyondMs: number
}

/**
 * Reads a history page by page, newest first, each page ending before the oldest row of the one before; rows outside of the
 * stretch are left out. A short page is no sign of the end, since venues cap pages below what is asked for: only an empty
 * one is, or one that brings nothing older.
 * @param fetchPage - the rows older than those of a cursor; the first page is asked for without one
 * @returns from when on everything has come; a listing within the stretch counts as its beginning
 */
export async function* backward(
  { from, to, instrument: { listedAt = -Infinity } }: Past,
  { promisedFrom, beyondMs }: BackwardLimits,
  fetchPage: (cursor: string | undefined) => Promise<BackwardPage>,
): AsyncGenerator<Mapped, Reached> {
  const start = Math.max(from, listedAt)
  if (start >= to) return { from }
  let cursor: string | undefined
  let reached: number = to
  for (;;) {
    const page = await fetchPage(cursor)
    yield { rows: page.rows.filter(({ row }) => isWithin(row['at'], from, to)), faults: page.faults }
    if (page.count > 0 && page.first <= start - beyondMs) return { from }
    const older = page.count > 0 && page.cursor !== cursor && page.first <= reached
    if (!older) return endOf(from, start, Math.min(reached, promisedFrom))
    cursor = page.cursor
    reached = page.first
  }
}

const isWithin = (at: unknown, from: InstantMs, to: InstantMs): boolean => Number(at) >= from && Number(at) < to

const endOf = (from: InstantMs, start: number, reached: number): Reached =>
  reached <= start ? { from } : { from: instant(reached), why: 'the venue serves no older rows' }
