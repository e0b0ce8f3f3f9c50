import { resolveAsset } from '../../conventions/assets/resolveAsset.ts'
import { DAY_MS, instant } from '../../core/instant.ts'
import { walletBalance } from '../../records/walletBalance.ts'
import type { Fault } from './badRows.ts'
import { readNumber } from './readNumber.ts'
import { isFault, RowParts, type Keep, type RowContext, type RowReader } from './rowReader.ts'
import { tallyRow } from './seenInstruments.ts'

/** Reads coins in the known wallets of venues. A count of a day is known when the day ends, one of an instant then. */
export function walletRows(context: RowContext): RowReader {
  const parts = new RowParts(context)

  const read = (cells: readonly string[], keep: Keep): Fault | undefined => {
    const wrongWidth = parts.widthFault(cells)
    if (wrongWidth !== undefined) return wrongWidth
    const at = parts.at(cells)
    if (Number.isNaN(at)) return parts.timeFault(cells)
    const ends = at % DAY_MS === 0 ? at + DAY_MS : at
    const knownAt = parts.knownAt(cells, ends)
    if (!(knownAt >= ends)) return parts.knownAtFault(cells, knownAt, 'ends')
    const venue = parts.cell(cells, 'holder').trim().toLowerCase()
    if (venue === '') return parts.fault('holder', cells, 'is empty')
    const tally = parts.instrument(cells)
    if (isFault(tally)) return tally
    const { asset } = resolveAsset({ ticker: tally.instrument.toUpperCase() }, instant(at))
    const coins = readNumber(parts.cell(cells, 'quantity'))
    const wrongNumber = parts.numberFault({ quantity: coins }, cells, ['quantity'])
    if (wrongNumber !== undefined) return wrongNumber
    if (coins < 0) return parts.fault('quantity', cells, 'is negative')
    tallyRow(tally, at)
    keep(walletBalance, { venue, asset, source: context.plan.venue, at, knownAt, coins, remark: '' })
    return undefined
  }
  return { read }
}
