import { instant } from '../../core/instant.ts'
import { funding } from '../../records/funding.ts'
import { chargeTime, fundingRow } from '../binance/mapFunding.ts'
import type { Fault } from './badRows.ts'
import type { Field } from './layouts/layout.ts'
import { readNumber, readOptional } from './readNumber.ts'
import { isFault, RowParts, type Keep, type RowContext, type RowReader } from './rowReader.ts'
import { tallyRow } from './seenInstruments.ts'

const NUMBERS: readonly Field[] = ['rate', 'hours']

/** Reads funding that was paid, each charge at the time that the venue's other door has for it. */
export function fundingRows(context: RowContext): RowReader {
  const parts = new RowParts(context)

  const read = (cells: readonly string[], keep: Keep): Fault | undefined => {
    const wrongWidth = parts.widthFault(cells)
    if (wrongWidth !== undefined) return wrongWidth
    const at = instant(chargeTime(parts.at(cells)))
    if (Number.isNaN(at)) return parts.timeFault(cells)
    const knownAt = parts.knownAt(cells, at)
    if (!(knownAt >= at)) return parts.knownAtFault(cells, knownAt, 'is paid')
    const tally = parts.instrument(cells)
    if (isFault(tally)) return tally
    const rate = readNumber(parts.cell(cells, 'rate'))
    const hours = readOptional(cells[parts.index('hours')])
    const row = { ...fundingRow(parts.named(tally, at), 'paid', at), knownAt, rate, hours }
    if (!funding.schema.safeParse(row).success)
      return parts.numberFault(row, cells, NUMBERS) ?? parts.schemaFault({ record: funding, row }, cells)
    tallyRow(tally, at)
    keep(funding, row)
    return undefined
  }
  return { read }
}
