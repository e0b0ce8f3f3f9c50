import { z } from 'zod'
import { market } from './candle.ts'
import { notNegative, symbol, text, type RecordSpec } from './record.ts'

/** The record kinds that are collected. */
export const COLLECTED = [
  'candle',
  'trade',
  'openInterest',
  'funding',
  'positioning',
  'liquidation',
  'ticker',
  'position',
] as const
export type Collected = (typeof COLLECTED)[number]

const schema = z.object({
  venue: symbol(),
  market: market(),
  /** Record kind, with its grid or measure where a kind has several: `trade`, `candle/1m`, `positioning/top_accounts/5m`. */
  lane: symbol(),
  /** What was watched or asked as one: a group of connections, or one instrument. */
  feed: symbol(),
  /**
   * `live` from a socket, `poll` from asking again and again, `history` where the venue was asked for the past. The opposite is
   * `missed`: by the venue's own numbers something never came, so the time is taken out of what was live.
   */
  way: z.enum(['live', 'poll', 'history', 'missed']).meta({ column: 'symbol' }),
  /** Begin and end of the time in which nothing was missed (or in which something was), ms by the venue's clock. */
  since: notNegative(),
  until: notNegative(),
  /** The instruments that it holds for, separated by commas. */
  members: text(),
  /** Why it ended there; empty while it goes on, or where the process ended without a word. Of what was missed: what it was. */
  ended: text(),
})

/**
 * A stretch of time of which everything that a venue sent or serves is held, or in which something is known to be missed until it
 * is asked for again. What no stretch covers is a gap.
 */
export type Coverage = z.infer<typeof schema>

export const coverage = {
  name: 'coverage',
  schema,
  series: ['venue', 'market', 'lane', 'feed', 'way', 'since'],
  partition: 'none',
} as const satisfies RecordSpec
