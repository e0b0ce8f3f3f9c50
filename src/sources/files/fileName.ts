import { basename } from 'node:path'
import { splitSymbol, type SymbolRef } from '../../conventions/symbols.ts'

/**
 * A file's name without folders and endings.
 * @example stemOf('/data/VIXCLS.csv.gz') // 'VIXCLS'
 */
export const stemOf = (path: string): string => basename(path).replace(/(\.(csv|tsv|txt|gz|zip|parquet|pq))+$/i, '')

/** What a public dump's name tells: `BTCUSDT-4h-2024-01`, `BTCUSDT-trades-2024-01-01`, `BTCUSDT_2025-05-19`. */
export interface DumpName {
  readonly instrument: string
  /** The word between symbol and date: an interval, `trades`, `aggTrades`, `metrics`, `fundingRate`. */
  readonly what: string | undefined
  /** `2024-01` or `2024-01-01`. */
  readonly period: string
}

const DUMP = /^(.+?)(?:-(\d+(?:s|m|h|d|w|mo)|trades|aggTrades|metrics|fundingRate))?[-_](\d{4}-\d{2}(?:-\d{2})?)$/

export function dumpName(stem: string): DumpName | undefined {
  const [, instrument, what, period] = DUMP.exec(stem) ?? []
  return instrument === undefined || period === undefined ? undefined : { instrument, what, period }
}

/**
 * The one word of a file's name that is an instrument of the venue: written in capitals and ending in a known quote.
 * @returns undefined where there is none, or more than one
 * @example instrumentIn('binance_BTCUSDT_trades_2021-01-08', 'binance', 'spot') // 'BTCUSDT'
 */
export function instrumentIn(stem: string, venue: string, market: SymbolRef['market']): string | undefined {
  const words = stem.split(/[^\p{L}\d]+/u).filter((word) => /\p{Lu}/u.test(word) && word === word.toUpperCase())
  const found = words.filter((instrument) => splits({ venue, market, instrument }))
  return found.length === 1 ? found[0] : undefined
}

function splits(ref: SymbolRef): boolean {
  try {
    splitSymbol(ref)
    return true
  } catch {
    return false
  }
}
