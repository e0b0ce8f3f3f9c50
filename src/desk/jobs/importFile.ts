import { basename } from 'node:path'
import { DeskError } from '../../core/errors.ts'
import type { InstantMs } from '../../core/instant.ts'
import { knownBy, type Batch } from '../../records/batch.ts'
import { candle } from '../../records/candle.ts'
import { funding } from '../../records/funding.ts'
import { futuresSettlement } from '../../records/futuresSettlement.ts'
import { indexLevel } from '../../records/indexLevel.ts'
import type { Instrument } from '../../records/instrument.ts'
import { marketCap } from '../../records/marketCap.ts'
import { openInterest } from '../../records/openInterest.ts'
import { position } from '../../records/position.ts'
import { positioning } from '../../records/positioning.ts'
import { rateProbability } from '../../records/rateProbability.ts'
import type { RecordSpec } from '../../records/record.ts'
import { trade } from '../../records/trade.ts'
import { walletBalance } from '../../records/walletBalance.ts'
import type { BadRow } from '../../sources/files/badRows.ts'
import { FILE_KINDS, type FileKind } from '../../sources/files/layouts/layout.ts'
import { openFile, type OpenedFile } from '../../sources/files/openFile.ts'
import { ingestKinds, type Ingested, type IngestedKind } from '../../store/ingest.ts'
import { countOtherTrades } from '../../store/queries/countOtherTrades.ts'
import { countRows } from '../../store/queries/countRows.ts'
import { putInstruments } from '../../store/queries/putInstruments.ts'
import type { Desk } from '../desk.ts'
import { fileInstruments } from './fileInstruments.ts'

export const IMPORT_KINDS: readonly FileKind[] = FILE_KINDS
export type ImportKind = FileKind

/** What the rows of a file become. */
const RECORDS: Readonly<Record<ImportKind, readonly RecordSpec[]>> = {
  candles: [candle],
  trades: [trade],
  series: [indexLevel],
  metrics: [openInterest, positioning],
  funding: [funding],
  totals: [openInterest, marketCap],
  supply: [marketCap],
  wallets: [walletBalance],
  positions: [position],
  rates: [rateProbability],
  settlements: [futuresSettlement],
}

export interface ImportRequest {
  readonly kind: ImportKind
  readonly path: string
  /** What messages call it; its path unless said. */
  readonly label?: string
  readonly venue?: string
  readonly market?: Instrument['market']
  readonly interval?: string
  readonly instrument?: string
  readonly column?: string
  readonly knownAt?: InstantMs
  /** The one instrument that the file must be of. */
  readonly only?: string
  /** Whether a simulation made it; it did not unless said. */
  readonly simulated?: Instrument['simulated']
  readonly badRows: 'refuse' | 'skip'
  readonly onDifference: 'refuse' | 'replace'
  readonly signal?: AbortSignal
  /** Bytes of the file read, of how many, and rows taken so far. */
  readonly onProgress?: (bytesRead: number, bytesTotal: number, rows: number) => void
}

/** What came of a file; the counts are of records, of which a row of some files makes several. */
export interface TakenFile extends Ingested {
  readonly file: string
  readonly layout: string
  readonly venue: string
  readonly market: string | null
  readonly interval: string | null
  readonly instruments: number
  /** The same by kind of record. */
  readonly records: readonly IngestedKind[]
  readonly bad: { readonly count: number; readonly first: readonly BadRow[] }
  /** Records left out because they were not known yet: the bar in progress when the file was made. */
  readonly unclosed: number
  /** Records left out because they are of a time to come. */
  readonly future: number
  /** Rows of the file that hold no value. */
  readonly empty: number
}

export interface ImportAnswer extends TakenFile {
  /** Records of the file's kinds that the store holds now. */
  readonly held: number
}

/** Takes one file, and counts what is held after it, which takes longer the more there is. */
export async function importFile(desk: Desk, request: ImportRequest): Promise<ImportAnswer> {
  const taken = await takeFile(desk, request)
  const held = await Promise.all(RECORDS[request.kind].map((record) => countRows(desk.store, record)))
  return { ...taken, held: held.reduce((sum, rows) => sum + rows, 0) }
}

/**
 * Reads one file wholly, then stores it: all of it or nothing. Taking it again changes nothing.
 * @throws {TradesTwiceError} its trades are held already, under ids of another numbering
 * @throws {OtherInstrumentError} it holds another instrument than the one that it must be of
 * @throws what `openFile` and `ingestKinds` throw
 */
export async function takeFile(desk: Desk, request: ImportRequest): Promise<TakenFile> {
  const { kind, path, label = path, onDifference, only, simulated, ...options } = request
  const opened = await openFile(kind, path, { ...options, label })
  const records = RECORDS[kind]
  const early: Early = { unclosed: 0, future: 0 }
  const batches = namedFirst(desk, { opened, label, only, simulated: simulated ?? false, early })
  // A path is long, and the folder it was imported from is of no interest later.
  const name = label === path ? basename(path) : label
  const kinds = await ingestKinds(desk.store, { records, batches, label: name, onDifference })
  return {
    ...summed(kinds),
    file: label,
    layout: opened.layout,
    venue: opened.venue,
    market: opened.market ?? null,
    interval: opened.interval ?? null,
    instruments: opened.instruments().length,
    records: kinds,
    bad: opened.bad(),
    ...early,
    empty: opened.gaps(),
  }
}

function summed(kinds: readonly IngestedKind[]): Ingested {
  const sum = (field: keyof Ingested): number => kinds.reduce((total, each) => total + each[field], 0)
  const [added, fuller] = [sum('added'), sum('fuller')]
  return { rows: sum('rows'), added, fuller, replaced: sum('replaced'), unchanged: sum('unchanged') }
}

interface Named {
  readonly opened: OpenedFile
  readonly only: string | undefined
  readonly label: string
  readonly simulated: Instrument['simulated']
  readonly early: Early
}

/** Records that are not known yet: of a bar that is not closed, and of a time to come. */
interface Early {
  unclosed: number
  future: number
}

/**
 * The batches of a file; when the last has passed and no row was bad, its instruments are written down, just before the rows
 * are stored. A kill in between, or an import refused for what the store holds, leaves a name without rows, which no answer
 * shows.
 */
async function* namedFirst(desk: Desk, { opened, label, only, simulated, early }: Named): AsyncGenerator<Batch> {
  for await (const batch of opened.batches) {
    const known = knownBy(batch, desk.now)
    const future = (batch.columns['at'] as Float64Array).reduce((count, at) => count + Number(at > desk.now), 0)
    early.future += future
    early.unclosed += batch.length - known.length - future
    yield known
  }
  const other = opened.instruments().find(({ instrument }) => only !== undefined && instrument !== only)
  if (other !== undefined) throw new OtherInstrumentError(label, other.instrument, only ?? '')
  await refuseTwice(desk, opened, label)
  await putInstruments(desk.store, await fileInstruments(desk.store, opened, simulated))
}

async function refuseTwice({ store }: Desk, opened: OpenedFile, label: string): Promise<void> {
  const { idPrefix, venue, market } = opened
  if (idPrefix === undefined || market === undefined) return
  for (const { instrument, from, to } of opened.instruments()) {
    const count = await countOtherTrades(store, { venue, market, instrument, from, to, idPrefix })
    if (count > 0) throw new TradesTwiceError(label, instrument, count)
  }
}

/** Trades whose ids are of this file only, where trades of the same time are held under other ids: they would be counted twice. */
export class TradesTwiceError extends DeskError {
  constructor(label: string, instrument: string, count: number) {
    super(
      'TRADES_TWICE',
      `"${label}" numbers its trades anew, and ${count} trades of ${instrument} in the same time are held under other ids`,
      { hint: 'they would be counted twice, so nothing of it was kept; a store of its own can take it' },
    )
  }
}

/** A file of another instrument than the one it was to be of. */
export class OtherInstrumentError extends DeskError {
  constructor(label: string, found: string, wanted: string) {
    super('OTHER_INSTRUMENT', `"${label}" holds rows of "${found}" and was to be of "${wanted}"`, {
      hint: 'nothing of it was kept',
    })
  }
}
