import type { Mapped, Past } from '../source.ts'
import { RefusedAnswerError } from './askData.ts'

/** The rows that lie in a stretch; the venue's pages reach beyond it. */
export function inside({ rows, faults }: Mapped, { from, to }: Pick<Past, 'from' | 'to'>): Mapped {
  const lies = (at: number): boolean => at >= from && at < to
  return { rows: rows.filter(({ row }) => lies(Number(row['at']))), faults }
}

/** A field of a row of whatever shape. */
export const fieldOf = (row: unknown, name: string): unknown =>
  (row as Readonly<Record<string, unknown>> | null)?.[name]

const timesOf = (list: readonly unknown[], name: string): readonly number[] =>
  list.map((row) => Number(fieldOf(row, name) ?? NaN)).filter((ms) => ms > 0)

/**
 * Time of the oldest row, ms; undefined where there is no row.
 * @throws {RefusedAnswerError} there are rows and none has a time, so that nothing can be said of what has come
 */
export function oldestOf(path: string, list: readonly unknown[], name: string): number | undefined {
  const times = timesOf(list, name)
  if (list.length > 0 && times.length === 0) throw new RefusedAnswerError(path, list)
  return times.length === 0 ? undefined : Math.min(...times)
}

/** Time of the newest row, ms: where rows have no order, a page is before a stretch when all of them are. */
export function newestOf(list: readonly unknown[], name: string): number | undefined {
  const times = timesOf(list, name)
  return times.length === 0 ? undefined : Math.max(...times)
}
