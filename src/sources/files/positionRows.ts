import { coinsOf } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import { position } from '../../records/position.ts'
import type { Fault } from './badRows.ts'
import type { Field } from './layouts/layout.ts'
import { readNumber, readOptional } from './readNumber.ts'
import { isFault, RowParts, type Keep, type RowContext, type RowReader } from './rowReader.ts'
import { sayIssue } from './sayIssue.ts'
import { tallyRow } from './seenInstruments.ts'

const NUMBERS: readonly Field[] = ['quantity', 'price', 'leverage', 'unrealised', 'liquidationPrice']
const SIDES: ReadonlyMap<string, 1 | -1> = new Map([
  ['long', 1],
  ['short', -1],
  ['buy', 1],
  ['sell', -1],
])

/**
 * Reads positions of accounts, one row each. Prices are kept per coin. A liquidation price that is missing, 0 or below is none: the
 * account holds so much that no price would liquidate it. Whether a position is isolated or cross is in no such file.
 */
export function positionRows(context: RowContext): RowReader {
  const parts = new RowParts(context)

  const read = (cells: readonly string[], keep: Keep): Fault | undefined => {
    const wrongWidth = parts.widthFault(cells)
    if (wrongWidth !== undefined) return wrongWidth
    const at = instant(parts.at(cells))
    if (Number.isNaN(at)) return parts.timeFault(cells)
    const knownAt = parts.knownAt(cells, at)
    if (!(knownAt >= at)) return parts.knownAtFault(cells, knownAt, 'is read')
    const account = parts.cell(cells, 'account').trim().toLowerCase()
    if (account === '') return parts.fault('account', cells, 'is empty')
    const tally = parts.instrument(cells)
    if (isFault(tally)) return tally
    const sign = SIDES.get(parts.cell(cells, 'side').trim().toLowerCase())
    if (sign === undefined) return parts.fault('side', cells, 'is neither long nor short')
    const optional = (field: Field): number | undefined => readOptional(cells[parts.index(field)])
    const values = {
      quantity: readNumber(parts.cell(cells, 'quantity')),
      price: optional('price'),
      leverage: optional('leverage'),
      unrealised: optional('unrealised'),
      liquidationPrice: optional('liquidationPrice'),
    }
    const wrongNumber = parts.numberFault(values, cells, NUMBERS)
    if (wrongNumber !== undefined) return wrongNumber
    if (!(values.quantity > 0)) return parts.fault('quantity', cells, 'is no size above 0')
    const is = parts.named(tally, at)
    const { venue, market, instrument, contract, multiplier } = is
    const perCoin = (price: number | undefined): number | undefined =>
      price === undefined ? undefined : price / multiplier
    const row = {
      venue,
      market,
      instrument,
      account,
      at,
      knownAt,
      coins: sign * coinsOf(values.quantity, 'units', { instrument: is }),
      entryPrice: values.price === 0 ? undefined : perCoin(values.price),
      leverage: values.leverage === 0 ? undefined : values.leverage,
      margin: 'unknown',
      liquidationPrice: Number(values.liquidationPrice) <= 0 ? undefined : perCoin(values.liquidationPrice),
      unrealised: values.unrealised,
      convention: convention({ venue, field: 'position', contract, at, rule: 'note' }).id,
    }
    if (!position.schema.safeParse(row).success) return schemaFault(parts, row, cells)
    tallyRow(tally, at)
    keep(position, row)
    return undefined
  }
  return { read }
}

/** The columns that the fields of a position are from. */
const FIELDS: Readonly<Record<string, Field>> = { coins: 'quantity', entryPrice: 'price' }

/** What is wrong with a row by its schema, said of the column that it is from. */
function schemaFault(parts: RowParts, row: Readonly<Record<string, unknown>>, cells: readonly string[]): Fault {
  const [issue] = position.schema.safeParse(row).error?.issues ?? []
  const name = String(issue?.path[0] ?? 'at')
  return parts.fault(FIELDS[name] ?? (name as Field), cells, sayIssue(issue))
}
