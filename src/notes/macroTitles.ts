import { EXTREMES } from '../metrics/macro/fearGreed.ts'
import type { MacroReading } from './macroReading.ts'
import { pathId, type RateQuote } from './rateQuote.ts'
import { sideOf, type Compared } from './relativeTo.ts'
import { plural, sayDay, sayList } from './wording.ts'

/** What the figure of the rate path shows: moves of a quarter point up to the horizon. */
export function pathTitle({ base }: MacroReading, quote: RateQuote): string {
  const cuts = base.column(`${pathId(quote, quote.until)}.cuts`)[quote.bar] ?? NaN
  return `Futures imply ${sayMoves(cuts, 1)} by ${quote.horizon}`
}

/** What is said where futures expect neither cuts nor rises. */
export const NO_MOVES = 'no change'

/**
 * Expected moves of a quarter point in words.
 * @param cuts - negative for rises
 * @example sayMoves(3.23, 1) // '3.2 cuts'
 */
export function sayMoves(cuts: number, decimals: number): string {
  if (Math.abs(cuts) < 0.05) return NO_MOVES
  return `${Math.abs(cuts).toFixed(decimals)} ${cuts > 0 ? 'cuts' : 'rises'}`
}

const FARED = { better: 'has beaten', alike: 'has kept pace with', worse: 'has lagged' } as const

/** What the figure of strength shows: whom the asset has beaten, and whom not. */
export function strengthTitle({ base, base: { frame } }: MacroReading, others: readonly Compared[]): string {
  const fared = others.map(({ other, id, bar }) => ({
    side: sideOf(base.column(`${id}.value`)[bar] ?? NaN),
    name: other.name,
  }))
  const parts = (Object.keys(FARED) as (keyof typeof FARED)[]).flatMap((side) => {
    const names = fared.filter((each) => each.side === side).map(({ name }) => name)
    return names.length === 0 ? [] : [`${FARED[side]} ${sayList(names)}`]
  })
  const [first] = others
  const since = first === undefined ? '' : ` since ${sayDay(first.since, frame.asOf)}`
  return `${frame.asset} ${parts.join(' but ')}${since}`
}

/** What the figure of sentiment shows: where it stands, and how long ago it was extreme. */
export function sentimentTitle({ base }: MacroReading, bar: number): string {
  const at = (output: string, i: number): number => base.column(`fear_greed.${output}`)[i] ?? NaN
  const [value, days] = [at('value', bar), at('days_since_extreme', bar)]
  if (Number.isNaN(days)) return `Fear and greed stands at ${value.toFixed(0)}`
  const extreme = sayExtreme(at('value', bar - days))
  if (days === 0) return `Sentiment is at ${extreme}, ${value.toFixed(0)}`
  return `Fear and greed stands at ${value.toFixed(0)}, ${plural(days, 'day')} after ${extreme}`
}

/** Which of its extremes the index of fear and greed is at. */
export const sayExtreme = (value: number): 'extreme fear' | 'extreme greed' =>
  value <= EXTREMES.fear ? 'extreme fear' : 'extreme greed'
