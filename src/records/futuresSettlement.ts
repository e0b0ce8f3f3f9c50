import { z } from 'zod'
import { instantField, positive, symbol, text, type RecordSpec } from './record.ts'

const schema = z.object({
  /** Where it is traded: `cme`. */
  venue: symbol(),
  /** What it is of: `ZQ` for 30-day fed funds. */
  product: symbol(),
  /** Month that it settles to: `2025-12`. */
  month: symbol(),
  /** Day of the settlement. */
  at: instantField(),
  knownAt: instantField(),
  price: positive(),
  /** Address of whoever published the price. */
  source: text(),
})

/** The settlement price of one futures contract on one day. */
export type FuturesSettlement = z.infer<typeof schema>

export const futuresSettlement = {
  name: 'futuresSettlement',
  schema,
  series: ['venue', 'product', 'month'],
  partition: 'none',
} as const satisfies RecordSpec
