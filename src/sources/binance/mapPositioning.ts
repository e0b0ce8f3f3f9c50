import { coinsOf } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import type { Interval } from '../../core/interval.ts'
import type { Instrument } from '../../records/instrument.ts'
import { positioning, type PositioningMeasure } from '../../records/positioning.ts'
import type { Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { listOf, seriesOf } from './rows.ts'
import * as wire from './wire.ts'

export type AccountsMeasure = Exclude<PositioningMeasure, 'taker_ratio'>

/** A ratio of accounts or positions at the instant of its label, which is when it is known. */
export function mapAccounts(json: unknown, is: Instrument, interval: Interval, measure: AccountsMeasure): Mapped {
  const mapping = new Mapping(measure)
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.accountsRatio, element, [i], ({ longShortRatio, longAccount, shortAccount, timestamp: at }) => {
      const both = longAccount + shortAccount
      // Rounded to four digits the shares do not always make one. No account at all has no share.
      const shared = both > 0 ? { longShare: longAccount / both } : {}
      const row = { ...positioningRow(is, measure, at), interval, ratio: longShortRatio, ...shared }
      mapping.keep(positioning, row, element)
    })
  }
  return mapping.done()
}

/** What takers bought and sold in the interval that ends at the label, which is when it is known. */
export function mapTakers(json: unknown, is: Instrument, interval: Interval): Mapped {
  const mapping = new Mapping('taker_ratio')
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.takerRatio, element, [i], ({ buySellRatio: ratio, buyVol, sellVol, timestamp: at }) => {
      const [boughtCoins, soldCoins] = [buyVol, sellVol].map((units) => coinsOf(units, 'units', { instrument: is }))
      const row = { ...positioningRow(is, 'taker_ratio', at), interval, ratio, boughtCoins, soldCoins }
      mapping.keep(positioning, row, element)
    })
  }
  return mapping.done()
}

export function positioningRow(
  is: Instrument,
  measure: PositioningMeasure,
  at: number,
): Readonly<Record<string, unknown>> {
  const lookup = { venue: 'binance', field: measure, contract: is.contract, at: instant(at) } as const
  return { ...seriesOf(is), measure, at, knownAt: at, convention: convention({ ...lookup, rule: 'ratio' }).id }
}
