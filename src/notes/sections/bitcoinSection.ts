import { openAt } from '../../core/candles.ts'
import { claim, isMeasured, type Claim, type Figure } from '../claim.ts'
import { saySource } from '../macroFigureParts.ts'
import type { MacroReading } from '../macroReading.ts'
import type { Section } from '../note.ts'
import type { Reading } from '../reading.ts'
import { lastHeld } from '../lastHeld.ts'
import { sayExtreme } from '../macroTitles.ts'
import { readFrom } from '../readFrom.ts'
import { comparedWith, sideOf, type Compared, type Other } from '../relativeTo.ts'
import { plural, sayDay, saySigned, withCommas } from '../wording.ts'
import { quotesOf } from './macroSection.ts'
import { moneyClaims } from './moneyClaims.ts'

/** Sessions over which moves are compared. */
const SESSIONS = 30

/** BTC against equities and gold, what money came in, and sentiment; undefined where none of them is held. */
export function bitcoinSection(reading: Reading, macro: MacroReading): Section | undefined {
  const compared = comparedWith(macro)
  const claims = [
    ...compared.map((each, i) => strength(reading, macro, each, compared.slice(0, i))),
    ...compared.map(({ other }) => together(macro, other)),
    ...moneyClaims(reading, macro),
    sentiment(reading, macro),
  ]
  const [finding, ...rest] = claims.filter((part) => part !== undefined).filter(isMeasured)
  if (finding === undefined) return undefined
  return { id: 'bitcoin', title: 'Bitcoin', finding, claims: rest, figures: [], missing: [] }
}

/** Against one other; where the days and the asset's own return were told before, only the other's. */
function strength(
  { asOf }: Reading,
  macro: MacroReading,
  { other: compared, id, since, bar }: Compared,
  before: readonly Compared[],
): Claim {
  const { base } = macro
  const { asset } = base.frame
  const { symbol, name, stands, remark } = compared
  const [apart, own, other] = [
    base.figure('relative strength', `${id}.value`, bar),
    base.figure(asset, `${id}.asset`, bar),
    base.figure(name, `${id}.series`, bar),
  ]
  const verb = { better: 'did better than', alike: 'moved like', worse: 'did worse than' }[sideOf(apart.value)]
  const isTold = before.some((told) => told.since === since && told.bar === bar)
  const text = isTold
    ? `Over the same sessions ${asset} ${verb} ${name}, at ${saySigned(other.value)}.`
    : `Since New York's close of ${sayDay(since, asOf)} ${asset} ${verb} ${name}: ${saySigned(own.value)} against ${saySigned(other.value)} in log returns.`
  const what = stands === undefined ? '' : ` ${remark(saySource(macro, 'quote', symbol))}.`
  return claim(
    `bitcoin-strength-${symbol.toLowerCase()}`,
    `${text}${what}`,
    [apart, own, other],
    closesOf(macro, symbol),
  )
}

function together(macro: MacroReading, { symbol, name }: Other): Claim | undefined {
  const { base } = macro
  const id = `correlation(${symbol}, ${SESSIONS})`
  const bar = lastHeld(base, `${id}.value`)
  if (bar === undefined) return undefined
  const [value, low, high] = [
    base.figure('correlation', `${id}.value`, bar),
    base.figure('low', `${id}.low`, bar),
    base.figure('high', `${id}.high`, bar),
  ]
  const [middle, from, to] = [value, low, high].map((figure) => withCommas(figure.value, 2))
  const range = `correlation ${middle}, 95 % interval ${from} to ${to}`
  const isClear = low.value > 0 || high.value < 0
  const text = isClear
    ? `Over ${SESSIONS} sessions ${base.frame.asset} moved ${value.value > 0 ? 'with' : 'against'} ${name} (${range}).`
    : `Over ${SESSIONS} sessions no link with ${name} can be told from chance (${range}).`
  return claim(`bitcoin-correlation-${symbol.toLowerCase()}`, text, [value, low, high], closesOf(macro, symbol))
}

function sentiment({ asOf }: Reading, macro: MacroReading): Claim | undefined {
  const { base } = macro
  const bar = lastHeld(base, 'fear_greed.value')
  if (bar === undefined) return undefined
  const index = base.figure('fear and greed', 'fear_greed.value', bar)
  const days = base.figure('days since an extreme', 'fear_greed.days_since_extreme', bar)
  const column = base.column('fear_greed.value')
  const extreme = bar - days.value
  const level = column[extreme] ?? NaN
  const past = Number.isNaN(level)
    ? ''
    : days.value === 0
      ? `, ${sayExtreme(level)}`
      : `; ${plural(days.value, 'day')} before, on ${sayDay(openAt(base.frame.grid, extreme), asOf)}, it was at ${sayExtreme(level)}, ${level.toFixed(0)}`
  const figures: [Figure, ...Figure[]] = [index, ...(Number.isNaN(days.value) ? [] : [days])]
  const text = `The fear and greed index stands at ${index.value.toFixed(0)}${past}. It contains BTC's own momentum and volatility, so it is no second witness to the price.`
  return claim('bitcoin-sentiment', text, figures, quotesOf(macro, 'FEAR_GREED'))
}

/** Where the closes in New York of the asset and of a series came from. */
function closesOf(macro: MacroReading, symbol: string) {
  const { inputs, conventions } = readFrom(macro.base.frame, 'us_close')
  return { inputs: [...inputs, ...quotesOf(macro, symbol).inputs], conventions }
}
