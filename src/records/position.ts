import { z } from 'zod'
import { market } from './candle.ts'
import { instantField, number, positive, symbol, type RecordSpec } from './record.ts'

const schema = z.object({
  venue: symbol(),
  market: market(),
  instrument: symbol(),
  /** Address of the account, where the venue publishes positions. */
  account: symbol(),
  at: instantField(),
  knownAt: instantField(),
  /** Coins of the asset; negative where short. */
  coins: number(),
  /** Price per coin of the asset. */
  entryPrice: positive().optional(),
  leverage: positive().optional(),
  /** `unknown` where the source does not tell. */
  margin: z.enum(['isolated', 'cross', 'unknown']).meta({ column: 'symbol' }),
  liquidationPrice: positive().optional(),
  /** Margin used by the position, in the quote unit. */
  marginUsed: number().optional(),
  /** Profit not realised yet, in the quote unit. */
  unrealised: number().optional(),
  convention: symbol(),
})

/** One account's position in one instrument, at one instant. */
export type Position = z.infer<typeof schema>

export const position = {
  name: 'position',
  schema,
  series: ['venue', 'market', 'instrument', 'account'],
  partition: 'month',
} as const satisfies RecordSpec
