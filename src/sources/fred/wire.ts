/** GET /graph/fredgraph.csv?id=DFF: a header, then a line a day, oldest first: `2025-04-22,4.33`. */
export const DOOR = '/graph/fredgraph.csv'

/** What the column of dates is and was called: the name changed in December 2024. */
export const DATE_COLUMNS: readonly string[] = ['observation_date', 'DATE']

/** What stands where there is no value: a holiday, a day that is not told yet. */
export const MISSING: readonly string[] = ['.', '']

export const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
/** As they are written there: no thousands, no exponent. */
export const VALUE = /^-?(\d+(\.\d*)?|\.\d+)$/
