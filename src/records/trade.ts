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

const isName = (value: unknown): boolean => typeof value === 'string' && value !== ''
const isAmount = (value: unknown): boolean => typeof value === 'number' && value > 0 && value < Infinity

/** What the schema asks, by hand; a test holds the two to each other. */
function isSound(row: Readonly<Record<string, unknown>>): boolean {
  return (
    isName(row['venue']) &&
    (row['market'] === 'spot' || row['market'] === 'perp') &&
    isName(row['instrument']) &&
    Number.isSafeInteger(row['at']) &&
    Number.isSafeInteger(row['knownAt']) &&
    typeof row['tradeId'] === 'string' &&
    isAmount(row['price']) &&
    isAmount(row['quantity']) &&
    typeof row['takerBuy'] === 'boolean'
  )
}

export const trade = {
  name: 'trade',
  schema,
  series: ['venue', 'market', 'instrument'],
  tie: 'tradeId',
  partition: 'month',
  isSound,
} as const satisfies RecordSpec
