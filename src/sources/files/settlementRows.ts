import { isRatePrice } from '../../conventions/ratePrice.ts'
import { civil, DAY_MS, formatDay, instant } from '../../core/instant.ts'
import { futuresSettlement } from '../../records/futuresSettlement.ts'
import type { Fault } from './badRows.ts'
import { contractMonth } from './contractMonth.ts'
import { readNumber } from './readNumber.ts'
import { isFault, RowParts, type Keep, type RowContext, type RowReader } from './rowReader.ts'
import { tallyRow } from './seenInstruments.ts'

/** Reads settlement prices of fed funds futures; those of a day are known when it ends. Each must say where it was read. */
export function settlementRows(context: RowContext): RowReader {
  const parts = new RowParts(context)

  const read = (cells: readonly string[], keep: Keep): Fault | undefined => {
    const wrongWidth = parts.widthFault(cells)
    if (wrongWidth !== undefined) return wrongWidth
    const at = parts.at(cells)
    if (Number.isNaN(at)) return parts.timeFault(cells)
    if (at % DAY_MS !== 0) return parts.fault('at', cells, 'is no whole day')
    if (isRest(at)) return parts.fault('at', cells, 'is no day of business')
    const knownAt = parts.knownAt(cells, at + DAY_MS)
    if (!(knownAt >= at + DAY_MS)) return parts.knownAtFault(cells, knownAt, 'ends')
    const month = contractMonth(parts.cell(cells, 'contract'), civil(instant(at)).year)
    if (month === undefined)
      return parts.fault('contract', cells, 'is no month such as 2025-12, nor a contract such as ZQZ25')
    if (month < formatDay(instant(at)).slice(0, 7)) return parts.fault('contract', cells, 'had expired by that day')
    const price = readNumber(parts.cell(cells, 'price'))
    const wrongNumber = parts.numberFault({ price }, cells, ['price'])
    if (wrongNumber !== undefined) return wrongNumber
    if (!isRatePrice(price)) return parts.fault('price', cells, 'is no price of a rate: 100 less percent a year')
    const source = parts.cell(cells, 'source').trim()
    if (!/^https?:\/\/\S+$/.test(source))
      return parts.fault('source', cells, 'is no address where the price can be read')
    const tally = parts.tallyOf(month)
    if (isFault(tally)) return tally
    tallyRow(tally, at)
    keep(futuresSettlement, { venue: context.plan.venue, product: 'ZQ', month, at, knownAt, price, source })
    return undefined
  }
  return { read }
}

/** A Saturday or a Sunday. */
const isRest = (at: number): boolean => (Math.floor(at / DAY_MS) + 3) % 7 > 4
