import type { Frame } from '../../core/frame.ts'
import { DAY_MS, formatInstant, parseInstant } from '../../core/instant.ts'
import { lateStart, sayLateStart } from '../../metrics/lateStart.ts'
import type { ResolvedMetric } from '../../metrics/registry.ts'
import type { ClaimAnswer } from './answer.ts'
import type { ExpectNumber } from './claimSchema.ts'

/** A remark where a measure counts from a date before the first bar held. */
export function beginsLate(metric: ResolvedMetric, { grid }: Frame): readonly string[] {
  const late = lateStart(metric, grid)
  return late === undefined ? [] : [sayLateStart(late)]
}

/** A coin is often listed some days after the date that a note counts from: a series that begins by then is taken as the whole. */
const SHORT_MS = 31 * DAY_MS

/** A verdict on a measure, and what it was reached from. */
export interface JudgedMeasure {
  readonly metric: ResolvedMetric
  readonly frame: Frame
  readonly expect: ExpectNumber
  readonly judged: ClaimAnswer
}

/** What would have to be held where an extreme since a date lacks its first bars, and these could change the verdict. */
export function unsettled({ metric, frame, expect, judged }: JudgedMeasure): readonly string[] {
  const { id } = metric.metric
  const late = lateStart(metric, frame.grid)
  if (late === undefined || (id !== 'low_since' && id !== 'high_since')) return []
  if (late.begins - parseInstant(late.date) <= SHORT_MS || typeof judged.found !== 'number') return []
  if (isSettled(id, judged.found, expect)) return []
  return [
    `${frame.interval} candles of ${frame.asset} from ${late.date} (held from ${formatInstant(late.begins)}): assayer import candles FILE that covers it`,
  ]
}

/** More bars can only lower a low and raise a high. */
function isSettled(id: 'low_since' | 'high_since', found: number, expect: ExpectNumber): boolean {
  if ('below' in expect) return id === 'low_since' ? found < expect.below : found >= expect.below
  if ('above' in expect) return id === 'low_since' ? found <= expect.above : found > expect.above
  return id === 'low_since' ? found < expect.value - expect.within : found > expect.value + expect.within
}
