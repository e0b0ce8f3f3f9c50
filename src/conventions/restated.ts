import { instant } from '../core/instant.ts'
import type { Instrument } from '../records/instrument.ts'
import type { Liquidation } from '../records/liquidation.ts'
import type { OpenInterest } from '../records/openInterest.ts'
import { closedPosition, coinsOf, comparableOpenInterest } from './comparable.ts'
import type { ledgerLookup } from './convention.ts'

/** A ledger to look up in. */
type LookUp = ReturnType<typeof ledgerLookup>

/**
 * Open interest as a ledger reads it: made of the number that the venue published, the price that it gave with it and what the
 * instrument is, and of nothing else in the row.
 * @param row - as it was read before, by whatever ledger
 * @param is - the instrument of the row
 * @param lookUp - the ledger to read by
 * @returns the row with the fields that a reading decides, all others as they were; undefined where the ledger counts in
 *   something that only a price or a contract size turns into coins, and there is none
 * @throws {MissingConventionError} the ledger says nothing of the number
 * @example restatedOpenInterest({ ...row, published: 200, coins: 200 }, is, ledgerLookup(twoSided))?.coins // 100
 */
export function restatedOpenInterest(row: OpenInterest, is: Instrument, lookUp: LookUp): OpenInterest | undefined {
  const field = row.interval === 'live' ? 'open_interest' : 'open_interest_history'
  const { id, rule } = lookUp({ ...placeOf(row, is), field, rule: 'open interest' })
  const { quoteValue: _, ...rest } = row
  const { coins, sides, quoteValue } = comparableOpenInterest(rule, row.published, valuedAt(row.price, is))
  if (Number.isNaN(coins)) return undefined
  const valued = row.price === undefined ? {} : { quoteValue }
  return { ...rest, countedIn: rule.countedIn, sides, coins, ...valued, convention: id }
}

/**
 * A liquidation as a ledger reads it: made of the venue's word for the side, its quantity and its price.
 * @param row - as it was read before, by whatever ledger
 * @param is - the instrument of the row
 * @param lookUp - the ledger to read by
 * @returns the row with the fields that a reading decides; undefined where a contract size is needed and there is none
 * @throws {MissingConventionError} the ledger says nothing of the liquidation
 * @example restatedLiquidation({ ...row, publishedSide: 'sell' }, is, ledgerLookup(sideOfOrder))?.position // 'long'
 */
export function restatedLiquidation(row: Liquidation, is: Instrument, lookUp: LookUp): Liquidation | undefined {
  const { id, rule } = lookUp({ ...placeOf(row, is), field: 'liquidation', rule: 'liquidation' })
  const coins = coinsOf(row.published, rule.countedIn, valuedAt(row.price, is))
  if (Number.isNaN(coins)) return undefined
  const position = closedPosition(rule, row.publishedSide)
  return { ...row, position, coins, quoteValue: coins * row.price, convention: id }
}

const placeOf = ({ at }: { readonly at: number }, { venue, contract }: Instrument) => ({
  venue,
  contract,
  at: instant(at),
})

/** Rows keep prices per coin, rules ask for prices per unit of the instrument. */
const valuedAt = (price: number | undefined, is: Instrument) => ({
  instrument: is,
  ...(price === undefined ? {} : { price: price * is.multiplier }),
})
