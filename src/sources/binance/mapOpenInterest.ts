import { comparableOpenInterest } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import type { Interval } from '../../core/interval.ts'
import type { Instrument } from '../../records/instrument.ts'
import { openInterest } from '../../records/openInterest.ts'
import type { Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { listOf, seriesOf } from './rows.ts'
import * as wire from './wire.ts'

/** Open interest now. The answer gives no price, so it has no value. */
export function mapOpenInterestNow(json: unknown, is: Instrument): Mapped {
  const mapping = new Mapping('openInterest')
  mapping.read(wire.openInterestNow, json, [], ({ openInterest: published, time: at }) => {
    mapping.keep(openInterest, openInterestRow(is, 'open_interest', { interval: 'live', at, published }), json)
  })
  return mapping.done()
}

/** Open interest on the grid of its history, with its value. A row is the reading at its label: it is known then. */
export function mapOpenInterestHistory(json: unknown, is: Instrument, interval: Interval): Mapped {
  const mapping = new Mapping('openInterestHist')
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.openInterestBucket, element, [i], (bucket) => {
      const { sumOpenInterest: published, sumOpenInterestValue: value, timestamp: at } = bucket
      const priced = published > 0 ? { unitPrice: value / published } : {}
      mapping.keep(
        openInterest,
        openInterestRow(is, 'open_interest_history', { interval, at, published, ...priced }),
        element,
      )
    })
  }
  return mapping.done()
}

interface Published {
  readonly interval: string
  readonly at: number
  readonly published: number
  /** Quote unit per unit of the instrument. */
  readonly unitPrice?: number
}

export function openInterestRow(
  is: Instrument,
  field: 'open_interest' | 'open_interest_history',
  { interval, at, published, unitPrice }: Published,
): Readonly<Record<string, unknown>> {
  const lookup = { venue: 'binance', field, contract: is.contract, at: instant(at) } as const
  const { id, rule } = convention({ ...lookup, rule: 'open interest' })
  const valued = { instrument: is, ...(unitPrice === undefined ? {} : { price: unitPrice }) }
  const { sides, coins, quoteValue } = comparableOpenInterest(rule, published, valued)
  const priced = unitPrice === undefined ? {} : { quoteValue, price: unitPrice / is.multiplier }
  const counted = { published, countedIn: rule.countedIn, sides, coins, ...priced }
  return { ...seriesOf(is), interval, at, knownAt: at, ...counted, convention: id }
}
