import { civil, type InstantMs } from '../core/instant.ts'

/**
 * A price as a person would say it: four significant figures, a last zero beyond three dropped, commas between thousands.
 * @param price - any finite number
 * @returns `–` for a gap
 * @example formatPrice(93691.08) // '93,690'
 * @example formatPrice(0.0208) // '0.0208'
 */
export function formatPrice(price: number): string {
  return formatSignificant(price, 4)
}

/**
 * A number to `digits` significant figures, one last zero after the point dropped, commas between thousands.
 * @param value - any finite number
 * @returns `–` for a gap; the minus sign is a true one
 * @example formatSignificant(-12, 3) // '−12'
 */
export function formatSignificant(value: number, digits: number): string {
  if (!Number.isFinite(value)) return '–'
  const rounded = Number(value.toPrecision(digits))
  if (rounded === 0) return '0'
  const whole = Math.floor(Math.log10(Math.abs(rounded)) + 1e-12) + 1
  const full = rounded.toFixed(Math.max(0, digits - whole))
  return withCommas(full.includes('.') ? full.replace(/\.?0$/, '') : full)
}

/**
 * A large count in few characters: `1.23m` million, `4.5bn` billion, `820k` thousand.
 * @returns three significant figures; `–` for a gap
 * @example formatCompact(1234567) // '1.23m'
 */
export function formatCompact(value: number): string {
  if (!Number.isFinite(value)) return '–'
  for (const [size, unit] of SIZES) {
    if (Math.abs(value) >= size * 0.9995) return `${plain(value / size)}${unit}`
  }
  return plain(value)
}

/**
 * A number with a fixed count of decimals, commas between thousands and a true minus sign.
 * @example formatFixed(-1234.5, 1) // '−1,234.5'
 */
export const formatFixed = (value: number, decimals: number): string => withCommas(value.toFixed(decimals))

/**
 * The fewest decimals that write every one of these numbers in full, up to fifteen.
 * @example decimalsOf([0.25, 1]) // 2
 */
export function decimalsOf(values: readonly number[]): number {
  for (let decimals = 0; decimals < 15; decimals++) {
    const scale = 10 ** decimals
    const isWhole = (scaled: number): boolean => Math.abs(scaled - Math.round(scaled)) <= 1e-9 * Math.abs(scaled)
    if (values.every((value) => isWhole(value * scale))) return decimals
  }
  return 15
}

/**
 * The decimals that give the largest of some numbers this many significant figures, so that all of them are written alike.
 * @example decimalsFor(214.2, 3) // 0
 */
export function decimalsFor(largest: number, digits: number): number {
  if (!(Math.abs(largest) > 0)) return 0
  return Math.max(0, Math.min(12, digits - 1 - Math.floor(Math.log10(Math.abs(largest)))))
}

/**
 * One way of writing all the prices of a figure: as many decimals as give `typical` four significant figures. Where prices are
 * more than twenty times apart, each gets its own.
 * @param typical - the price that matters most, say the last
 * @param range - lowest and highest price to write
 * @example priceFormatter(0.03065, { low: 0.021, high: 0.032 })(0.0305) // '0.03050'
 */
export function priceFormatter(
  typical: number,
  { low, high }: { readonly low: number; readonly high: number },
): (price: number) => string {
  if (!(typical > 0) || !(low > 0) || high / low > 20) return formatPrice
  const places = 3 - Math.floor(Math.log10(typical))
  const unit = 10 ** -Math.min(0, places)
  const decimals = Math.max(0, Math.min(12, places))
  return (price) => formatFixed(unit === 1 ? price : Math.round(price / unit) * unit, decimals)
}

/** Short names of the months, January first. */
export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/**
 * A UTC day as a person writes it.
 * @example formatDate(parseInstant('2025-04-07')) // '7 Apr 2025'
 */
export function formatDate(at: InstantMs): string {
  return `${formatDayMonth(at)} ${civil(at).year}`
}

/**
 * A UTC day without its year.
 * @example formatDayMonth(parseInstant('2025-04-07')) // '7 Apr'
 */
export function formatDayMonth(at: InstantMs): string {
  const { day, month } = civil(at)
  return `${day} ${MONTHS[month - 1] ?? ''}`
}

/**
 * The hour and minute of an instant in UTC.
 * @example formatClock(parseInstant('2025-04-07T04:00Z')) // '04:00'
 */
export function formatClock(at: InstantMs): string {
  const { hour, minute } = civil(at)
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

const SIZES = [
  [1e12, 'tn'],
  [1e9, 'bn'],
  [1e6, 'm'],
  [1e3, 'k'],
] as const

const plain = (value: number): string => withCommas(String(Number(value.toPrecision(3))))

function withCommas(text: string): string {
  const [whole = '', fraction] = text.replace('-', '').split('.')
  const sign = text.startsWith('-') && Number(text) !== 0 ? '−' : ''
  return `${sign}${whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')}${fraction === undefined ? '' : `.${fraction}`}`
}
