import {
  DUMP_KINDS,
  DUMP_VENUES,
  type DumpFile,
  type DumpKind,
  type DumpVenue,
} from '../../../sources/dumps/dumpFile.ts'
import { DUMP_SITES, dumpFiles, isFile, type DumpWish } from '../../../sources/dumps/dumpFiles.ts'
import { readPins, type DumpPin } from '../../../store/dumpPins.ts'
import { closeScratch, openDiskScratch } from '../../../store/scratch.ts'
import { readCoverage } from '../../../store/queries/readCoverage.ts'
import type { Desk } from '../../desk.ts'
import { CoverageBook } from '../collect/coverageBook.ts'
import { named, type DumpReport } from './dumpReport.ts'
import { importDump, type DumpStep, type ImportDumpOptions } from './importDump.ts'

/** Venues that have a site of dumps. */
export const DUMPED_VENUES: readonly DumpVenue[] = DUMP_VENUES
export const DUMPED_KINDS: readonly DumpKind[] = DUMP_KINDS

export interface ImportDumpsRequest extends Omit<ImportDumpOptions, 'base' | 'onProgress'> {
  readonly wish: DumpWish
  /** Address of a mirror; that of the site unless said. */
  readonly base?: string
  readonly onProgress?: (file: Numbered, step: DumpStep) => void
  readonly onReport?: (report: DumpReport) => void
}

/** A file, and which it is of how many. */
export interface Numbered {
  readonly file: DumpFile
  readonly number: number
  readonly count: number
}

export interface ImportDumpsAnswer {
  readonly venue: string
  readonly base: string
  /** One for each file that was asked for, in order. */
  readonly reports: readonly DumpReport[]
  /** Instruments of which the site has nothing that was asked for. */
  readonly nothingOf: readonly string[]
}

/**
 * Brings the files of a public dump into the store, one after another: each wholly or not at all, none twice. Stopped or killed at
 * any time, the same request goes on where it was.
 * @throws {DumpWishError} something that the site cannot have
 * @throws what is wrong with the site, the disk or the store; what was stored before stays
 */
export async function importDumps(desk: Desk, request: ImportDumpsRequest): Promise<ImportDumpsAnswer> {
  const { wish, onReport } = request
  const base = request.base ?? DUMP_SITES[wish.venue].base
  const planned = dumpFiles(wish, desk.now)
  const paths = planned.filter(isFile).flatMap((file) => [file.path, ...file.days.map(({ path }) => path)])
  const pins = await readPins(desk.store, wish.venue, paths)
  const book = new CoverageBook(await readCoverage(desk.store))
  const folder = await openDiskScratch()
  const reports: DumpReport[] = []
  const tell = (report: DumpReport): void => {
    reports.push(report)
    onReport?.(report)
  }
  try {
    for (const [i, each] of planned.entries()) {
      if (!isFile(each)) tell({ ...named(each), is: 'early', why: each.why })
      else
        await bring(desk, each, {
          request,
          base,
          folder,
          pins,
          book,
          at: { number: i + 1, count: planned.length },
          tell,
        })
    }
  } finally {
    await closeScratch(folder)
  }
  return { venue: wish.venue, base, reports, nothingOf: instrumentsWithout(reports) }
}

interface Run {
  readonly request: ImportDumpsRequest
  readonly base: string
  readonly folder: string
  readonly pins: ReadonlyMap<string, DumpPin>
  readonly book: CoverageBook
  readonly at: Omit<Numbered, 'file'>
  readonly tell: (report: DumpReport) => void
}

/** The file of a month, or those of its days: where they are stored already, and where the month is not out yet. */
async function bring(desk: Desk, file: DumpFile, run: Run): Promise<void> {
  const { pins, tell } = run
  const byDays = file.days.length > 0 && !pins.has(file.path) && file.days.every(({ path }) => pins.has(path))
  const report = byDays ? undefined : await bringOne(desk, file, run)
  if (report !== undefined && (report.is !== 'missing' || file.days.length === 0)) return tell(report)
  for (const day of file.days) tell(await bringOne(desk, day, run))
}

async function bringOne(
  desk: Desk,
  file: DumpFile,
  { request, base, folder, pins, book, at }: Run,
): Promise<DumpReport> {
  const { onProgress, wish: _, onReport: __, ...options } = request
  options.signal?.throwIfAborted()
  return await importDump(
    desk,
    file,
    { folder, book, pin: pins.get(file.path) },
    { ...options, base, onProgress: (step) => onProgress?.({ file, ...at }, step) },
  )
}

function instrumentsWithout(reports: readonly DumpReport[]): readonly string[] {
  const asked = reports.filter(({ is }) => is !== 'early')
  const found = new Set(asked.filter(({ is }) => is !== 'missing').map(({ instrument }) => instrument))
  return [...new Set(asked.map(({ instrument }) => instrument))].filter((instrument) => !found.has(instrument))
}
