import type { Frame } from '../../core/frame.ts'
import type { ResolvedMetric } from '../../metrics/registry.ts'
import { barClosingAt, claimTime } from './measure.ts'

/**
 * What must be said with a figure that is an estimate: the interval that it lies in with 95 %, or how the odds are spread that it is the
 * mean of.
 */
export function doubtRemarks({ metric, params }: ResolvedMetric, frame: Frame, time: string): readonly string[] {
  const bar = barClosingAt(frame, claimTime(time)) ?? -1
  const columns = metric.compute(frame, params)
  const valueOf = (name: string): number => columns[name]?.[bar] ?? NaN
  if (metric.id === 'rate_path') {
    const [low, share, four] = ['mode', 'mode_probability', 'four_or_more'].map(valueOf) as [number, number, number]
    if (Number.isNaN(low)) return []
    return [
      `most likely ${low.toFixed(2)} to ${(low + 0.25).toFixed(2)} % (${share.toFixed(1)} %); four cuts or more: ${four.toFixed(1)} %`,
      'chained by CME: odds behind that meeting, from the target range then',
    ]
  }
  const [low, high, n] = [valueOf('low'), valueOf('high'), valueOf('n')]
  if (Number.isNaN(low + high)) return []
  return [`95 % interval ${short(low)} to ${short(high)}${Number.isNaN(n) ? '' : `, n = ${n}`}`]
}

const short = (value: number): string => String(Number(value.toPrecision(3)))
