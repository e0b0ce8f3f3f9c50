import type { Instrument } from '../../records/instrument.ts'
import type { Mapping } from '../wire/readWire.ts'

/** The fields that name the series of a record. */
export const seriesOf = ({ venue, market, instrument }: Instrument): Readonly<Record<string, string>> => ({
  venue,
  market,
  instrument,
})

/** The elements of an answer that is a list; one that is none is told. */
export function listOf(mapping: Mapping, json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json
  mapping.notDocumented('', 'not a list', json)
  return []
}

/**
 * True for an element about a contract with a date, or one of COIN-M: `ETHUSDT_230331`, `BTCUSD_PERP`. Answers for everything at
 * once hold them, they are not collected, and only their names have an underscore.
 */
export const isDated = (element: unknown): boolean =>
  typeof element === 'object' &&
  element !== null &&
  'symbol' in element &&
  typeof element.symbol === 'string' &&
  element.symbol.includes('_')
