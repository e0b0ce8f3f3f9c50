const CODES = 'FGHJKMNQUVXZ'

/**
 * The month of a contract: written as a month, or by the code of fed funds futures.
 * @param year - of the row, which a code of one digit is near to
 * @returns undefined for what is neither
 * @example contractMonth('ZQZ25', 2025) // '2025-12'
 */
export function contractMonth(text: string, year: number): string | undefined {
  const plain = text.trim().toUpperCase()
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(plain)) return plain
  const [, code = '', digits = ''] = /^ZQ([FGHJKMNQUVXZ])(\d{1,2}|\d{4})$/.exec(plain) ?? []
  if (code === '') return undefined
  const month = String(CODES.indexOf(code) + 1).padStart(2, '0')
  return `${yearOf(digits, year)}-${month}`
}

/** A year by its last digit, its last two, or all of them: the next one that ends so, the present one first. */
function yearOf(digits: string, year: number): number {
  if (digits.length === 4) return Number(digits)
  const span = 10 ** digits.length
  const found = year - (year % span) + Number(digits)
  return found < year ? found + span : found
}
