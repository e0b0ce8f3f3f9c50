import { z } from 'zod'
import { market } from './candle.ts'
import { flag, notNegative, positive, symbol, type RecordSpec } from './record.ts'

/** What is traded: the coin itself, a contract settled in the quote, or one settled in the coin. */
export const CONTRACTS = ['none', 'linear', 'inverse'] as const

const schema = z.object({
  venue: symbol(),
  market: market(),
  instrument: symbol(),
  /** Canonical asset id: `PEPE` for `1000PEPEUSDT`. */
  asset: symbol(),
  quote: symbol(),
  /** Coins of the asset in one unit of the instrument: 1000 for `1000PEPEUSDT`. */
  multiplier: positive(),
  /** Made by a simulation; never mixed with real series. */
  simulated: flag(),
  contract: z.enum(CONTRACTS).meta({ column: 'symbol' }),
  /** One contract in units of the instrument (linear) or of the quote (inverse); not given where the venue counts in coins. */
  contractSize: positive().optional(),
  /** Hours from one funding to the next. */
  fundingHours: positive().optional(),
  /** When it was listed, ms; as far as the venue says. */
  listedAt: notNegative().optional(),
  /** When it was delisted or was seen to be gone, ms. */
  endedAt: notNegative().optional(),
})

/** What a venue's instrument is: which asset, priced in what, how contracts count, real or simulated. */
export type Instrument = z.infer<typeof schema>

export const instrument = {
  name: 'instrument',
  schema,
  series: ['venue', 'market', 'instrument'],
  partition: 'none',
} as const satisfies RecordSpec
