import { comparableOpenInterest } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import type { Interval } from '../../core/interval.ts'
import type { Instrument } from '../../records/instrument.ts'
import { openInterest } from '../../records/openInterest.ts'
import type { Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { isOf, readList, seriesOf } from './readList.ts'
import * as wire from './wire.ts'

/** Mark prices by the instant that they hold at. */
export type Marks = ReadonlyMap<number, number>

/**
 * Open interest on the grid of its history.
 * @param marks - mark price of each row's instant; without one a row of an inverse contract cannot be counted in coins, and is told
 */
export function mapOpenInterests(
  json: unknown,
  { is, interval, marks }: { readonly is: Instrument; readonly interval: Interval; readonly marks: Marks },
): Mapped {
  const mapping = new Mapping('open-interest')
  readList(mapping, json, { answer: wire.openInterests, element: wire.openInterest }, (each, { raw, answer }) => {
    if (!isOf(mapping, is, answer.result.symbol, raw)) return
    const { timestamp: at, openInterest: published, singleOpenInterest: single } = each
    keepOpenInterest(mapping, is, {
      field: 'open_interest_history',
      interval,
      at,
      published,
      single,
      mark: marks.get(at),
      raw,
    })
  })
  return mapping.done()
}

/** Mark prices at the opens of a grid's bars, as an answer of mark price candles gives them. */
export function mapMarks(json: unknown, is: Instrument): Mapped & { readonly marks: Marks } {
  const mapping = new Mapping('mark-price-kline')
  const marks = new Map<number, number>()
  readList(mapping, json, { answer: wire.candles, element: wire.markCandle }, ([at, open], { raw, answer }) => {
    if (isOf(mapping, is, answer.result.symbol, raw) && open > 0) marks.set(at, open)
  })
  return { ...mapping.done(), marks }
}

/** A number of open interest, from wherever it comes. */
export interface Published {
  readonly field: 'open_interest' | 'open_interest_history'
  readonly interval: Interval | 'live'
  readonly at: number
  readonly published: number
  /** One side as text, where the venue gives it. */
  readonly single: string | undefined
  /** Quote unit per unit of the instrument. */
  readonly mark: number | undefined
  readonly raw: unknown
}

/**
 * Keeps open interest. Of the venue's two numbers the two-sided one is read, since the one-sided is rounded; where both are
 * there the one must be half of the other, or the venue counts otherwise than the ledger says and the row is told, not kept.
 */
export function keepOpenInterest(mapping: Mapping, is: Instrument, number: Published): void {
  const { field, interval, at, published, single, mark, raw } = number
  if (single !== undefined && !isHalf(single, published)) {
    mapping.impossible('singleOpenInterest', `"${single}" is not half of openInterest, ${published}`, raw)
    return
  }
  const lookup = { venue: 'bybit', field, contract: is.contract, at: instant(at), rule: 'open interest' } as const
  const { id, rule } = convention(lookup)
  if (rule.countedIn === 'quote' && mark === undefined) {
    mapping.impossible('openInterest', 'counted in the quote, and no mark price of its time is served', raw)
    return
  }
  const value = comparableOpenInterest(rule, published, {
    instrument: is,
    ...(mark === undefined ? {} : { price: mark }),
  })
  const priced = mark === undefined ? {} : { quoteValue: value.quoteValue, price: mark / is.multiplier }
  const { sides, coins } = value
  const row = { interval, at, knownAt: at, published, countedIn: rule.countedIn, sides, coins, ...priced }
  mapping.keep(openInterest, { ...seriesOf(is), ...row, convention: id }, raw)
}

/** Whether the rounded one-sided number is half of the other, to one of its own last digit. */
function isHalf(single: string, both: number): boolean {
  const lastDigit = 10 ** -(single.split('.')[1]?.length ?? 0)
  return Math.abs(Number(single) - both / 2) < lastDigit
}
