import type { Frame } from '../../core/frame.ts'
import { textParam, type Params } from '../../core/params.ts'
import { futuresOdds } from '../../metrics/macro/futuresOdds.ts'
import { rateOdds } from '../../metrics/macro/rateOdds.ts'
import type { ResolvedMetric } from '../../metrics/registry.ts'
import { barClosingAt, claimTime } from './measure.ts'

/**
 * What must be said with a figure that is an estimate: the interval that it lies in with 95 %, or how the odds are spread that it is the
 * mean of.
 */
export function doubtRemarks({ metric, params }: ResolvedMetric, frame: Frame, time: string): readonly string[] {
  const valueOf = valuesAt({ metric, params }, frame, time)
  if (metric.id === 'rate_path') {
    const [low, share, four] = ['mode', 'mode_probability', 'four_or_more'].map(valueOf) as [number, number, number]
    if (Number.isNaN(low)) return []
    return [
      `most likely ${low.toFixed(2)} to ${(low + 0.25).toFixed(2)} % (${share.toFixed(1)} %); four cuts or more: ${four.toFixed(1)} %`,
      sayChained(params, frame, barClosingAt(frame, claimTime(time)) ?? -1),
    ]
  }
  if (metric.id === 'relative_strength') return ['in log returns: +5 is a rise of 5.13 %']
  const range = estimatedRange({ metric, params }, frame, time)
  if (range === undefined) return []
  const { low, high } = range
  const n = valueOf('n')
  return [`95 % interval ${short(low)} to ${short(high)}${Number.isNaN(n) ? '' : `, n = ${n}`}`]
}

/** The interval that an estimate lies in with 95 %; undefined where it is none. */
export function estimatedRange(
  resolved: Pick<ResolvedMetric, 'metric' | 'params'>,
  frame: Frame,
  time: string,
): { readonly low: number; readonly high: number } | undefined {
  const valueOf = valuesAt(resolved, frame, time)
  const [low, high] = [valueOf('low'), valueOf('high')]
  return Number.isNaN(low + high) ? undefined : { low, high }
}

function valuesAt(
  { metric, params }: Pick<ResolvedMetric, 'metric' | 'params'>,
  frame: Frame,
  time: string,
): (output: string) => number {
  const bar = barClosingAt(frame, claimTime(time)) ?? -1
  const columns = metric.compute(frame, params)
  return (output) => columns[output]?.[bar] ?? NaN
}

/** Whose odds they are, and what they are of. */
function sayChained(params: Params, frame: Frame, bar: number): string {
  const isReady = textParam(params, 'from') === 'odds'
  const until = textParam(params, 'until').replaceAll('-', '')
  const quoted = isReady ? rateOdds(frame)(bar) : futuresOdds(frame, 'chained')(bar)
  const day = quoted.findLast(({ meeting }) => meeting <= until)?.meeting ?? ''
  const meeting = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`
  const behind = `odds behind the meeting of ${meeting}, from the target range then`
  if (isReady) return `chained by CME: ${behind}`
  const view = textParam(params, 'view') === 'chained' ? 'all ways through the meetings before' : 'against the rate now'
  return `from settlements of fed funds futures by the method of CME, ${view}: ${behind}`
}

const short = (value: number): string => String(Number(value.toPrecision(3)))
