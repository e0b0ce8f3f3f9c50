import type { Input } from '../../core/frame.ts'

/** A number and what it is counted in. */
export interface Counted {
  readonly value: number
  readonly unit: string
}

const DOLLARS = new Set(['usd', 'usdt', 'usdc'])

/**
 * A measured number in the unit that a claim expects, or undefined where the two are not of one kind.
 * Prices in USD, USDT and USDC count as US dollars; percent and ratio are converted; a price or an index level is also a number of points.
 * @param measured - in a unit of this version; `quote` is what the inputs are priced in
 * @param expected - the claim's unit; none takes the number as it is
 * @example inUnit({ value: 0.5, unit: 'ratio' }, 'pct', []) // { value: 50, unit: 'pct' }
 */
export function inUnit(measured: Counted, expected: string | undefined, inputs: readonly Input[]): Counted | undefined {
  if (expected === undefined) return measured
  const [from, to] = [kindOf(measured.unit, inputs), kindOf(expected, inputs)]
  if (from === to) return measured
  if (from === 'ratio' && to === 'pct') return { value: measured.value * 100, unit: 'pct' }
  if (from === 'pct' && to === 'ratio') return { value: measured.value / 100, unit: 'ratio' }
  const isLevel = measured.unit === 'quote' || measured.unit === 'index'
  return to === 'points' && isLevel ? { ...measured, unit: 'points' } : undefined
}

/** A unit that names what it is: `quote` of USDT prices is `usd`, of prices in euros `eur`. */
function kindOf(unit: string, inputs: readonly Input[]): string {
  const word = unit.toLowerCase()
  const named = word === 'quote' ? (quoteOf(inputs)?.toLowerCase() ?? word) : word
  return DOLLARS.has(named) ? 'usd' : named
}

const quoteOf = (inputs: readonly Input[]): string | undefined => inputs.find(({ quote }) => quote !== undefined)?.quote

/** What the claim counts in, against what was measured. */
export const sayMismatch = (expected: string, measured: string, inputs: readonly Input[]): string =>
  `unit "${expected}" against "${measured === 'quote' ? (quoteOf(inputs) ?? measured) : measured}"`
