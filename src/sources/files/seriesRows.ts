import { toldAt } from '../../conventions/releases.ts'
import { instant } from '../../core/instant.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import { indexLevel } from '../../records/indexLevel.ts'
import type { Fault } from './badRows.ts'
import { isMissing, readNumber } from './readNumber.ts'
import { isFault, RowParts, type Keep, type RowContext, type RowReader } from './rowReader.ts'
import { tallyRow } from './seenInstruments.ts'

/** Reads values of a plain series. A value is known when its series is told: unless the ledger of releases says otherwise, when its interval ends. */
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
    const text = parts.cell(cells, 'value')
    if (isMissing(text)) return 'gap'
    const tally = parts.instrument(cells)
    if (isFault(tally)) return tally
    const told = toldAt(tally.instrument, instant(row.at), step)
    row.knownAt = parts.knownAt(cells, told)
    if (!(row.knownAt >= told)) return parts.knownAtFault(cells, row.knownAt, 'is told')
    row.instrument = tally.instrument
    row.value = readNumber(text)
    if (Number.isNaN(row.value)) return parts.fault('value', cells, 'is not a number')
    tallyRow(tally, row.at)
    keep(indexLevel, row)
    return undefined
  }
  return { read }
}
