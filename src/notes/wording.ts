import { civil, type InstantMs } from '../core/instant.ts'
import { formatPrice } from '../figures/format.ts'

/**
 * A price as a person would say it, written as figures write it: four significant figures, thousands with commas.
 * @example sayPrice(1797.36) // '1,797'
 */
export const sayPrice = (value: number): string => formatPrice(value)

/**
 * A percentage: whole from 10, one decimal below.
 * @example sayPercent(-66.3) // '66 %'
 */
export function sayPercent(value: number): string {
  const size = Math.abs(value)
  return `${withCommas(size, size < 9.95 ? 1 : 0)} %`
}

/** A percentage with its sign: `+3.1 %`, `−14 %`; none for `0.0 %`. */
export function saySigned(value: number): string {
  const sign = Math.abs(value) < 0.05 ? '' : value < 0 ? '−' : '+'
  return `${sign}${sayPercent(value)}`
}

/** A count of coins or dollars as a person says it: `8.47 m`, `14.9 bn`. */
export function saySize(value: number): string {
  const size = Math.abs(value)
  const [unit, word] = size >= 1e9 ? [1e9, ' bn'] : size >= 1e6 ? [1e6, ' m'] : size >= 1e4 ? [1e3, ',000'] : [1, '']
  const shown = size / unit
  const decimals = word === ',000' || shown >= 100 ? 0 : shown >= 10 ? 1 : 2
  return `${value < 0 ? '−' : ''}${withCommas(shown, unit === 1 ? 0 : decimals)}${word}`
}

/**
 * A day, with the year only where it is not the note's own.
 * @example sayDay(parseInstant('2025-04-09'), parseInstant('2025-04-23')) // '9 April'
 */
export function sayDay(at: InstantMs, asOf: InstantMs): string {
  const { year, month, day } = civil(at)
  return `${day} ${MONTHS[month - 1]}${year === civil(asOf).year ? '' : ` ${year}`}`
}

/** A day and an hour, `23 April 2025, 16:00 UTC`. */
export function sayInstant(at: InstantMs): string {
  const { year, month, day, hour, minute } = civil(at)
  const clock = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  return `${day} ${MONTHS[month - 1]} ${year}, ${clock} UTC`
}

/** A number with commas and a fixed count of decimals. */
export function withCommas(value: number, decimals = 0): string {
  const text = Math.abs(value).toFixed(decimals)
  const [whole = '', fraction] = text.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return `${value < 0 && Number(text) !== 0 ? '−' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`
}

/** Small counts in words: `three`, `12`. */
export const sayCount = (count: number): string => COUNTS[count] ?? withCommas(count)

/** `once`, `twice`, `three times`. */
export function sayTimes(count: number): string {
  if (count === 1) return 'once'
  return count === 2 ? 'twice' : `${sayCount(count)} times`
}

/** `3rd`, `21st`. */
export function sayOrdinal(count: number): string {
  const tens = count % 100
  const suffix = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th')
  return `${withCommas(count)}${suffix}`
}

/** A plural by rule: `1 bar`, `3 bars`. */
export const plural = (count: number, noun: string): string => `${sayCount(count)} ${noun}${count === 1 ? '' : 's'}`

/** Joins parts as a sentence does: `a, b and c`. */
export function sayList(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** A venue as it writes its own name. */
export const sayVenue = (venue: string): string => VENUES[venue] ?? sentence(venue)

/** The same text with a capital first letter. */
export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

const VENUES: Readonly<Record<string, string>> = {
  okx: 'OKX',
  cme: 'CME',
  coingecko: 'CoinGecko',
  fred: 'FRED',
  nyfed: 'New York Fed',
  alternativeme: 'alternative.me',
  federalregister: 'Federal Register',
  simulated: 'SIMULATED',
}
const COUNTS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
