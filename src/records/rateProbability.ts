import { z } from 'zod'
import { instantField, notNegative, symbol, type RecordSpec } from './record.ts'

const schema = z.object({
  /** Who computed it; `file` where only a file is known. */
  venue: symbol(),
  /** Day of the decision: `2025-12-10`. */
  meeting: symbol(),
  /** The day that it was computed on. */
  at: instantField(),
  knownAt: instantField(),
  /** The range, as text of its two ends: one day has many of one meeting. */
  range: symbol(),
  /** Lower end of a target range, basis points. */
  low: notNegative(),
  high: notNegative(),
  /** Share of 1 that the target lies in that range behind the meeting. */
  probability: notNegative(),
})

/** How likely a target range of the Federal Reserve is behind one of its meetings. */
export type RateProbability = z.infer<typeof schema>

export const rateProbability = {
  name: 'rateProbability',
  schema,
  series: ['venue', 'meeting'],
  tie: 'range',
  partition: 'none',
} as const satisfies RecordSpec
