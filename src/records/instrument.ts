import { z } from 'zod'
import { market } from './candle.ts'
import { flag, positive, symbol, type RecordSpec } from './record.ts'

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
})

/** What a venue's instrument is: which asset, priced in what, real or simulated. */
export type Instrument = z.infer<typeof schema>

export const instrument = {
  name: 'instrument',
  schema,
  series: ['venue', 'market', 'instrument'],
  partition: 'none',
} as const satisfies RecordSpec
