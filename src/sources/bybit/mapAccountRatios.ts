import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import type { Instrument } from '../../records/instrument.ts'
import { positioning } from '../../records/positioning.ts'
import type { Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { isOf, readList, seriesOf } from './readList.ts'
import * as wire from './wire.ts'

/** Accounts that hold a long over accounts that hold a short. Known when its interval is over. */
export function mapAccountRatios(json: unknown, is: Instrument, interval: Interval): Mapped {
  const mapping = new Mapping('account-ratio')
  readList(mapping, json, { answer: wire.accountRatios, element: wire.accountRatio }, (each, { raw }) => {
    const { symbol, buyRatio, sellRatio, timestamp: at } = each
    if (!isOf(mapping, is, symbol, raw)) return
    const measure = 'long_short_accounts'
    const lookup = { venue: 'bybit', field: measure, contract: is.contract, at: instant(at), rule: 'ratio' } as const
    const longShare = buyRatio / (buyRatio + sellRatio)
    const row = { measure, interval, at, knownAt: at + intervalMs(interval), ratio: buyRatio / sellRatio, longShare }
    mapping.keep(positioning, { ...seriesOf(is), ...row, convention: convention(lookup).id }, raw)
  })
  return mapping.done()
}
