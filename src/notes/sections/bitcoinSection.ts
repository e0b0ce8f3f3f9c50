import { formatDay, parseInstant, plusMs } from '../../core/instant.ts'
import { claim, isMeasured, type Claim, type Figure } from '../claim.ts'
import type { MacroReading } from '../macroReading.ts'
import type { Section } from '../note.ts'
import type { Reading } from '../reading.ts'
import { plural, sayDay, saySigned } from '../wording.ts'
import { quotesOf } from './macroSection.ts'

/** Days over which strength is compared, and sessions over which moves are. */
const STRENGTH_DAYS = 30
const SESSIONS = 30

const OTHERS = [
  { symbol: 'SPX', name: 'the S&P 500' },
  { symbol: 'GLD', name: 'gold' },
] as const

/** BTC against equities and gold, and sentiment; undefined where none of them is held. */
export function bitcoinSection(reading: Reading, macro: MacroReading): Section | undefined {
  const [strong, ...others] = OTHERS.map((other) => strength(reading, macro, other))
  const claims = [...others, ...OTHERS.map((other) => together(reading, macro, other)), sentiment(reading, macro)]
  const [finding, ...rest] = [strong, ...claims].filter((part) => part !== undefined).filter(isMeasured)
  if (finding === undefined) return undefined
  return { id: 'bitcoin', title: 'Bitcoin', finding, claims: rest, figures: [], missing: [] }
}

type Other = (typeof OTHERS)[number]

/** The last day in a week on which a measure has a value: sessions rest at weekends. */
function lastBar({ base }: MacroReading, id: string): number | undefined {
  const column = base.column(id)
  for (let bar = base.last; bar >= Math.max(0, base.last - 6); bar--) {
    if (!Number.isNaN(column[bar] ?? NaN)) return bar
  }
  return undefined
}

function strength({ asOf }: Reading, macro: MacroReading, { symbol, name }: Other): Claim | undefined {
  const { base } = macro
  const since = formatDay(plusMs(base.closeAt(base.last), -(STRENGTH_DAYS + 1) * 86_400_000))
  const id = `relative_strength(${symbol}, ${since})`
  const bar = lastBar(macro, `${id}.value`)
  if (bar === undefined) return undefined
  const [apart, own, other] = [
    base.figure('relative strength', `${id}.value`, bar),
    base.figure(base.frame.asset, `${id}.asset`, bar),
    base.figure(name, `${id}.series`, bar),
  ]
  const verb = Math.abs(apart.value) < 0.5 ? 'moved like' : apart.value > 0 ? 'did better than' : 'did worse than'
  const text = `Since ${sayDay(parseInstant(since), asOf)} ${base.frame.asset} ${verb} ${name}, close to close in New York: ${saySigned(own.value)} against ${saySigned(other.value)} in log returns.`
  return claim(`bitcoin-strength-${symbol.toLowerCase()}`, text, [apart, own, other], quotesOf(macro, symbol))
}

function together(_: Reading, macro: MacroReading, { symbol, name }: Other): Claim | undefined {
  const { base } = macro
  const id = `correlation(${symbol}, ${SESSIONS})`
  const bar = lastBar(macro, `${id}.value`)
  if (bar === undefined) return undefined
  const [value, low, high] = [
    base.figure('correlation', `${id}.value`, bar),
    base.figure('low', `${id}.low`, bar),
    base.figure('high', `${id}.high`, bar),
  ]
  const isClear = low.value > 0 || high.value < 0
  const range = `${value.value.toFixed(2)}, 95 % interval ${low.value.toFixed(2)} to ${high.value.toFixed(2)}`
  const text = isClear
    ? `Over ${SESSIONS} sessions it moved ${value.value > 0 ? 'with' : 'against'} ${name} (correlation ${range}).`
    : `Over ${SESSIONS} sessions its moves are not distinguishable from none with ${name} (correlation ${range}).`
  return claim(`bitcoin-correlation-${symbol.toLowerCase()}`, text, [value, low, high], quotesOf(macro, symbol))
}

function sentiment({ asOf }: Reading, macro: MacroReading): Claim | undefined {
  const { base } = macro
  const bar = lastBar(macro, 'fear_greed.value')
  if (bar === undefined) return undefined
  const index = base.figure('fear and greed', 'fear_greed.value', bar)
  const days = base.figure('days since an extreme', 'fear_greed.days_since_extreme', bar)
  const column = base.column('fear_greed.value')
  const extreme = bar - days.value
  const level = column[extreme] ?? NaN
  const past =
    Number.isNaN(level) || days.value === 0
      ? days.value === 0
        ? ': an extreme'
        : ''
      : `; ${plural(days.value, 'day')} before, on ${sayDay(plusMs(base.closeAt(extreme), -1), asOf)}, it was at an extreme of ${level.toFixed(0)}`
  const figures: [Figure, ...Figure[]] = [index, ...(Number.isNaN(days.value) ? [] : [days])]
  const text = `The fear and greed index stands at ${index.value.toFixed(0)}${past}. It contains BTC's own momentum and volatility, so it is no second witness to the price.`
  return claim('bitcoin-sentiment', text, figures, quotesOf(macro, 'FEAR_GREED'))
}
