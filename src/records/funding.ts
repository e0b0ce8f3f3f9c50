import { z } from 'zod'
import { market } from './candle.ts'
import { instantField, number, positive, symbol, type RecordSpec } from './record.ts'

/** Paid, or what the venue expects to be paid next. */
export const FUNDING_STATES = ['paid', 'expected'] as const

const schema = z.object({
  venue: symbol(),
  market: market(),
  instrument: symbol(),
  state: z.enum(FUNDING_STATES).meta({ column: 'symbol' }),
  /** When it was paid; for an expected rate, when the venue said so. */
  at: instantField(),
  knownAt: instantField(),
  /** Share of the position's value for one interval; longs pay where it is positive. */
  rate: number(),
  /** Hours of the interval that `rate` is for; not given where neither the venue nor its history tells. */
  hours: positive().optional(),
  markPrice: positive().optional(),
  convention: symbol(),
})

/** One funding payment or expectation. */
export type Funding = z.infer<typeof schema>

export const funding = {
  name: 'funding',
  schema,
  series: ['venue', 'market', 'instrument', 'state'],
  partition: 'year',
} as const satisfies RecordSpec
