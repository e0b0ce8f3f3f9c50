import { resolveAsset } from '../../conventions/assets/resolveAsset.ts'
import { DAY_MS, instant } from '../../core/instant.ts'
import { marketCap } from '../../records/marketCap.ts'
import type { Fault } from './badRows.ts'
import { makesSense } from './capSense.ts'
import type { Field } from './layouts/layout.ts'
import { isFault, RowParts, type Keep, type RowContext, type RowReader } from './rowReader.ts'
import { tallyRow } from './seenInstruments.ts'

const NUMBERS: readonly Field[] = ['marketCap', 'supply', 'price']

/**
 * Reads market caps and supplies by day; each is known when its day ends. Lists of coins have many of one ticker: of those of one day
 * the first stands, and every other is at fault, since a market cap that is another coin's is worse than none. Lists write 0 where they
 * do not know.
 */
export function supplyRows(context: RowContext): RowReader {
  const parts = new RowParts(context)
  /** Where each asset stands on each day. */
  const seen = new Map<string, string>()

  const read = (cells: readonly string[], keep: Keep, place: string): Fault | undefined | 'gap' => {
    const wrongWidth = parts.widthFault(cells)
    if (wrongWidth !== undefined) return wrongWidth
    const at = parts.at(cells)
    if (Number.isNaN(at)) return parts.timeFault(cells)
    if (at % DAY_MS !== 0) return parts.fault('at', cells, 'is no whole day')
    const knownAt = parts.knownAt(cells, at + DAY_MS)
    if (!(knownAt >= at + DAY_MS)) return parts.knownAtFault(cells, knownAt, 'ends')
    const amounts = parts.amounts(cells, NUMBERS)
    if (isFault(amounts)) return amounts
    const values = Object.fromEntries(NUMBERS.map((field) => [field, known(amounts[field])]))
    if (!makesSense(values)) return parts.fault('marketCap', cells, 'is not near supply times price')
    if (values['marketCap'] === undefined && values['supply'] === undefined) return 'gap'
    const tally = parts.instrument(cells)
    if (isFault(tally)) return tally
    const { asset } = resolveAsset({ ticker: tally.instrument.toUpperCase() }, instant(at))
    const key = `${asset} ${at}`
    const first = seen.get(key)
    if (first !== undefined) {
      const why = `is on this day already, in ${first}: the same row again, or a second coin of this ticker`
      return parts.fault('instrument', cells, why)
    }
    const { venue } = context.plan
    const row = { venue, asset, interval: '1d', at, knownAt, ...values }
    if (!marketCap.schema.safeParse(row).success) return parts.schemaFault({ record: marketCap, row }, cells)
    seen.set(key, place)
    tallyRow(tally, at)
    keep(marketCap, row)
    return undefined
  }
  return { read }
}

const known = (value: number | undefined): number | undefined => (value === 0 ? undefined : value)
