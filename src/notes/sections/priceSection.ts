import { openAt } from '../../core/candles.ts'
import { DAY_MS, formatDay, instant, startOfDay } from '../../core/instant.ts'
import { claim, type Claim, type Figure } from '../claim.ts'
import type { Section } from '../note.ts'
import type { Reading } from '../reading.ts'
import { extremeBar, percentileOf } from '../series.ts'
import { sayDay, sayPercent, sayPrice, sentence } from '../wording.ts'

const YEAR_DAYS = 365
const VOLATILITY_DAYS = 30

/** Where price stands: its distance from the year's high and low, its moves over a day, a week and a month, its volatility. */
export function priceSection(reading: Reading): Section {
  const parts = [fall(reading), recovery(reading), moves(reading), volatility(reading)]
  return {
    id: 'price',
    title: 'Where price stands',
    finding: standing(reading),
    claims: parts.filter((part) => part !== undefined),
    figures: [],
    missing: [],
  }
}

/** The first day of the window that highs and lows of "the past year" are taken from. */
export const yearBefore = (reading: Reading): string =>
  formatDay(instant(startOfDay(reading.asOf) - YEAR_DAYS * DAY_MS))

/** The past year, or as much of it as the candles reach back: `the past year`, `the 61 days held`. */
export function sayYear({ daily, now }: Reading): string {
  const days = Math.floor((now.closeAt(now.last) - daily.candles.start) / DAY_MS)
  return days < YEAR_DAYS ? `the ${days} days held` : 'the past year'
}

/** Bars of the highest high and of the lowest low after it within the past year, where the latest price is known. */
function swing({ now, asOf }: Reading): { readonly high: number; readonly low: number } {
  const { candles, barOf, last } = now
  const from = Math.max(0, barOf(instant(startOfDay(asOf) - YEAR_DAYS * DAY_MS)))
  const high = extremeBar(candles.high, from, last, 'highest')
  return { high, low: extremeBar(candles.low, high, last, 'lowest') }
}

function standing(reading: Reading): Claim {
  const { now, asset } = reading
  const drawdown = now.figure('below the high', `drawdown(${yearBefore(reading)}).current`)
  const price = now.figure('price', 'close')
  const top = now.figure('high', `high_since(high, ${yearBefore(reading)})`)
  const below = Math.abs(drawdown.value)
  const where =
    below < 0.05
      ? `is at its high of ${sayYear(reading)}, ${sayPrice(price.value)}`
      : `stands at ${sayPrice(price.value)}, ${sayPercent(below)} below its high of ${sayYear(reading)}`
  return claim('price-standing', `${asset} ${where}.`, [drawdown, price, top], now.frame)
}

function fall(reading: Reading): Claim | undefined {
  const { now, asset, asOf } = reading
  const { high, low } = swing(reading)
  const id = `drawdown(${yearBefore(reading)})`
  const deepest = now.figure('fall', id)
  if (low <= high || Math.abs(deepest.value) < 5) return undefined
  const [top, bottom] = [now.figure('high', 'high', high), now.figure('low', 'low', low)]
  if (Math.abs((bottom.value / top.value - 1) * 100 - deepest.value) > 0.01) return undefined
  const text = `From ${sayPrice(top.value)} on ${sayDay(openOf(reading, high), asOf)} ${asset} fell ${sayPercent(deepest.value)} to ${sayPrice(bottom.value)} on ${sayDay(openOf(reading, low), asOf)}.`
  return claim('price-fall', text, [deepest, top, bottom], now.frame)
}

function recovery(reading: Reading): Claim | undefined {
  const { now, asOf } = reading
  const { high, low } = swing(reading)
  if (low <= high) return undefined
  const day = openOf(reading, low)
  const gain = gainSince(reading, low)
  const retraced = retracedShare(reading, high, low)
  const share = fall(reading) === undefined ? '' : `, which takes back ${sayPercent(retraced.value)} of the fall`
  const text =
    gain.value < 0.05
      ? `It is still at its low of ${sayDay(day, asOf)}.`
      : `Since the low of ${sayDay(day, asOf)} it has gained ${sayPercent(gain.value)}${share}.`
  const bottom = now.figure('low', 'low', low)
  return claim('price-rebound', text, [gain, retraced, bottom], now.frame)
}

/** From the low itself: a day's own low may come before its high, so a measure from the day's start need not be it. */
function gainSince({ now }: Reading, low: number): Figure {
  const close = now.figure('price', 'close')
  const bottom = now.candles.low[low] as number
  const method = `(${close.value} / ${bottom} - 1) * 100`
  return { ...close, name: 'gain since the low', value: (close.value / bottom - 1) * 100, unit: 'pct', method }
}

function retracedShare({ now }: Reading, high: number, low: number): Figure {
  const close = now.figure('price', 'close')
  const top = now.candles.high[high] as number
  const bottom = now.candles.low[low] as number
  const share = ((close.value - bottom) / (top - bottom)) * 100
  const method = `(${close.value} - ${bottom}) / (${top} - ${bottom}) * 100`
  return { ...close, name: 'share of the fall taken back', value: share, unit: 'pct', method }
}

function moves(reading: Reading): Claim | undefined {
  const { now } = reading
  const figures = [
    { figure: now.figure('1 day', 'change(close, 1d)'), span: 'in a day' },
    { figure: now.figure('7 days', 'change(close, 7d)'), span: 'in a week' },
    { figure: now.figure('30 days', 'change(close, 30d)'), span: 'in a month' },
  ].filter(({ figure }) => !Number.isNaN(figure.value))
  const [first, ...rest] = figures.map(({ figure }) => figure)
  if (first === undefined) return undefined
  return claim('price-moves', `${sentence(sayMoves(figures))}.`, [first, ...rest], now.frame)
}

interface Move {
  readonly figure: Figure
  readonly span: string
}

/** Neighbouring moves of one direction share their verb: "it rose 3 % in a day and 13 % in a week, and fell 14 % in a month". */
function sayMoves(moves: readonly Move[]): string {
  const groups: { verb: string; parts: string[] }[] = []
  for (const { figure, span } of moves) {
    const verb = Math.abs(figure.value) < 0.05 ? 'was unchanged' : figure.value > 0 ? 'rose' : 'fell'
    const part = verb === 'was unchanged' ? span : `${sayPercent(figure.value)} ${span}`
    const group = groups.at(-1)
    if (group?.verb === verb) group.parts.push(part)
    else groups.push({ verb, parts: [part] })
  }
  const phrases = groups.map(
    ({ verb, parts }) =>
      `${verb} ${parts.length === 3 ? `${parts[0]}, ${parts[1]} and ${parts[2]}` : parts.join(' and ')}`,
  )
  return `it ${phrases.length === 3 ? `${phrases[0]}, ${phrases[1]} and ${phrases[2]}` : phrases.join(' but ')}`
}

function volatility(reading: Reading): Claim | undefined {
  const { daily } = reading
  const id = `realised_volatility(${VOLATILITY_DAYS})`
  const current = daily.figure('realised volatility', id)
  const rank = percentileOf(daily.column(id), daily.last, YEAR_DAYS)
  if (Number.isNaN(current.value) || rank === undefined) return undefined
  const span = rank.count < YEAR_DAYS ? `the ${rank.count} days before` : 'the past year'
  const compared =
    rank.share === 1
      ? `the highest of ${span}`
      : rank.share === 0
        ? `the lowest of ${span}`
        : rank.share >= 0.9
          ? `higher than on ${sayPercent(rank.share * 100)} of ${rank.count < YEAR_DAYS ? '' : 'days of '}${span}`
          : rank.share <= 0.1
            ? `lower than on ${sayPercent((1 - rank.share) * 100)} of ${rank.count < YEAR_DAYS ? '' : 'days of '}${span}`
            : rank.share > 0.5
              ? `above the median of ${span}`
              : `below the median of ${span}`
  const text = `Realised volatility over ${VOLATILITY_DAYS} days is ${sayPercent(current.value)} a year, ${compared}.`
  const share: Figure = {
    ...current,
    name: 'share of days before with less',
    value: rank.share * 100,
    unit: 'pct',
    method: `percentile of ${id} in ${rank.count} days`,
  }
  return claim('price-volatility', text, [current, share], daily.frame)
}

const openOf = (reading: Reading, bar: number) => openAt(reading.now.candles, bar)
