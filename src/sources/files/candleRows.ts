import { formatInstant, instant } from '../../core/instant.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import { candle } from '../../records/candle.ts'
import type { Fault } from './badRows.ts'
import type { Field } from './layouts/layout.ts'
import { readNumber, readOptional } from './readNumber.ts'
import { isFault, RowParts, type Keep, type RowContext, type RowReader } from './rowReader.ts'
import { tallyRow } from './seenInstruments.ts'

/** A candle while it is read: numbers may still be NaN. */
export interface CandleRow extends Record<string, unknown> {
  readonly venue: string
  readonly market: string
  readonly interval: string
  instrument: string
  at: number
  knownAt: number
  open: number
  high: number
  low: number
  close: number
  volume: number
  quoteVolume: number | undefined
  trades: number | undefined
  takerBuyVolume: number | undefined
  takerBuyQuoteVolume: number | undefined
}

/** Reads candles of one interval. A row known before its bar closes, or off the interval's grid, is at fault. */
export function candleRows(context: RowContext, interval: Interval): RowReader {
  const parts = new RowParts(context)
  const step = intervalMs(interval)
  const row = emptyRow(context, interval)
  const prices = (['open', 'high', 'low', 'close', 'volume'] as const).map(
    (field) => [field, parts.index(field)] as const,
  )
  const extras = EXTRAS.map((field) => [field, parts.index(field)] as const).filter(([, index]) => index >= 0)

  const read = (cells: readonly string[], keep: Keep): Fault | undefined => {
    const wrongWidth = parts.widthFault(cells)
    if (wrongWidth !== undefined) return wrongWidth
    row.at = parts.at(cells)
    if (Number.isNaN(row.at)) return parts.timeFault(cells)
    if (row.at % step !== 0) return gridFault(parts, cells, row.at, interval)
    if (row.at < 0) return parts.fault('at', cells, 'is before 1970, when no venue of ours traded')
    row.knownAt = parts.knownAt(cells, row.at + step)
    if (!(row.knownAt >= row.at + step)) return parts.knownAtFault(cells, row.knownAt, 'closes')
    const tally = parts.instrument(cells)
    if (isFault(tally)) return tally
    row.instrument = tally.instrument
    for (const [field, index] of prices) row[field] = readNumber(cells[index])
    for (const [field, index] of extras) row[field] = readOptional(cells[index])
    if (!isCandle(row))
      return parts.numberFault(row, cells, NUMBERS) ?? parts.schemaFault({ record: candle, row }, cells)
    tallyRow(tally, row.at)
    keep(candle, row)
    return undefined
  }
  return { read }
}

const EXTRAS = ['quoteVolume', 'trades', 'takerBuyVolume', 'takerBuyQuoteVolume'] as const
const NUMBERS: readonly Field[] = ['open', 'high', 'low', 'close', 'volume', ...EXTRAS]

/**
 * What the candle's schema asks of its numbers, by hand: the schema takes 4 µs a row. A test holds the two together; the
 * schema words the refusals.
 */
export function isCandle(row: CandleRow): boolean {
  const { open, high, low, close } = row
  return (
    low > 0 &&
    high < Infinity &&
    high >= open &&
    high >= close &&
    high >= low &&
    low <= open &&
    low <= close &&
    isAmount(row.volume) &&
    isOptionalAmount(row.quoteVolume) &&
    isOptionalAmount(row.trades) &&
    isOptionalAmount(row.takerBuyVolume) &&
    isOptionalAmount(row.takerBuyQuoteVolume)
  )
}

const isAmount = (value: number): boolean => value >= 0 && value < Infinity
const isOptionalAmount = (value: number | undefined): boolean => value === undefined || isAmount(value)

function gridFault(parts: RowParts, cells: readonly string[], at: number, interval: Interval): Fault {
  const why = `(${formatInstant(instant(at))}) is not on the grid of ${interval} bars`
  return {
    ...parts.fault('at', cells, why),
    hint: 'give the true interval with --interval, or leave bad rows out with --skip-bad',
  }
}

function emptyRow({ plan }: RowContext, interval: Interval): CandleRow {
  return {
    venue: plan.venue,
    market: plan.market,
    instrument: '',
    interval,
    at: NaN,
    knownAt: NaN,
    open: NaN,
    high: NaN,
    low: NaN,
    close: NaN,
    volume: NaN,
    quoteVolume: undefined,
    trades: undefined,
    takerBuyVolume: undefined,
    takerBuyQuoteVolume: undefined,
  }
}
