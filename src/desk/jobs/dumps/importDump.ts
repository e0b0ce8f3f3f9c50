import { rm } from 'node:fs/promises'
import { DeskError } from '../../../core/errors.ts'
import type { RetryOptions } from '../../../net/retry.ts'
import { FILE_KIND_OF, type DumpFile } from '../../../sources/dumps/dumpFile.ts'
import { addressOf, fetchDump, type FetchedDump } from '../../../sources/dumps/fetchDump.ts'
import { writePin, type DumpPin } from '../../../store/dumpPins.ts'
import type { Desk } from '../../desk.ts'
import { takeFile } from '../importFile.ts'
import type { CoverageBook } from '../collect/coverageBook.ts'
import { closeGaps } from './closeGaps.ts'
import { isOfAFile, named, NOTHING, type Brought, type DumpReport } from './dumpReport.ts'

export interface ImportDumpOptions {
  /** Address of the site or of a mirror. */
  readonly base: string
  /** What happens where a file has changed since it was stored, and where its rows differ from stored ones. */
  readonly onChange: 'flag' | 'replace'
  readonly badRows: 'refuse' | 'skip'
  readonly retry?: RetryOptions
  readonly signal?: AbortSignal
  /** How far a file is: bytes fetched, then bytes read with the rows taken. */
  readonly onProgress?: (step: DumpStep) => void
}

/** How far one file is. */
export type DumpStep =
  | { readonly is: 'fetching'; readonly bytes: number; readonly total: number | undefined }
  | { readonly is: 'reading'; readonly bytes: number; readonly total: number; readonly rows: number }

/** Where a file is put while it is read, and what it was when it was stored. */
export interface DumpPlace {
  readonly folder: string
  readonly pin: DumpPin | undefined
  /** What a collector holds, and so what it has missed. */
  readonly book: CoverageBook
}

/**
 * Fetches one file of a dump, stores its rows and then writes down what it was: a kill in between makes it to be fetched again,
 * which stores nothing twice. What is wrong with the file alone is its report.
 * @throws what is wrong with the site, the disk or the store
 */
export async function importDump(
  desk: Desk,
  file: DumpFile,
  place: DumpPlace,
  options: ImportDumpOptions,
): Promise<DumpReport> {
  try {
    const fetched = await fetchOne(file, place, options)
    return await settled(desk, file, { ...place, fetched, options })
  } catch (error) {
    if (!(error instanceof DeskError) || !isOfAFile(error)) throw error
    const { code, message: why, hint } = error
    return { ...named(file), is: 'failed', code, why, hint }
  }
}

const fetchOne = (file: DumpFile, { folder, pin }: DumpPlace, options: ImportDumpOptions): Promise<FetchedDump> => {
  const { base, onChange, retry, signal, onProgress } = options
  return fetchDump(file, {
    base,
    folder,
    pinned: pin,
    onChange: onChange === 'replace' ? 'fetch' : 'flag',
    ...(retry === undefined ? {} : { retry }),
    signal,
    onProgress: onProgress && ((bytes, total) => onProgress({ is: 'fetching', bytes, total })),
  })
}

interface Settling extends DumpPlace {
  readonly fetched: FetchedDump
  readonly options: ImportDumpOptions
}

async function settled(desk: Desk, file: DumpFile, { fetched, pin, book, options }: Settling): Promise<DumpReport> {
  switch (fetched.is) {
    case 'missing':
      return { ...named(file), is: 'missing' }
    case 'same':
      return { ...named(file), is: 'held' }
    case 'changed': {
      const { sha256: was = '', fetchedAt: since = '' } = pin ?? {}
      return { ...named(file), is: 'changed', sha256: fetched.sha256, was, since }
    }
    case 'fetched': {
      const { path, sha256, bytes, etag } = fetched
      const brought = await importOne(desk, file, fetched, options).finally(() => rm(path, { force: true }))
      const closed = await closeGaps(desk, book, file, brought)
      const importNumbers = brought.records.flatMap(({ importNumber }) => importNumber ?? [])
      const address = addressOf(options.base, file)
      const pinned = { venue: file.venue, path: file.path, address, sha256, bytes, etag }
      await writePin(desk.store, { ...pinned, rows: brought.rows, importNumbers })
      return { ...named(file), is: 'imported', sha256, bytes, simulated: fetched.simulated, brought, closed }
    }
  }
}

async function importOne(
  desk: Desk,
  file: DumpFile,
  { path, simulated }: Extract<FetchedDump, { readonly is: 'fetched' }>,
  options: ImportDumpOptions,
): Promise<Brought> {
  const { onChange, badRows, signal, onProgress } = options
  try {
    const taken = await takeFile(desk, {
      kind: FILE_KIND_OF[file.kind],
      path,
      label: file.path,
      venue: file.venue,
      market: file.market,
      ...(file.interval === undefined ? {} : { interval: file.interval }),
      only: file.instrument,
      simulated,
      badRows,
      onDifference: onChange === 'replace' ? 'replace' : 'refuse',
      ...(signal === undefined ? {} : { signal }),
      onProgress: (read, total, taken) => onProgress?.({ is: 'reading', bytes: read, total, rows: taken }),
    })
    const { rows, added, fuller, replaced, unchanged, unclosed, future, empty, records, bad } = taken
    return { rows, added, fuller, replaced, unchanged, unclosed, future, empty, records, bad }
  } catch (error) {
    // Of a day without a trade there is a file with nothing but a header.
    if (error instanceof DeskError && error.code === 'NO_ROWS') return NOTHING
    throw error
  }
}
