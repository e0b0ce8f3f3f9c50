import { gaps, openAt } from '../../core/candles.ts'
import { FOMC_DECISIONS } from '../../core/fomcMeetings.ts'
import type { Frame } from '../../core/frame.ts'
import { DAY_MS, formatDay } from '../../core/instant.ts'
import { textParam, type Params } from '../../core/params.ts'
import type { Metric } from '../metric.ts'
import { meetingMoves, type ImpliedMonth } from './fedWatch.ts'
import { rateOdds, type RateOdds } from './rateOdds.ts'

/** The step of a target range, basis points. */
const STEP = 25
/** The effective rate, percent: which range it lies in is the target. */
const EFFECTIVE = 'DFF'
/** It is told a working day later: for so many days the last one stands. */
const MOST_DAYS_OLD = 5

const OUTPUTS = ['cuts', 'probability_cut', 'expected', 'mode', 'mode_probability', 'four_or_more', 'target'] as const

/** What is said of one day. */
export interface QuotedDay {
  /** Lower ends of target ranges, basis points, with their shares; they need not sum to 1. */
  readonly odds: RateOdds['odds']
  /** Lower end of the target range that day, basis points. */
  readonly target: number
}

/**
 * What probabilities of target ranges behind a meeting say, by the middles of the ranges.
 * @returns `cuts` of a quarter of a percent that are expected, `probability_cut` and `four_or_more` (cuts) in percent, `expected` and
 * `mode` (its lower end) as rates in percent, `mode_probability` in percent; NaN where there are no odds
 * @example ratePath({ odds: [[400, 0.5], [425, 0.5]], target: 425 }).cuts // 0.5
 */
export function ratePath({ odds, target }: QuotedDay): Readonly<Record<(typeof OUTPUTS)[number], number>> {
  const sum = (count: (low: number) => number): number =>
    odds.reduce((total, [low, probability]) => total + count(low) * probability, 0)
  const whole = sum(() => 1)
  const share = (isIn: (low: number) => boolean): number => (100 * sum((low) => Number(isIn(low)))) / whole
  const expected = sum((low) => low + STEP / 2) / whole
  const [mode, most] = odds.toSorted((a, b) => b[1] - a[1])[0] ?? [NaN, NaN]
  return {
    cuts: (target + STEP / 2 - expected) / STEP,
    probability_cut: share((low) => low < target),
    expected: expected / 100,
    mode: mode / 100,
    mode_probability: (100 * most) / whole,
    four_or_more: share((low) => low <= target - 4 * STEP),
    target: (target + STEP / 2) / 100,
  }
}

/**
 * Registry entry `rate_path(date, from, view)`: what futures say of the target of the Federal Reserve behind the last meeting up to a date:
 * from ready odds, or from settlements of fed funds futures by the method of CME. Of settlements `chained` sums all ways through the meetings
 * before, `aggregated` reads the rate behind that one meeting against the rate now. Cuts are counted from the middle of the target range then, which is the range that the effective rate lies in: from the
 * effective rate itself they would be fewer.
 */
export const ratePathMetric: Metric = {
  id: 'rate_path',
  title: 'Rate path implied by futures',
  params: [
    { name: 'until', kind: 'date' },
    { name: 'from', kind: 'word', default: 'odds', choices: ['odds', 'futures'] },
    { name: 'view', kind: 'word', default: 'chained', choices: ['chained', 'aggregated'] },
  ],
  outputs: [
    { name: 'cuts', unit: 'count' },
    { name: 'probability_cut', unit: 'pct' },
    { name: 'expected', unit: 'pct' },
    { name: 'mode', unit: 'pct' },
    { name: 'mode_probability', unit: 'pct' },
    { name: 'four_or_more', unit: 'pct' },
    { name: 'target', unit: 'pct' },
  ],
  needs: (params) => [
    { kind: 'columns', group: textParam(params, 'from') === 'odds' ? 'rate_path' : 'rate_futures' },
    { kind: 'quote', symbol: EFFECTIVE },
  ],
  compute: (frame, params) => {
    const out = Object.fromEntries(OUTPUTS.map((name) => [name, gaps(frame.grid.length)]))
    const effective = effectiveOf(frame)
    const oddsAt = textParam(params, 'from') === 'odds' ? readyOdds(frame, params) : oddsOfFutures(frame, params)
    for (let bar = 0; bar < frame.grid.length; bar++) {
      const rate = effective[bar] as number
      if (Number.isNaN(rate)) continue
      const target = STEP * Math.floor((100 * rate) / STEP)
      const odds = oddsAt(bar, { target, rate })
      if (odds === undefined) continue
      const found = ratePath({ odds, target })
      for (const name of OUTPUTS) (out[name] as Float64Array)[bar] = found[name]
    }
    return out
  },
}

/** The rate of a day: lower end of its target range, basis points, and the effective one, percent. */
interface RateNow {
  readonly target: number
  readonly rate: number
}

type OddsAt = (bar: number, now: RateNow) => RateOdds['odds'] | undefined

/** Of the last meeting up to the date that is quoted on the day. */
function readyOdds(frame: Frame, params: Params): OddsAt {
  const until = textParam(params, 'until').replaceAll('-', '')
  const quoted = rateOdds(frame)
  return (bar) => quoted(bar).findLast(({ meeting }) => meeting <= until)?.odds
}

/** Of the last meeting up to the date that the settlements of the day reach. */
function oddsOfFutures(frame: Frame, params: Params): OddsAt {
  const [until, view] = [textParam(params, 'until'), textParam(params, 'view')]
  const columns = [...frame.columns].flatMap(([name, column]) => {
    const [, year, month] = /^rate_futures\.(\d{4})(\d{2})$/.exec(name) ?? []
    return year === undefined ? [] : [{ month: 12 * Number(year) + Number(month) - 1, column }]
  })
  return (bar, { target, rate }) => {
    const today = openAt(frame.grid, bar)
    const months = columns.flatMap(({ month, column }): ImpliedMonth[] =>
      Number.isNaN(column[bar]) ? [] : [{ month, rate: column[bar] as number }],
    )
    const meetings = FOMC_DECISIONS.filter((meeting) => meeting >= today)
    const move = meetingMoves(months, meetings, rate).findLast(({ meeting }) => formatDay(meeting) <= until)
    if (move === undefined) return undefined
    return [...(view === 'chained' ? move.chained : move.aggregated)].map(([steps, share]) => [
      target + STEP * steps,
      share,
    ])
  }
}

/** The effective rate by bar, percent, the last one that was told. */
function effectiveOf({ quotes, grid }: Frame): Float64Array {
  const told = quotes.get(EFFECTIVE) ?? gaps(grid.length)
  const out = gaps(grid.length)
  let [last, at] = [NaN, -Infinity]
  for (const [i, rate] of told.entries()) {
    if (!Number.isNaN(rate)) [last, at] = [rate, i]
    if ((i - at) * grid.step <= MOST_DAYS_OLD * DAY_MS) out[i] = last
  }
  return out
}
