import { convention } from '../../conventions/ledger.ts'
import { HOUR_MS, instant } from '../../core/instant.ts'
import { funding } from '../../records/funding.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { isOf, readList, seriesOf } from './readList.ts'
import * as wire from './wire.ts'

/** The intervals that the venue has, in hours. */
const HOURS: ReadonlySet<number> = new Set([1, 2, 4, 8])

/**
 * Funding that was paid. The interval of a contract changes, and the listing tells only today's; so a row's hours are those
 * since the row before it. The oldest row of an answer has none.
 */
export function mapFundingPaid(json: unknown, is: Instrument): Mapped {
  const mapping = new Mapping('funding/history')
  const paid: { readonly at: number; readonly rate: number; readonly index: number; readonly raw: unknown }[] = []
  readList(mapping, json, { answer: wire.fundings, element: wire.funding }, (each, { index, raw }) => {
    const { fundingRateTimestamp: at, fundingRate: rate } = each
    if (isOf(mapping, is, each.symbol, raw)) paid.push({ at, rate, index, raw })
  })
  const oldestFirst = paid.toSorted((a, b) => a.at - b.at)
  for (const [i, { at, rate, index, raw }] of oldestFirst.entries()) {
    const before = oldestFirst[i - 1]
    // A row between the two that could not be read would make the interval look longer.
    const isNext = before !== undefined && Math.abs(before.index - index) === 1
    const hours = isNext ? (at - before.at) / HOUR_MS : NaN
    const row = { rate, ...(HOURS.has(hours) ? { hours } : {}) }
    mapping.keep(funding, { ...fundingSeries(is, 'paid', at), ...row }, raw)
  }
  return mapping.done()
}

/** What every row of funding begins with. */
export function fundingSeries(
  is: Instrument,
  state: 'paid' | 'expected',
  at: number,
): Readonly<Record<string, unknown>> {
  const lookup = { venue: 'bybit', field: 'funding', contract: is.contract, at: instant(at), rule: 'note' } as const
  return { ...seriesOf(is), state, at, knownAt: at, convention: convention(lookup).id }
}
