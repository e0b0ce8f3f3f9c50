import type { SymbolRef } from '../../conventions/symbols.ts'
import { DeskError } from '../../core/errors.ts'
import type { Interval } from '../../core/interval.ts'
import { BATCH_ROWS, BatchBuilder, type Batch } from '../../records/batch.ts'
import type { RecordSpec } from '../../records/record.ts'
import type { BadRowLog } from './badRows.ts'
import { candleRows } from './candleRows.ts'
import { fundingRows } from './fundingRows.ts'
import type { FileKind } from './layouts/layout.ts'
import { metricsRows } from './metricsRows.ts'
import { meterOf, openParts } from './openParts.ts'
import type { Meter, Part, RawRows } from './rawRows.ts'
import type { Keep, RowContext, RowReader } from './rowReader.ts'
import type { SeenInstruments } from './seenInstruments.ts'
import { positionRows } from './positionRows.ts'
import { rateRows } from './rateRows.ts'
import { settlementRows } from './settlementRows.ts'
import { seriesRows } from './seriesRows.ts'
import { dailyMetricsRows } from './dailyMetricsRows.ts'
import { supplyRows } from './supplyRows.ts'
import { totalsRows } from './totalsRows.ts'
import { walletRows } from './walletRows.ts'
import { checkInterval } from './spacing.ts'
import { planTable, type FileWishes } from './tablePlan.ts'
import { tradeRows } from './tradeRows.ts'

export interface ReadOptions extends FileWishes {
  /** What messages call the file; its path unless said. */
  readonly label?: string
  readonly signal?: AbortSignal
  /** Called some ten times a megabyte: bytes of the file on disk, and rows taken. */
  readonly onProgress?: (bytesRead: number, bytesTotal: number, rows: number) => void
}

/** What is counted while a file is read. */
export interface ReadTally {
  readonly seen: SeenInstruments
  readonly bad: BadRowLog
  rows: number
  gaps: number
}

/** A file, and what its first table has settled. */
export interface Reading {
  readonly kind: FileKind
  readonly path: string
  readonly venue: string
  readonly market: SymbolRef['market']
  readonly interval: Interval | undefined
  readonly options: ReadOptions
  readonly tally: ReadTally
}

/**
 * The rows of a file as batches, in its order; at most one batch and one run of raw rows are in memory.
 * @throws {BadRowError} a bad row, unless bad rows are skipped
 * @throws {DamagedFileError} the bytes break off or are corrupt
 * @throws {MixedArchiveError} a table of an archive is of another venue or market than the first
 */
export async function* readBatches(reading: Reading): AsyncGenerator<Batch> {
  const meter = await meterOf(reading.path)
  const filling = new Filling()
  for await (const part of openParts(reading.path, meter, reading.options.label)) {
    let table: Table | undefined
    for await (const rows of part.rows) {
      reading.options.signal?.throwIfAborted()
      if (rows.cells.length === 0) continue
      const from: number = table === undefined ? (table = startTable(reading, part, rows.cells[0] ?? [])).headerRows : 0
      for (let i = from; i < rows.cells.length; i++) {
        takeRow(reading.tally, { part, reader: table.reader, keep: filling.keep }, rows, i)
        if (filling.isFull) yield* filling.take(BATCH_ROWS)
      }
      report(reading, meter)
    }
  }
  yield* filling.take(1)
}

/** Batches in the making, one for each kind of record. */
class Filling {
  readonly #builders = new Map<RecordSpec, BatchBuilder>()
  #isFull = false

  readonly keep: Keep = (record, row) => {
    let builder = this.#builders.get(record)
    if (builder === undefined) this.#builders.set(record, (builder = new BatchBuilder(record)))
    builder.push(row)
    if (builder.length >= BATCH_ROWS) this.#isFull = true
  }

  get isFull(): boolean {
    return this.#isFull
  }

  /** Hands on those with so many rows. */
  *take(rows: number): Generator<Batch> {
    this.#isFull = false
    for (const [record, builder] of this.#builders) {
      if (builder.length < rows) continue
      this.#builders.delete(record)
      yield builder.build()
    }
  }
}

interface Table {
  readonly reader: RowReader
  readonly headerRows: 0 | 1
}

function startTable(reading: Reading, part: Part, first: readonly string[]): Table {
  const { options, tally, interval } = reading
  const plan = planTable(reading.kind, part, first, options)
  if (plan.venue !== reading.venue || plan.market !== reading.market)
    throw new MixedArchiveError(part.label, plan, reading)
  checkInterval(part.label, plan, interval)
  const context = { plan, first, seen: tally.seen, knownAt: options.knownAt }
  return { reader: rowsOf(context, interval), headerRows: plan.binding.header === 'none' ? 0 : 1 }
}

function rowsOf(context: RowContext, interval: Interval | undefined): RowReader {
  const { layout, binding } = context.plan
  switch (layout.kind) {
    case 'metrics':
      return binding.averagedOver === undefined ? metricsRows(context) : dailyMetricsRows(context)
    case 'funding':
      return fundingRows(context)
    case 'totals':
      return totalsRows(context)
    case 'supply':
      return supplyRows(context)
    case 'wallets':
      return walletRows(context)
    case 'positions':
      return positionRows(context)
    case 'settlements':
      return settlementRows(context)
    case 'rates':
      return rateRows(context)
    case 'trades':
      return tradeRows(context)
    case 'series':
      return seriesRows(context, settled(interval))
    case 'candles':
      return candleRows(context, settled(interval))
  }
}

function settled(interval: Interval | undefined): Interval {
  if (interval === undefined) throw new RangeError('candles and series stand on a grid')
  return interval
}

interface Taking {
  readonly part: Part
  readonly reader: RowReader
  readonly keep: Keep
}

function takeRow(tally: ReadTally, { part, reader, keep }: Taking, rows: RawRows, i: number): void {
  const outcome = reader.read(rows.cells[i] ?? [], keep, `${part.place} ${rows.lines[i] ?? 0}`)
  if (outcome === undefined) tally.rows++
  else if (outcome === 'gap') tally.gaps++
  else tally.bad.add(part, rows.lines[i] ?? 0, outcome)
}

function report({ options, tally }: Reading, meter: Meter): void {
  options.onProgress?.(Math.min(meter.bytesRead(), meter.bytesTotal), meter.bytesTotal, tally.rows)
}

/** Thrown where the tables of one archive are not of one venue and market. */
export class MixedArchiveError extends DeskError {
  constructor(label: string, found: Pick<Reading, 'venue' | 'market'>, first: Pick<Reading, 'venue' | 'market'>) {
    const what = `"${label}" is of ${found.venue} ${found.market}, the first table of ${first.venue} ${first.market}`
    super('MIXED_ARCHIVE', what, { hint: 'say --venue and --market if all are alike, else pack them apart' })
  }
}
