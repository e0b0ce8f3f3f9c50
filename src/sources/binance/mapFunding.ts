import { convention } from '../../conventions/ledger.ts'
import { HOUR_MS, instant, MINUTE_MS } from '../../core/instant.ts'
import { funding } from '../../records/funding.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { isDated, listOf, seriesOf } from './rows.ts'
import * as wire from './wire.ts'

/** Longest interval between two charges. */
export const LONGEST_FUNDING_HOURS = 8

/**
 * The time of a charge as a key: the venue writes it down some milliseconds off the full hour, and not the same ones in its
 * files, so that one charge would stand there twice.
 */
export const chargeTime = (fundingTime: number): number => Math.round(fundingTime / MINUTE_MS) * MINUTE_MS

/**
 * Funding that was paid, oldest first. A rate is for the hours since the charge before it; intervals change, and the venue only
 * tells the present one, so the hours are those between two rows.
 *
 * A row marked Special is a charge of its own, for no interval. It may stand at the time of a regular one, and one key holds one
 * row: it is kept one millisecond later.
 * @param previous - time of the regular charge before these; the first row has no hours without it
 */
export function mapFundingPaid(json: unknown, is: Instrument, previous?: number): Mapped {
  const mapping = new Mapping('fundingRate')
  let before = previous
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.fundingPaid, element, [i], ({ fundingRate: rate, fundingTime, markPrice, rateType }) => {
      const at = chargeTime(fundingTime)
      const priced = markPrice !== undefined && markPrice !== 0 ? { markPrice } : {}
      if (rateType === 'Special') mapping.keep(funding, { ...fundingRow(is, 'paid', at + 1), rate, ...priced }, element)
      else {
        const hours = hoursBetween(before, at)
        mapping.keep(funding, { ...fundingRow(is, 'paid', at), rate, ...hours, ...priced }, element)
        before = at
      }
    })
  }
  return mapping.done()
}

/** Hours that can be an interval: whole ones, up to the longest. After a halt there are more, which are none. */
function hoursBetween(before: number | undefined, at: number): { readonly hours?: number } {
  const hours = before === undefined ? NaN : (at - before) / HOUR_MS
  return Number.isInteger(hours) && hours > 0 && hours <= LONGEST_FUNDING_HOURS ? { hours } : {}
}

/** What is expected to be paid next, for every contract at once. */
export function mapPremiumIndex(json: unknown, context: MapContext): Mapped {
  const mapping = new Mapping('premiumIndex')
  for (const [i, element] of listOf(mapping, json).entries()) {
    if (isDated(element)) continue
    mapping.read(wire.premiumIndex, element, [i], ({ symbol, lastFundingRate: rate, markPrice, time: at }) => {
      const is = mapping.instrument(context, 'perp', { name: symbol, path: `[${i}].symbol`, raw: element })
      if (is === undefined) return
      const hours = is.fundingHours === undefined ? {} : { hours: is.fundingHours }
      mapping.keep(funding, { ...fundingRow(is, 'expected', at), rate, ...hours, markPrice }, element)
    })
  }
  return mapping.done()
}

function fundingRow(is: Instrument, state: 'paid' | 'expected', at: number): Readonly<Record<string, unknown>> {
  const lookup = { venue: 'binance', field: 'funding', contract: is.contract, at: instant(at) } as const
  return { ...seriesOf(is), state, at, knownAt: at, convention: convention({ ...lookup, rule: 'note' }).id }
}
