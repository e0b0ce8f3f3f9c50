import type { SymbolRef } from '../../conventions/symbols.ts'
import { DeskError } from '../../core/errors.ts'
import type { Interval } from '../../core/interval.ts'
import type { Batch } from '../../records/batch.ts'
import { BadRowLog, type BadRows } from './badRows.ts'
import type { FileKind } from './layouts/layout.ts'
import { meterOf, openParts } from './openParts.ts'
import type { Part, RawRows } from './rawRows.ts'
import { readBatches, type ReadOptions, type ReadTally } from './readBatches.ts'
import { SeenInstruments, type SeenInstrument } from './seenInstruments.ts'
import { gridOf, SPACING_ROWS } from './spacing.ts'
import { HAVE_NO_VENUE, planTable } from './tablePlan.ts'

export interface FileOptions extends ReadOptions {
  /** What a bad row does: end the file (the default), or be left out, counted and listed. */
  readonly badRows?: 'refuse' | 'skip'
}

/** A file that was recognised. Its rows come as batches; what was seen and left out is known when they have ended. */
export interface OpenedFile {
  /** Id of the layout, for example `binance-klines`. */
  readonly layout: string
  readonly venue: string
  /** For all but series. */
  readonly market: SymbolRef['market'] | undefined
  /** What stands before ids that number the rows of this file only; undefined where they are the venue's own. */
  readonly idPrefix: string | undefined
  /** For candles, series and metrics. */
  readonly interval: Interval | undefined
  /** Rows in the file's order, neither sorted nor freed of duplicates. To be read once. */
  readonly batches: AsyncIterable<Batch>
  readonly instruments: () => readonly SeenInstrument[]
  readonly bad: () => BadRows
  /** Rows of a series without a value. */
  readonly gaps: () => number
}

/**
 * Opens a file of candles, trades, a plain series, or one of the other kinds of `FILE_KINDS`: plain, gzip, zip (every CSV in it) or Parquet, recognised by its bytes;
 * its layout by its first row. Reads its first rows to settle layout, venue, market and interval; the batches read it again
 * from the start, one batch of rows in memory at a time.
 * @throws {DeskError} what cannot be read, recognised or settled, by name, with what to say or do; while batches are read
 *   {BadRowError} at the first bad row unless they are skipped, {DamagedFileError} where the bytes break off
 */
export async function openFile(kind: FileKind, path: string, options: FileOptions = {}): Promise<OpenedFile> {
  const head = await readHead(path, options.label)
  const plan = planTable(kind, head.part, head.first, options)
  const data = plan.binding.header === 'none' ? head.all : head.body
  if (data.cells.length === 0) throw new NoRowsError(head.part.label)
  const interval = gridOf(kind, { label: head.part.label, plan, head: data, wishes: options })
  const { venue } = plan
  const market = HAVE_NO_VENUE.has(kind) ? undefined : plan.market
  const tally: ReadTally = {
    seen: new SeenInstruments(market === undefined ? undefined : { venue, market }),
    bad: new BadRowLog(options.badRows ?? 'refuse'),
    gaps: 0,
    rows: 0,
  }
  return {
    layout: plan.layout.id,
    venue,
    market,
    interval,
    idPrefix: plan.binding.idPrefix,
    batches: readBatches({ kind, path, interval, venue, market: plan.market, options, tally }),
    instruments: () => tally.seen.list(),
    bad: () => tally.bad.rows,
    gaps: () => tally.gaps,
  }
}

interface FileHead {
  readonly part: Part
  readonly first: readonly string[]
  readonly all: RawRows
  /** Without the first row. */
  readonly body: RawRows
}

async function readHead(path: string, label = path): Promise<FileHead> {
  const lines: number[] = []
  const cells: (readonly string[])[] = []
  for await (const part of openParts(path, await meterOf(path), label)) {
    for await (const rows of part.rows) {
      lines.push(...rows.lines)
      cells.push(...rows.cells)
      if (cells.length > SPACING_ROWS) break
    }
    const first = cells[0]
    if (first === undefined) throw new NoRowsError(part.label)
    return { part, first, all: { lines, cells }, body: { lines: lines.slice(1), cells: cells.slice(1) } }
  }
  throw new NoRowsError(label)
}

/** Thrown where a table has no row of data. */
export class NoRowsError extends DeskError {
  constructor(label: string) {
    super('NO_ROWS', `"${label}" holds no rows`, {
      hint: 'download or export it again; it may have been cut after its header',
    })
  }
}
