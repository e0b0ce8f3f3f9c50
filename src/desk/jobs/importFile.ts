import { basename } from 'node:path'
import { resolveAsset } from '../../conventions/assets/resolveAsset.ts'
import type { InstantMs } from '../../core/instant.ts'
import { knownBy, type Batch } from '../../records/batch.ts'
import { candle } from '../../records/candle.ts'
import { indexLevel } from '../../records/indexLevel.ts'
import type { Instrument } from '../../records/instrument.ts'
import { trade } from '../../records/trade.ts'
import type { BadRow } from '../../sources/files/badRows.ts'
import { openFile, type OpenedFile } from '../../sources/files/openFile.ts'
import { ingest, type Ingested } from '../../store/ingest.ts'
import { countRows } from '../../store/queries/countRows.ts'
import { putInstruments } from '../../store/queries/putInstruments.ts'
import type { Desk } from '../desk.ts'

export const IMPORT_KINDS = ['candles', 'trades', 'series'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

const RECORDS = { candles: candle, trades: trade, series: indexLevel } as const

export interface ImportRequest {
  readonly kind: ImportKind
  readonly path: string
  readonly venue?: string
  readonly market?: Instrument['market']
  readonly interval?: string
  readonly instrument?: string
  readonly column?: string
  readonly knownAt?: InstantMs
  readonly badRows: 'refuse' | 'skip'
  readonly onDifference: 'refuse' | 'replace'
  readonly signal?: AbortSignal
  /** Bytes of the file read, of how many, and rows taken so far. */
  readonly onProgress?: (bytesRead: number, bytesTotal: number, rows: number) => void
}

export interface ImportAnswer extends Ingested {
  readonly file: string
  readonly layout: string
  readonly venue: string
  readonly market: string | null
  readonly interval: string | null
  readonly instruments: number
  /** Rows of this kind that the store holds now. */
  readonly held: number
  readonly bad: { readonly count: number; readonly first: readonly BadRow[] }
  /** Rows left out because they were not known yet: the bar in progress when the file was made. */
  readonly unclosed: number
}

/** Reads one file wholly, then stores it: all of it or nothing. Importing it again changes nothing. */
export async function importFile(desk: Desk, request: ImportRequest): Promise<ImportAnswer> {
  const { kind, path, onDifference, ...options } = request
  const opened = await openFile(kind, path, options)
  const record = RECORDS[kind]
  const unclosed = { count: 0 }
  const batches = namedFirst(desk, opened, unclosed)
  const ingested = await ingest(desk.store, { record, batches, label: basename(path), onDifference })
  return {
    ...ingested,
    file: path,
    layout: opened.layout,
    venue: opened.venue,
    market: opened.market ?? null,
    interval: opened.interval ?? null,
    instruments: opened.instruments().length,
    held: await countRows(desk.store, record),
    bad: opened.bad(),
    unclosed: unclosed.count,
  }
}

/**
 * The batches of a file; when the last has passed and no row was bad, its instruments are written down, just before the rows
 * are stored. A kill in between, or an import refused for what the store holds, leaves a name without rows, which no answer
 * shows.
 */
async function* namedFirst(desk: Desk, opened: OpenedFile, unclosed: { count: number }): AsyncGenerator<Batch> {
  for await (const batch of opened.batches) {
    const known = knownBy(batch, desk.now)
    unclosed.count += batch.length - known.length
    yield known
  }
  const { venue, market } = opened
  if (market === undefined) return
  const instruments = opened.instruments().flatMap(({ instrument, symbol, to }): Instrument[] => {
    if (symbol === undefined) return []
    const { asset: ticker, quote, multiplier: named } = symbol
    const { asset, coins } = resolveAsset({ ticker, venue, market, multiplier: named }, to)
    const multiplier = named * coins
    return [{ venue, market, instrument, asset, quote, multiplier, simulated: false, contract: 'none' }]
  })
  await putInstruments(desk.store, instruments)
}
