import { z } from 'zod'
import { market } from './candle.ts'
import { instantField, notNegative, symbol, type RecordSpec } from './record.ts'

/** What a positioning ratio is a ratio of; each under the venue's own definition. */
export const POSITIONING_MEASURES = ['long_short_accounts', 'top_accounts', 'top_positions', 'taker_ratio'] as const
export type PositioningMeasure = (typeof POSITIONING_MEASURES)[number]

const schema = z.object({
  venue: symbol(),
  market: market(),
  instrument: symbol(),
  measure: z.enum(POSITIONING_MEASURES).meta({ column: 'symbol' }),
  interval: symbol(),
  at: instantField(),
  knownAt: instantField(),
  /** Long over short (for takers, bought over sold), as the venue gives it or by its two shares. */
  ratio: notNegative(),
  /** Share of the long side, 0 to 1. */
  longShare: notNegative().optional(),
  /** Coins of the asset bought and sold by takers, where the measure is of takers. */
  boughtCoins: notNegative().optional(),
  soldCoins: notNegative().optional(),
  convention: symbol(),
})

/** How a venue's accounts or takers were positioned over one interval. */
export type Positioning = z.infer<typeof schema>

export const positioning = {
  name: 'positioning',
  schema,
  series: ['venue', 'market', 'instrument', 'measure', 'interval'],
  partition: 'year',
  // Doors give four digits, whether rounded or cut is not known; dumps give all.
  sameWithin: { ratio: 1e-4 },
} as const satisfies RecordSpec
