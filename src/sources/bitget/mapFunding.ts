import { convention } from '../../conventions/ledger.ts'
import { HOUR_MS, instant } from '../../core/instant.ts'
import { funding } from '../../records/funding.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { seriesOf } from './seriesOf.ts'
import * as wire from './wire.ts'

/** Hours from one payment to the next that the venue knows. */
const INTERVALS: readonly number[] = [1, 2, 4, 8]

/**
 * Funding that was paid, newest first. A row does not say for how long: that is the time since the one before it.
 * @param before - the row before the oldest of the list, where it is known
 */
export function mapFundingPaid(list: readonly unknown[], is: Instrument, before?: unknown): Mapped {
  const mapping = new Mapping('history-fund-rate')
  for (const [i, element] of list.entries()) {
    mapping.read(wire.fundingPaid, element, ['data', i], ({ fundingRate: rate, fundingTime: at }) => {
      const hours = (at - fundingTimeOf(list[i + 1] ?? before)) / HOUR_MS
      const known = INTERVALS.includes(hours) ? { hours } : {}
      mapping.keep(funding, { ...fundingRow(is, 'paid', at), rate, ...known }, element)
    })
  }
  return mapping.done()
}

/** When a payment was, ms; NaN where the row does not say. */
const fundingTimeOf = (row: unknown): number =>
  Number((row as { readonly fundingTime?: unknown } | null | undefined)?.fundingTime ?? NaN)

/** What is expected to be paid next on every perpetual. */
export function mapFundingExpected(list: readonly unknown[], context: MapContext): Mapped {
  const mapping = new Mapping('current-fund-rate')
  for (const [i, element] of list.entries()) {
    mapping.read(wire.fundingExpected, element, ['data', i], (each) => {
      // Contracts with a delivery, and those that are tried or prepared, stand in this list and pay nothing.
      if (each.nextUpdate === '0' || each.maxFundingRate === null) return
      const is = mapping.instrument(context, 'perp', { name: each.symbol, path: `data[${i}].symbol`, raw: element })
      if (is === undefined) return
      const hours = each.fundingRateInterval ?? is.fundingHours
      const known = hours === undefined ? {} : { hours }
      const row = { ...fundingRow(is, 'expected', context.now), rate: each.fundingRate, ...known }
      mapping.keep(funding, row, element)
    })
  }
  return mapping.done()
}

function fundingRow(is: Instrument, state: 'paid' | 'expected', at: number): Readonly<Record<string, unknown>> {
  const lookup = { venue: 'bitget', field: 'funding', contract: is.contract, rule: 'note' } as const
  return { ...seriesOf(is), state, at, knownAt: at, convention: convention({ ...lookup, at: instant(at) }).id }
}
