import { trade } from '../../records/trade.ts'
import type { Fault } from './badRows.ts'
import type { Field } from './layouts/layout.ts'
import { readNumber } from './readNumber.ts'
import { isFault, RowParts, type Keep, type RowContext, type RowReader } from './rowReader.ts'
import { tallyRow, type InstrumentTally } from './seenInstruments.ts'

/** Reads trades. A trade is known when it happens; the aggressor is the buyer where the buyer was not the maker. */
export function tradeRows(context: RowContext): RowReader {
  const parts = new RowParts(context)
  const { venue, market, binding } = context.plan
  const prefix = binding.idPrefix ?? ''
  const row = {
    venue,
    market,
    instrument: '',
    at: NaN,
    knownAt: NaN,
    tradeId: '',
    price: NaN,
    quantity: NaN,
    takerBuy: false,
  }
  const inDollars = (tally: InstrumentTally): boolean =>
    binding.quantity === 'usd where inverse' && tally.symbol?.quote === 'USD'

  const read = (cells: readonly string[], keep: Keep): Fault | undefined => {
    const wrongWidth = parts.widthFault(cells)
    if (wrongWidth !== undefined) return wrongWidth
    row.at = parts.at(cells)
    if (Number.isNaN(row.at)) return parts.timeFault(cells)
    row.knownAt = parts.knownAt(cells, row.at)
    if (!(row.knownAt >= row.at)) return parts.knownAtFault(cells, row.knownAt, 'happens')
    const tally = parts.instrument(cells)
    if (isFault(tally)) return tally
    row.instrument = tally.instrument
    const id = parts.cell(cells, 'tradeId')
    if (id === '') return parts.fault('tradeId', cells, 'is empty')
    row.tradeId = prefix === '' ? id : prefix + id
    row.price = readNumber(parts.cell(cells, 'price'))
    const quantity = readNumber(parts.cell(cells, 'quantity'))
    row.quantity = inDollars(tally) ? quantity / row.price : quantity
    const takerBuy = aggressor(parts, cells)
    if (takerBuy === undefined) return parts.fault(sideField(parts), cells, 'is neither side')
    row.takerBuy = takerBuy
    if (!isTrade(row)) return parts.numberFault(row, cells, NUMBERS) ?? parts.schemaFault({ record: trade, row }, cells)
    tallyRow(tally, row.at)
    keep(trade, row)
    return undefined
  }
  return { read }
}

const NUMBERS: readonly Field[] = ['price', 'quantity']

/** What the trade's schema asks of its numbers, by hand; see `isCandle`. */
export const isTrade = ({ price, quantity }: { readonly price: number; readonly quantity: number }): boolean =>
  price > 0 && price < Infinity && quantity > 0 && quantity < Infinity

const sideField = (parts: RowParts): Field => (parts.index('buyerMaker') >= 0 ? 'buyerMaker' : 'side')

type Aggressors = readonly [buys: readonly string[], sells: readonly string[]]

/** True where the buyer was the aggressor; undefined where the cell tells neither. */
function aggressor(parts: RowParts, cells: readonly string[]): boolean | undefined {
  const field = sideField(parts)
  const text = parts.cell(cells, field).toLowerCase()
  const [buys, sells] = field === 'side' ? SIDES : MAKERS
  return buys.includes(text) ? true : sells.includes(text) ? false : undefined
}

const SIDES: Aggressors = [['buy'], ['sell']]
/** A maker who bought was met by a taker who sold. */
const MAKERS: Aggressors = [
  ['false', '0'],
  ['true', '1'],
]
