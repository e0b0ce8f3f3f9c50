import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import type { Instrument } from '../../records/instrument.ts'
import { positioning, type PositioningMeasure } from '../../records/positioning.ts'
import type { Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { rowsOf, seriesOf } from './rows.ts'
import * as wire from './wire.ts'

export type AccountsMeasure = Exclude<PositioningMeasure, 'taker_ratio'>

/** The grid of an answer, and the venue's time: a bucket that may still change is left out. */
export interface Buckets {
  readonly interval: Interval
  readonly now: number
}

/** A ratio of accounts or positions: one number, long over short. Known when its interval is over. */
export function mapRatios(json: unknown, is: Instrument, measure: AccountsMeasure, { interval, now }: Buckets): Mapped {
  const mapping = new Mapping(measure)
  for (const { value, raw } of rowsOf(mapping, wire.ratioBucket, json)) {
    const [at, ratio] = value
    const knownAt = at + intervalMs(interval)
    if (knownAt > now) continue
    const row = { measure, interval, at, knownAt, ratio, longShare: ratio / (1 + ratio) }
    mapping.keep(positioning, { ...seriesOf(is), ...row, convention: conventionOf(is, measure, at) }, raw)
  }
  return mapping.done()
}

/** What takers sold and bought, in units of the instrument, as it is asked for. Known when its interval is over. */
export function mapTakers(json: unknown, is: Instrument, { interval, now }: Buckets): Mapped {
  const mapping = new Mapping('taker-volume-contract')
  for (const { value, raw, index } of rowsOf(mapping, wire.takerBucket, json)) {
    const [at, sold, bought] = value
    const knownAt = at + intervalMs(interval)
    if (knownAt > now) continue
    if (sold === 0) {
      mapping.impossible(`data[${index}][1]`, 'takers sold nothing, so there is no ratio', raw)
      continue
    }
    const [boughtCoins, soldCoins] = [bought, sold].map((units) => units * is.multiplier)
    const row = { measure: 'taker_ratio', interval, at, knownAt, ratio: bought / sold, boughtCoins, soldCoins }
    mapping.keep(positioning, { ...seriesOf(is), ...row, convention: conventionOf(is, 'taker_ratio', at) }, raw)
  }
  return mapping.done()
}

const conventionOf = (is: Instrument, field: PositioningMeasure, at: number): string =>
  convention({ venue: 'okx', field, contract: is.contract, at: instant(at), rule: 'ratio' }).id
