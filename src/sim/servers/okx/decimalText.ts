/** A number as the venue writes it: plain decimals, at most so many, no zeros behind them. */
export function decimalText(value: number, decimals: number): string {
  const text = value.toFixed(decimals)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
