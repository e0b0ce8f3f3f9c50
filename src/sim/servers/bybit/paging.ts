/** A row that stands at an instant. */
interface At {
  readonly at: number
}

/** A page of rows, newest first, and the cursor to the next: empty where there is none. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly nextPageCursor: string
}

/** What is asked of rows; both ends belong to it. */
export interface PageAsk {
  readonly from: number
  readonly to: number
  readonly limit: number
}

/**
 * Rows on a grid from the newest on.
 * @param oldestFirst - all rows that there are
 * @param lastId - the number that a cursor carries beside the time
 */
export function pageOf<Row extends At>(
  oldestFirst: readonly Row[],
  { from, to, limit }: PageAsk,
  lastId: (row: Row) => number,
): Page<Row> {
  const found = oldestFirst.filter(({ at }) => at >= from && at <= to)
  const rows = found.slice(-limit).toReversed()
  const last = rows.at(-1)
  const hasMore = found.length > rows.length && last !== undefined
  return { rows, nextPageCursor: hasMore ? cursorText(lastId(last), last.at) : '' }
}

/** A cursor, encoded for an address already. */
const cursorText = (lastId: number, at: number): string =>
  encodeURIComponent(`lastid=${lastId}&lasttime=${Math.floor(at / 1000)}`)

/**
 * When the rows before a cursor end. It arrives decoded once; one that was encoded again is not understood.
 * @returns the last instant, ms; undefined where it is no cursor
 */
export function beforeCursor(cursor: string): number | undefined {
  const seconds = /^lastid=\d+&lasttime=(\d+)$/.exec(cursor)?.[1]
  return seconds === undefined ? undefined : Number(seconds) * 1000 - 1
}
