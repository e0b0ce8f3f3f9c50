const LETTER_OR_SPACE = /^\s*$|[xob_]/i

/**
 * A decimal number; NaN for an empty text, a text that is no number, hexadecimal, and anything infinite.
 * @example readNumber('1e-5') // 0.00001
 */
export function readNumber(text: string | undefined): number {
  if (text === undefined) return NaN
  const value = Number(text)
  if (value === 0 || text.charCodeAt(0) <= 32 || text.charCodeAt(1) > 57) return readStrictly(text, value)
  return Number.isFinite(value) ? value : NaN
}

/** `Number` takes blanks for 0 and knows `0x1f`; a column of numbers must not. */
const readStrictly = (text: string, value: number): number =>
  Number.isFinite(value) && !LETTER_OR_SPACE.test(text) ? value : NaN

const MISSING = new Set(['', 'NaN', 'nan', 'null', 'NULL', 'None', 'NA', 'N/A', '.'])

/** True where an optional cell says that there is no value. */
export const isMissing = (text: string | undefined): boolean =>
  text === undefined || (text.length < 5 && MISSING.has(text))

/** An optional number: undefined where the cell is missing, NaN where it holds no number. */
export const readOptional = (text: string | undefined): number | undefined =>
  isMissing(text) ? undefined : readNumber(text)
