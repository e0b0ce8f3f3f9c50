import { intervalMs, type Interval } from '../../core/interval.ts'
import { indexLevel } from '../../records/indexLevel.ts'
import type { Fault } from './badRows.ts'
import { isMissing, readNumber } from './readNumber.ts'
import { isFault, RowParts, type Keep, type RowContext, type RowReader } from './rowReader.ts'
import { tallyRow } from './seenInstruments.ts'

/** Reads values of a plain series. A value is known when its interval ends: that of a date at the end of that UTC day. */
export function seriesRows(context: RowContext, interval: Interval): RowReader {
  const parts = new RowParts(context)
  const step = intervalMs(interval)
  const row = { venue: context.plan.venue, instrument: '', interval, at: NaN, knownAt: NaN, value: NaN }

  const read = (cells: readonly string[], keep: Keep): Fault | undefined | 'gap' => {
    const wrongWidth = parts.widthFault(cells)
    if (wrongWidth !== undefined) return wrongWidth
    row.at = parts.at(cells)
    if (Number.isNaN(row.at)) return parts.timeFault(cells)
    if (row.at % step !== 0) return parts.fault('at', cells, `is not on the grid of ${interval}`)
    row.knownAt = parts.knownAt(cells, row.at + step)
    if (!(row.knownAt >= row.at + step)) return parts.knownAtFault(cells, row.knownAt, 'ends')
    const text = parts.cell(cells, 'value')
    if (isMissing(text)) return 'gap'
    const tally = parts.instrument(cells)
    if (isFault(tally)) return tally
    row.instrument = tally.instrument
    row.value = readNumber(text)
    if (Number.isNaN(row.value)) return parts.fault('value', cells, 'is not a number')
    tallyRow(tally, row.at)
    keep(indexLevel, row)
    return undefined
  }
  return { read }
}
