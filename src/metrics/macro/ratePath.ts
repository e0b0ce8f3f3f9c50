import { gaps } from '../../core/candles.ts'
import { textParam } from '../../core/params.ts'
import type { Metric } from '../metric.ts'
import { futuresOdds, type OddsView } from './futuresOdds.ts'
import { rateNow, STEP } from './rateNow.ts'
import { rateOdds, type RateOdds } from './rateOdds.ts'

const OUTPUTS = [
  'cuts',
  'probability_cut',
  'probability_rise',
  'expected',
  'mode',
  'mode_probability',
  'four_or_more',
  'target',
] as const

/** What is said without today's target. */
const OF_ODDS: ReadonlySet<string> = new Set(['expected', 'mode', 'mode_probability'])

/** What is said of one day. */
export interface QuotedDay {
  /** Lower ends of target ranges, basis points, with their shares; they need not sum to 1. */
  readonly odds: RateOdds['odds']
  /** Lower end of the target range that day, basis points. */
  readonly target: number
}

/**
 * What probabilities of target ranges behind a meeting say, by the middles of the ranges.
 * @returns `cuts` of a quarter of a percent that are expected, `probability_cut`, `probability_rise` and `four_or_more` (cuts) in percent, `expected` and
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
    probability_rise: share((low) => low > target),
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
 * before, `aggregated` reads the rate behind that one meeting against the rate now. Cuts are counted from the middle of the target range then; where only
 * the effective rate is held, of the range that it lies in. From the effective rate itself they would be fewer. From the
 * day of a decision until a rate of a later day is told, today's target is not known, and nothing is counted from it.
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
    { name: 'probability_rise', unit: 'pct' },
    { name: 'expected', unit: 'pct' },
    { name: 'mode', unit: 'pct' },
    { name: 'mode_probability', unit: 'pct' },
    { name: 'four_or_more', unit: 'pct' },
    { name: 'target', unit: 'pct' },
  ],
  needs: (params) => [
    { kind: 'columns', group: textParam(params, 'from') === 'odds' ? 'rate_path' : 'rate_futures' },
    { kind: 'columns', group: 'rate_now' },
  ],
  compute: (frame, params) => {
    const out = Object.fromEntries(OUTPUTS.map((name) => [name, gaps(frame.grid.length)]))
    const nowAt = rateNow(frame)
    const until = textParam(params, 'until').replaceAll('-', '')
    const quoted =
      textParam(params, 'from') === 'odds' ? rateOdds(frame) : futuresOdds(frame, textParam(params, 'view') as OddsView)
    for (let bar = 0; bar < frame.grid.length; bar++) {
      // Of the last meeting up to the date that is quoted on the day.
      const odds = quoted(bar).findLast(({ meeting }) => meeting <= until)?.odds
      if (odds === undefined) continue
      const now = nowAt(bar)
      const found = ratePath({ odds, target: now?.target ?? NaN })
      for (const name of OUTPUTS) {
        if (now !== undefined || OF_ODDS.has(name)) (out[name] as Float64Array)[bar] = found[name]
      }
    }
    return out
  },
}
