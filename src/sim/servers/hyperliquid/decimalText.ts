/**
 * A number as this venue writes it: as text, no zeros at its end, but always with a decimal.
 * @param decimals - after which it is rounded
 * @example decimalText(84143, 2) // '84143.0'
 */
export function decimalText(value: number, decimals: number): string {
  const text = value.toFixed(decimals)
  const [whole = '0', rest = ''] = text.split('.')
  const digits = rest.replace(/0+$/, '')
  const isNothing = digits === '' && Number(whole) === 0
  return `${isNothing ? '0' : whole}.${digits === '' ? '0' : digits}`
}
