import type { BudgetSpec } from '../net/rateBudget.ts'
import { LEVEL_PUBLISHERS } from '../records/levelPublishers.ts'

/**
 * Who publishes what no venue tells of itself: market caps, coins in wallets, rates and indices, executive orders, settlement prices.
 * Nothing is traded there.
 */
export const PUBLISHERS = ['defillama', ...LEVEL_PUBLISHERS, 'federalregister', 'cme'] as const
export type PublisherName = (typeof PUBLISHERS)[number]

/** All that is known of how to ask one. */
export interface Publisher {
  readonly name: PublisherName
  /** Its own address, without the path of a door. */
  readonly base: string
  readonly budget: BudgetSpec
  /** An answer longer than this is given up. */
  readonly maxBytes: number
  /** An answer is waited for so long. */
  readonly timeoutMs: number
  /** Of one whose terms keep programs out: so it is, and what can be done instead. It is asked where a user names it, and never by itself. */
  readonly whenDenied?: string
  /** A small question, and whether an answer to it is one. */
  readonly proof: {
    readonly path: string
    /** What is answered there. */
    readonly as: 'json' | 'text'
    readonly isAnswer: (answer: unknown) => boolean
  }
}

/** What a publisher reckoned with at the end of a day. */
export interface DayPrice {
  /** Begin of the day, ms. */
  readonly at: number
  /** US dollars a coin. */
  readonly price: number
}
