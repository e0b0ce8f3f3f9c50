import { convention } from '../../conventions/ledger.ts'
import { HOUR_MS, instant } from '../../core/instant.ts'
import { funding } from '../../records/funding.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { rowsOf, seriesOf } from './rows.ts'
import * as wire from './wire.ts'

/** The intervals that OKX has, in hours. A longer way from one row to the next means that a row is missing. */
const HOURS = new Set([1, 2, 4, 6, 8])

/** Funding that was paid, newest first: a row's interval is its distance to the row behind it, and not known of the last. */
export function mapFundingPaid(json: unknown, is: Instrument): Mapped {
  const mapping = new Mapping('funding-rate-history')
  const rows = rowsOf(mapping, wire.fundingPaid, json)
  for (const [i, { value, raw }] of rows.entries()) {
    const { fundingTime: at, realizedRate: rate } = value
    const hours = hoursBetween(rows[i + 1]?.value.fundingTime, at)
    mapping.keep(funding, { ...seriesOf(is), state: 'paid', at, knownAt: at, rate, ...hours, ...readAs(is, at) }, raw)
  }
  return mapping.done()
}

/** What is expected to be paid next, for every swap at once. */
export function mapFundingExpected(json: unknown, context: MapContext): Mapped {
  const mapping = new Mapping('funding-rate')
  for (const { value, raw, index } of rowsOf(mapping, wire.fundingExpected, json)) {
    const { instId, fundingRate: rate, fundingTime, nextFundingTime, ts: at } = value
    const path = `data[${index}].instId`
    const is = mapping.instrument(context, 'perp', { name: instId, path, raw })
    if (is === undefined) continue
    const hours = hoursBetween(fundingTime, nextFundingTime)
    mapping.keep(
      funding,
      { ...seriesOf(is), state: 'expected', at, knownAt: at, rate, ...hours, ...readAs(is, at) },
      raw,
    )
  }
  return mapping.done()
}

const readAs = (is: Instrument, at: number): { readonly convention: string } => ({
  convention: convention({ venue: 'okx', field: 'funding', contract: is.contract, at: instant(at), rule: 'note' }).id,
})

/** The interval between two payments, where it is one that the venue has. */
export function hoursBetween(earlier: number | undefined, later: number | undefined): { readonly hours?: number } {
  const hours = ((later ?? NaN) - (earlier ?? NaN)) / HOUR_MS
  return HOURS.has(hours) ? { hours } : {}
}
