import { convention } from '../../conventions/ledger.ts'
import { DAY_MS, instant, MINUTE_MS } from '../../core/instant.ts'
import type { Interval } from '../../core/interval.ts'
import type { PositioningMeasure } from '../../records/positioning.ts'
import { metricsRecords } from '../binance/mapMetrics.ts'
import type { Fault } from './badRows.ts'
import type { Field } from './layouts/layout.ts'
import { isFault, RowParts, type Keep, type RowContext, type RowReader } from './rowReader.ts'
import { tallyRow } from './seenInstruments.ts'

/** The grid of a dump of statistics. */
export const METRICS_INTERVAL: Interval = '5m'
const STEP_MS = 5 * MINUTE_MS

const RATIOS: readonly PositioningMeasure[] = ['long_short_accounts', 'top_accounts', 'top_positions', 'taker_ratio']
const NUMBERS: readonly Field[] = ['openInterest', 'openInterestValue', ...RATIOS]

/**
 * Reads rows of statistics: of each the open interest, and every ratio that is there. Each is known at the instant of its reading,
 * which is the label or five minutes after it, as the ledger says of the file's day. A row outside the day that the file is of
 * would be read wrongly, and is at fault.
 */
export function metricsRows(context: RowContext): RowReader {
  const parts = new RowParts(context)
  const { day = NaN } = context.plan.binding
  const lookup = { venue: context.plan.venue, field: 'metrics_label', contract: 'linear', at: instant(day) } as const
  const { marks } = convention({ ...lookup, rule: 'label' }).rule
  const laterMs = marks === 'start' ? STEP_MS : 0

  const read = (cells: readonly string[], keep: Keep): Fault | undefined | 'gap' => {
    const wrongWidth = parts.widthFault(cells)
    if (wrongWidth !== undefined) return wrongWidth
    const label = parts.at(cells)
    if (Number.isNaN(label)) return parts.timeFault(cells)
    const at = instant(label + laterMs)
    if (at % STEP_MS !== 0) return parts.fault('at', cells, `is not on the grid of ${METRICS_INTERVAL}`)
    if (at <= day || at > day + DAY_MS) return parts.fault('at', cells, 'is no label of the day that the file is of')
    const knownAt = parts.knownAt(cells, at)
    if (!(knownAt >= at)) return parts.knownAtFault(cells, knownAt, 'is read')
    const tally = parts.instrument(cells)
    if (isFault(tally)) return tally
    const values = parts.amounts(cells, NUMBERS)
    if (isFault(values)) return values
    const records = metricsRecords(parts.named(tally, at), at, values)
    if (records.length === 0) return 'gap'
    const rows = records.map(({ record, row }) => ({ record, row: { ...row, knownAt } }))
    const unsound = rows.find(({ record, row }) => !record.schema.safeParse(row).success)
    if (unsound !== undefined) return parts.schemaFault(unsound, cells)
    tallyRow(tally, at)
    for (const { record, row } of rows) keep(record, row)
    return undefined
  }
  return { read }
}
