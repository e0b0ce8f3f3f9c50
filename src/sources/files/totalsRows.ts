import { comparableOpenInterest } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { DAY_MS, instant } from '../../core/instant.ts'
import { marketCap } from '../../records/marketCap.ts'
import { openInterest } from '../../records/openInterest.ts'
import type { RecordSpec } from '../../records/record.ts'
import type { Fault } from './badRows.ts'
import { makesSense } from './capSense.ts'
import type { Field } from './layouts/layout.ts'
import { isFault, RowParts, type Keep, type RowContext, type RowReader } from './rowReader.ts'
import { tallyRow } from './seenInstruments.ts'

const NUMBERS: readonly Field[] = ['openInterestValue', 'close', 'marketCap', 'supply']

/** Assets by the names that vendors give them in their addresses. */
const ASSETS: ReadonlyMap<string, string> = new Map([
  ['bitcoin', 'BTC'],
  ['ethereum', 'ETH'],
  ['hyperliquid', 'HYPE'],
])

/**
 * Reads a vendor's daily sums of an asset over venues: open interest, and market cap with supply where it is there. A row is of the
 * whole day that it names and known when that ends. Days on which the vendor gives neither are gaps; open interest without a price to
 * count its coins at is none, and a supply or a price of 0 is not known.
 */
export function totalsRows(context: RowContext): RowReader {
  const parts = new RowParts(context)

  const read = (cells: readonly string[], keep: Keep): Fault | undefined | 'gap' => {
    const wrongWidth = parts.widthFault(cells)
    if (wrongWidth !== undefined) return wrongWidth
    const at = parts.at(cells)
    if (Number.isNaN(at)) return parts.timeFault(cells)
    if (at % DAY_MS !== 0) return parts.fault('at', cells, 'is no whole day')
    const knownAt = parts.knownAt(cells, at + DAY_MS)
    if (!(knownAt >= at + DAY_MS)) return parts.knownAtFault(cells, knownAt, 'ends')
    const values = parts.amounts(cells, NUMBERS)
    if (isFault(values)) return values
    const asset = ASSETS.get(parts.cell(cells, 'instrument'))
    if (asset === undefined) return parts.fault('instrument', cells, 'is no asset that is known by this name')
    const tally = parts.tallyOf(asset)
    if (isFault(tally)) return tally
    const { openInterestValue, marketCap: cap } = values
    const [price, supply] = [aboveZero(values['close']), aboveZero(values['supply'])]
    if (!makesSense({ marketCap: cap, supply, price }))
      return parts.fault('marketCap', cells, 'is not near supply times price')
    const { venue } = context.plan
    const day = { venue, interval: '1d', at, knownAt }
    const records: { readonly record: RecordSpec; readonly row: Readonly<Record<string, unknown>> }[] = []
    if (openInterestValue !== undefined && price !== undefined) {
      const row = { ...day, market: 'perp', instrument: asset, ...readInterest(venue, at, openInterestValue, price) }
      records.push({ record: openInterest, row })
    }
    if (cap !== undefined || supply !== undefined) {
      records.push({ record: marketCap, row: { ...day, asset, marketCap: cap, supply, price } })
    }
    if (records.length === 0) return 'gap'
    const unsound = records.find(({ record, row }) => !record.schema.safeParse(row).success)
    if (unsound !== undefined) return parts.schemaFault(unsound, cells)
    tallyRow(tally, at)
    for (const { record, row } of records) keep(record, row)
    return undefined
  }
  return { read }
}

const aboveZero = (value: number | undefined): number | undefined => (Number(value) > 0 ? value : undefined)

function readInterest(venue: string, at: number, published: number, price: number) {
  const lookup = { venue, field: 'open_interest_history', contract: 'none', at: instant(at) } as const
  const { id, rule } = convention({ ...lookup, rule: 'open interest' })
  const valued = { instrument: { contract: 'none', multiplier: 1 }, price } as const
  const { sides, coins, quoteValue } = comparableOpenInterest(rule, published, valued)
  return { published, countedIn: rule.countedIn, sides, coins, quoteValue, price, convention: id }
}
