import { ledgerLookup, type Convention, type ConventionOf, type Lookup, type Rule } from './convention.ts'
import { binance } from './ledger/binance.ts'
import { bybit } from './ledger/bybit.ts'
import { okx } from './ledger/okx.ts'
import { gate } from './ledger/gate.ts'
import { bitget } from './ledger/bitget.ts'
import { hyperliquid } from './ledger/hyperliquid.ts'
import { messari } from './ledger/messari.ts'

/** All that is known of what venues' numbers mean. */
export const LEDGER: readonly Convention[] = [
  ...binance,
  ...bybit,
  ...okx,
  ...gate,
  ...bitget,
  ...hyperliquid,
  ...messari,
]

const lookUp = ledgerLookup(LEDGER)

/**
 * The convention that holds now or held then, by the ledger of this version.
 * @throws {MissingConventionError} the ledger says nothing of it
 */
export const convention = <R extends Rule['of']>(lookup: Lookup<R>): ConventionOf<R> => lookUp(lookup)
