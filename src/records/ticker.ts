import { z } from 'zod'
import { market } from './candle.ts'
import { instantField, notNegative, positive, symbol, type RecordSpec } from './record.ts'

const schema = z.object({
  venue: symbol(),
  market: market(),
  instrument: symbol(),
  at: instantField(),
  knownAt: instantField(),
  /** Last price, in the quote unit per unit of the instrument, as candles have it. */
  last: positive(),
  mark: positive().optional(),
  index: positive().optional(),
  bid: positive().optional(),
  ask: positive().optional(),
  /** Units of the instrument traded in the last 24 hours. */
  volume24h: notNegative().optional(),
  /** The same in the quote unit. */
  quoteVolume24h: notNegative().optional(),
})

/** What a venue shows of an instrument at one instant. */
export const ticker = {
  name: 'ticker',
  schema,
  series: ['venue', 'market', 'instrument'],
  partition: 'month',
} as const satisfies RecordSpec
