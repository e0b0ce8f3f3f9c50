import { z } from 'zod'
import { instantField, notNegative, positive, symbol, type RecordSpec } from './record.ts'

export const MARKETS = ['spot', 'perp', 'index'] as const
export const market = () => z.enum(MARKETS).meta({ column: 'symbol' })

const schema = z
  .object({
    venue: symbol(),
    market: market(),
    /** The venue's own name of the instrument, `BTCUSDT`. */
    instrument: symbol(),
    interval: symbol(),
    /** Open of the bar. */
    at: instantField(),
    /** Close of the bar, or later where the row is a revision. */
    knownAt: instantField(),
    open: positive(),
    high: positive(),
    low: positive(),
    close: positive(),
    /** Coins. */
    volume: notNegative(),
    quoteVolume: notNegative().optional(),
    trades: notNegative().optional(),
    takerBuyVolume: notNegative().optional(),
    takerBuyQuoteVolume: notNegative().optional(),
  })
  .refine((bar) => bar.high >= Math.max(bar.open, bar.close, bar.low), {
    path: ['high'],
    error: 'high is not the highest',
  })
  .refine((bar) => bar.low <= Math.min(bar.open, bar.close), { path: ['low'], error: 'low is not the lowest' })

/** What traded in one bar. */
export type Candle = z.infer<typeof schema>

export const candle = {
  name: 'candle',
  schema,
  series: ['venue', 'market', 'instrument', 'interval'],
  partition: 'year',
} as const satisfies RecordSpec
