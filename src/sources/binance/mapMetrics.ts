import type { InstantMs } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import { openInterest } from '../../records/openInterest.ts'
import { positioning, POSITIONING_MEASURES, type PositioningMeasure } from '../../records/positioning.ts'
import type { MappedRow } from '../source.ts'
import { openInterestRow } from './mapOpenInterest.ts'
import { positioningRow } from './mapPositioning.ts'

/** The numbers of one row of the dump of statistics; what is blank is not there. */
export type MetricsValues = Readonly<
  Partial<Record<'openInterest' | 'openInterestValue' | PositioningMeasure, number | undefined>>
>

/**
 * The records of one row of the dump of statistics: the same, with the same keys, as the doors of the last thirty days give, but for
 * what the dump has not. It has ratios only: neither shares nor what takers bought and sold.
 * @param at - the instant of the reading
 */
export function metricsRecords(is: Instrument, at: InstantMs, values: MetricsValues): readonly MappedRow[] {
  const ratios = POSITIONING_MEASURES.flatMap((measure): MappedRow[] => {
    const ratio = values[measure]
    if (ratio === undefined) return []
    return [{ record: positioning, row: { ...positioningRow(is, measure, at), interval: '5m', ratio } }]
  })
  const { openInterest: published, openInterestValue: value } = values
  if (published === undefined) return ratios
  const priced = value !== undefined && value > 0 && published > 0 ? { unitPrice: value / published } : {}
  const row = openInterestRow(is, 'open_interest_history', { interval: '5m', at, published, ...priced })
  return [{ record: openInterest, row }, ...ratios]
}
