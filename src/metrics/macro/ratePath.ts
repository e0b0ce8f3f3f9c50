import { gaps } from '../../core/candles.ts'
import type { Frame } from '../../core/frame.ts'
import { textParam } from '../../core/params.ts'
import type { Metric } from '../metric.ts'

/** The step of a target range, basis points. */
const STEP = 25
/** The effective rate, percent: which range it lies in is the target. */
const EFFECTIVE = 'DFF'
/** It is told a working day later: for so many days the last one stands. */
const MOST_DAYS_OLD = 5

const OUTPUTS = ['cuts', 'probability_cut', 'expected', 'mode', 'mode_probability', 'four_or_more', 'target'] as const

/** What is said of one day. */
export interface RateOdds {
  /** Lower ends of target ranges, basis points, with their shares; they need not sum to 1. */
  readonly odds: readonly (readonly [low: number, probability: number])[]
  /** Lower end of the target range that day, basis points. */
  readonly target: number
}

/**
 * What probabilities of target ranges behind a meeting say, by the middles of the ranges.
 * @returns `cuts` of a quarter of a percent that are expected, `probability_cut` and `four_or_more` (cuts) in percent, `expected` and
 * `mode` (its lower end) as rates in percent, `mode_probability` in percent; NaN where there are no odds
 * @example ratePath({ odds: [[400, 0.5], [425, 0.5]], target: 425 }).cuts // 0.5
 */
export function ratePath({ odds, target }: RateOdds): Readonly<Record<(typeof OUTPUTS)[number], number>> {
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
 * Registry entry `rate_path(date)`: what futures say of the target of the Federal Reserve behind the last meeting up to a date, from ready
 * probabilities. Cuts are counted from the middle of the target range then, which is the range that the effective rate lies in: from the
 * effective rate itself they would be fewer.
 */
export const ratePathMetric: Metric = {
  id: 'rate_path',
  title: 'Rate path implied by futures',
  params: [{ name: 'until', kind: 'date' }],
  outputs: [
    { name: 'cuts', unit: 'count' },
    { name: 'probability_cut', unit: 'pct' },
    { name: 'expected', unit: 'pct' },
    { name: 'mode', unit: 'pct' },
    { name: 'mode_probability', unit: 'pct' },
    { name: 'four_or_more', unit: 'pct' },
    { name: 'target', unit: 'pct' },
  ],
  needs: () => [
    { kind: 'columns', group: 'rate_path' },
    { kind: 'quote', symbol: EFFECTIVE },
  ],
  compute: (frame, params) => {
    const until = textParam(params, 'until').replaceAll('-', '')
    const byMeeting = meetingsOf(frame).filter(([meeting]) => meeting <= until)
    const out = Object.fromEntries(OUTPUTS.map((name) => [name, gaps(frame.grid.length)]))
    const targets = targetsOf(frame)
    for (let bar = 0; bar < frame.grid.length; bar++) {
      const odds = byMeeting.map(([, ranges]) => oddsAt(ranges, bar)).findLast((some) => some.length > 0)
      if (odds === undefined || Number.isNaN(targets[bar])) continue
      const found = ratePath({ odds, target: targets[bar] as number })
      for (const name of OUTPUTS) (out[name] as Float64Array)[bar] = found[name]
    }
    return out
  },
}

interface Range {
  readonly low: number
  readonly column: Float64Array
}

/** The columns of ranges by meeting, in order of the meetings. */
function meetingsOf({ columns }: Frame): readonly (readonly [meeting: string, ranges: readonly Range[]])[] {
  const byMeeting = new Map<string, Range[]>()
  for (const [name, column] of columns) {
    const [, meeting, low] = /^rate_path\.(\d{8})_(\d+)$/.exec(name) ?? []
    if (meeting === undefined) continue
    byMeeting.set(meeting, [...(byMeeting.get(meeting) ?? []), { low: Number(low), column }])
  }
  return [...byMeeting].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

const oddsAt = (ranges: readonly Range[], bar: number): RateOdds['odds'] =>
  ranges.flatMap(({ low, column }) => {
    const probability = column[bar] ?? NaN
    return Number.isNaN(probability) ? [] : [[low, probability] as const]
  })

/** Lower end of the target range by bar: the range in which the last effective rate lies. */
function targetsOf({ quotes, grid }: Frame): Float64Array {
  const effective = quotes.get(EFFECTIVE) ?? gaps(grid.length)
  const out = gaps(grid.length)
  let [last, at] = [NaN, -Infinity]
  for (const [i, rate] of effective.entries()) {
    if (!Number.isNaN(rate)) [last, at] = [rate, i]
    if ((i - at) * grid.step <= MOST_DAYS_OLD * 86_400_000) out[i] = STEP * Math.floor((100 * last) / STEP)
  }
  return out
}
