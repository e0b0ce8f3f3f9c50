import { z } from 'zod'
import { market } from './candle.ts'
import { flag, instantField, positive, symbol, text, type RecordSpec } from './record.ts'

const schema = z.object({
  venue: symbol(),
  market: market(),
  instrument: symbol(),
  at: instantField(),
  knownAt: instantField(),
  /** The venue's own id; digits are kept as text. */
  tradeId: text(),
  price: positive(),
  /** Coins. */
  quantity: positive(),
  /** True where the buyer was the aggressor. */
  takerBuy: flag(),
})

/** One trade with its aggressor. */
export type Trade = z.infer<typeof schema>

export const trade = {
  name: 'trade',
  schema,
  series: ['venue', 'market', 'instrument'],
  tie: 'tradeId',
  partition: 'month',
} as const satisfies RecordSpec
