import { instant } from '../../core/instant.ts'
import { funding } from '../../records/funding.ts'
import { convention } from '../../conventions/ledger.ts'
import type { Instrument } from '../../records/instrument.ts'
import { chargeTime } from '../binance/mapFunding.ts'
import type { Fault } from './badRows.ts'
import type { Field } from './layouts/layout.ts'
import { readNumber, readOptional } from './readNumber.ts'
import { isFault, RowParts, type Keep, type RowContext, type RowReader } from './rowReader.ts'
import { tallyRow } from './seenInstruments.ts'

const NUMBERS: readonly Field[] = ['rate', 'hours']

/** No venue lets a position pay so much of itself at once; a rate in percent, or of a year, would show by it. */
const MOST_RATE = 0.5

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
    if (Math.abs(rate) > MOST_RATE) return parts.fault('rate', cells, 'is no share of a position for one interval')
    const row = { ...keyOf(parts.named(tally, at), at), knownAt, rate, hours }
    if (!funding.schema.safeParse(row).success)
      return parts.numberFault(row, cells, NUMBERS) ?? parts.schemaFault({ record: funding, row }, cells)
    tallyRow(tally, at)
    keep(funding, row)
    return undefined
  }
  return { read }
}

function keyOf(is: Instrument, at: number): Readonly<Record<string, unknown>> {
  const { venue, market, instrument, contract } = is
  const { id } = convention({ venue, field: 'funding', contract, at: instant(at), rule: 'note' })
  return { venue, market, instrument, state: 'paid', at, convention: id }
}
