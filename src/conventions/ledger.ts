import { conventionAt, type Convention, type ConventionOf, type Lookup, type Rule } from './convention.ts'
import { binance } from './ledger/binance.ts'
import { bitget } from './ledger/bitget.ts'

/** All that is known of what venues' numbers mean. */
export const LEDGER: readonly Convention[] = [...binance, ...bitget]

/**
 * The convention that holds now or held then, by the ledger of this version.
 * @throws {MissingConventionError} the ledger says nothing of it
 */
export const convention = <R extends Rule['of']>(lookup: Lookup<R>): ConventionOf<R> => conventionAt(LEDGER, lookup)
