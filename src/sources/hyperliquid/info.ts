import type { VenueRequest } from '../source.ts'

/** What most questions cost; cheaper are the clock and the positions of an account. */
const USUAL_WEIGHT = 20

/** Everything is asked of one address; the body says what. */
export const info = (body: Readonly<Record<string, unknown>>, weight = USUAL_WEIGHT): VenueRequest => ({
  address: 'rest',
  path: '/info',
  body,
  budget: 'info',
  weight,
})

/**
 * What a question costs whose answer is charged by its rows.
 * @param rows - rows that the answer can have
 * @param rowsPerWeight - rows that cost 1
 * @example weightOfRows(5000, 60) // 104
 */
export const weightOfRows = (rows: number, rowsPerWeight: number): number =>
  USUAL_WEIGHT + Math.ceil(rows / rowsPerWeight)
