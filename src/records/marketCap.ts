import { z } from 'zod'
import { instantField, notNegative, positive, symbol, type RecordSpec } from './record.ts'

const schema = z.object({
  /** Who publishes it: `coingecko`, `messari`; `file` where only a file is known. */
  venue: symbol(),
  /** Canonical asset id: `ETH`. */
  asset: symbol(),
  /** `live` for a number asked for now, else the grid of a history: `1d`. */
  interval: symbol(),
  at: instantField(),
  knownAt: instantField(),
  /** US dollars: circulating supply at the price then. */
  marketCap: notNegative().optional(),
  /** Coins in circulation, as the publisher counts them. */
  supply: positive().optional(),
  /** US dollars per coin that the publisher reckoned with. */
  price: positive().optional(),
})

/** What all coins of an asset in circulation are worth, and how many there are. */
export type MarketCap = z.infer<typeof schema>

export const marketCap = {
  name: 'marketCap',
  schema,
  series: ['venue', 'asset', 'interval'],
  partition: 'none',
} as const satisfies RecordSpec
