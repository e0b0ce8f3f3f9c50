import { z } from 'zod'
import { market } from './candle.ts'
import { instantField, positive, symbol, text, type RecordSpec } from './record.ts'

const schema = z.object({
  venue: symbol(),
  market: market(),
  instrument: symbol(),
  at: instantField(),
  knownAt: instantField(),
  /** Made of what the venue sends, since no venue numbers its liquidations: the same message gives the same id. */
  liquidationId: text(),
  /** The position that was closed. */
  position: z.enum(['long', 'short']).meta({ column: 'symbol' }),
  /** The venue's own word, which `position` is read from: of the closing order or of the position, as the convention says. */
  publishedSide: z.enum(['buy', 'sell']).meta({ column: 'symbol' }),
  /** Price per coin of the asset; fill or bankruptcy price, as the convention says. */
  price: positive(),
  /** The quantity as the venue gives it. */
  published: positive(),
  /** Coins of the asset. */
  coins: positive(),
  /** The same in the quote unit. */
  quoteValue: positive(),
  convention: symbol(),
})

/** One position closed by force. */
export type Liquidation = z.infer<typeof schema>

export const liquidation = {
  name: 'liquidation',
  schema,
  series: ['venue', 'market', 'instrument'],
  tie: 'liquidationId',
  partition: 'month',
} as const satisfies RecordSpec
