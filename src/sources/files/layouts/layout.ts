import type { SymbolRef } from '../../../conventions/symbols.ts'
import type { InstantMs } from '../../../core/instant.ts'
import type { Interval } from '../../../core/interval.ts'
import type { PositioningMeasure } from '../../../records/positioning.ts'

export const FILE_KINDS = [
  'candles',
  'trades',
  'series',
  'metrics',
  'funding',
  'totals',
  'supply',
  'wallets',
  'positions',
  'rates',
  'settlements',
] as const
export type FileKind = (typeof FILE_KINDS)[number]

/** What a column can hold, whatever the file calls it. */
export type Field =
  | 'at'
  | 'knownAt'
  | 'instrument'
  | 'open'
  | 'high'
  | 'low'
  | 'close'
  | 'volume'
  | 'quoteVolume'
  | 'trades'
  | 'takerBuyVolume'
  | 'takerBuyQuoteVolume'
  | 'tradeId'
  | 'price'
  | 'quantity'
  | 'buyerMaker'
  | 'side'
  | 'value'
  | 'openInterest'
  | 'openInterestValue'
  | 'openInterestMillions'
  | PositioningMeasure
  | 'rate'
  | 'hours'
  | 'marketCap'
  | 'supply'
  | 'holder'
  | 'account'
  | 'leverage'
  | 'unrealised'
  | 'liquidationPrice'
  | 'meeting'
  | 'rangeLow'
  | 'rangeHigh'
  | 'probability'
  | 'contract'
  | 'source'

export type Columns = Readonly<Partial<Record<Field, number>>>

/** The first row of a table, what its file is called, and what the caller has said about it. */
export interface Head {
  readonly cells: readonly string[]
  readonly stem: string
  readonly instrument: string | undefined
  /** For series: the column to take. */
  readonly column: string | undefined
}

/** Where a table's fields are, and what its layout tells beyond its rows. */
export interface Binding {
  readonly header: 'first row' | 'none'
  readonly columns: Columns
  readonly venue?: string
  readonly market?: SymbolRef['market']
  /** From the file's name. */
  readonly instrument?: string
  readonly interval?: string
  /** How quantities count: coins, or dollars where the instrument is quoted in plain USD (inverse contracts). */
  readonly quantity?: 'coins' | 'usd where inverse'
  /** Where ids number the rows of a file only: what makes them ids, the period of the file. */
  readonly idPrefix?: string
  /** Where its numbers are means over a stretch, and not readings at an instant. */
  readonly averagedOver?: Interval
  /** The day of the file, where it decides how its times are read. */
  readonly day?: InstantMs
}

/** A family of files that are read alike. */
export interface Layout {
  readonly id: string
  readonly kind: FileKind
  /** The first lines it is known by, shown where no layout fits. */
  readonly headers: readonly string[]
  /** The binding, or undefined where the first row is not of this layout. */
  readonly bind: (head: Head) => Binding | undefined
}

/** Names of columns as they are compared: lower case, without blanks, underscores and signs. */
export const plainName = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_.-]/g, '')

export type FieldNames = Readonly<Partial<Record<Field, readonly string[]>>>

/**
 * Finds fields in a header by their names.
 * @returns undefined where a required field is not there
 */
export function findColumns(head: Head, names: FieldNames, required: readonly Field[]): Columns | undefined {
  const header = head.cells.map(plainName)
  const found: Partial<Record<Field, number>> = {}
  for (const [field, spellings] of Object.entries(names) as [Field, readonly string[]][]) {
    const index = spellings.map((name) => header.indexOf(name)).find((at) => at >= 0)
    if (index !== undefined) found[field] = index
  }
  return required.every((field) => found[field] !== undefined) ? found : undefined
}

/** Numbers a first row of data by place, where a table has no header. */
export function placeColumns(...fields: readonly (Field | undefined)[]): Columns {
  return Object.fromEntries(fields.flatMap((field, i) => (field === undefined ? [] : [[field, i]])))
}

/** Spellings of a time column. */
export const TIME_NAMES = ['time', 'timestamp', 'date', 'datetime', 'opentime', 'startat', 'starttime', 'ts'] as const
export const SYMBOL_NAMES = ['symbol', 'instrument', 'pair', 'ticker'] as const
export const KNOWN_AT = ['knownat'] as const

export const CANDLE_NAMES: FieldNames = {
  at: TIME_NAMES,
  knownAt: KNOWN_AT,
  open: ['open'],
  high: ['high'],
  low: ['low'],
  close: ['close'],
  volume: ['volume'],
  quoteVolume: ['quoteassetvolume', 'quotevolume', 'turnover'],
  trades: ['trades', 'count', 'numberoftrades', 'numtrades'],
  takerBuyVolume: ['takerbuybase', 'takerbuyvolume', 'takerbuybasevolume', 'takerbuybaseassetvolume'],
  takerBuyQuoteVolume: ['takerbuyquote', 'takerbuyquotevolume', 'takerbuyquoteassetvolume'],
}

export const CANDLE_REQUIRED: readonly Field[] = ['at', 'open', 'high', 'low', 'close', 'volume']

export const isNumeric = (text: string | undefined): boolean =>
  text !== undefined && /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text)
export const isFlag = (text: string | undefined): boolean => text !== undefined && /^(true|false)$/i.test(text)
