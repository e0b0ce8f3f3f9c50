import { z } from 'zod'
import { market } from './candle.ts'
import { instantField, notNegative, positive, symbol, type RecordSpec } from './record.ts'

/** How many sides of a position a venue's number counts. */
const SIDES = ['one', 'two', 'unknown'] as const

/** What a venue's number counts. */
const COUNTED_IN = ['contracts', 'coins', 'units', 'quote'] as const

const schema = z.object({
  venue: symbol(),
  market: market(),
  instrument: symbol(),
  /** `live` for a number asked for now, else the grid of a history: `5m`. */
  interval: symbol(),
  at: instantField(),
  knownAt: instantField(),
  /** The number as the venue gives it. */
  published: notNegative(),
  countedIn: z.enum(COUNTED_IN).meta({ column: 'symbol' }),
  /** How many sides the published number counts; where it is unknown, `coins` is as published. */
  sides: z.enum(SIDES).meta({ column: 'symbol' }),
  /** Coins of the asset, one-sided where `sides` is known. */
  coins: notNegative(),
  /** The same in the quote unit, at `price`. */
  quoteValue: notNegative().optional(),
  /** Price per coin of the asset that the venue gave with it. */
  price: positive().optional(),
  /** Entry of the conventions ledger that turned `published` into `coins`. */
  convention: symbol(),
})

/** Open interest of one instrument at one instant: as published, and in comparable coins. */
export type OpenInterest = z.infer<typeof schema>

export const openInterest = {
  name: 'openInterest',
  schema,
  series: ['venue', 'market', 'instrument', 'interval'],
  partition: 'year',
} as const satisfies RecordSpec
