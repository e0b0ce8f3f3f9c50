import { ledgerLookup, type Convention } from '../../conventions/convention.ts'
import { LEDGER } from '../../conventions/ledger.ts'
import { restatedLiquidation, restatedOpenInterest } from '../../conventions/restated.ts'
import { BATCH_ROWS, batchOf, type Batch } from '../../records/batch.ts'
import type { Instrument } from '../../records/instrument.ts'
import { liquidation } from '../../records/liquidation.ts'
import { openInterest } from '../../records/openInterest.ts'
import type { RecordSpec } from '../../records/record.ts'
import { ingest } from '../../store/ingest.ts'
import { readInstrumentRows, type StoredRow } from '../../store/queries/readInstrumentRows.ts'
import { readInstruments } from '../../store/queries/readInstruments.ts'
import type { Desk } from '../desk.ts'

/** What restating one kind of record of one instrument came to. */
export interface Restated {
  readonly venue: string
  readonly instrument: string
  readonly record: 'openInterest' | 'liquidation'
  readonly rows: number
  /** Rows that the ledger reads otherwise than they stood. */
  readonly changed: number
  /** Rows that stay as they stood, since what the ledger needs to read them is not there: a price, the size of a contract. */
  readonly unread: number
}

export interface RestateOptions {
  /** The entries to read by; those of this version unless said. */
  readonly ledger?: readonly Convention[]
  readonly onRestated?: (restated: Restated) => void
}

/**
 * Reads stored open interest and liquidations again by the ledger as it is now: from what the venue published, and nothing else.
 * What comes out otherwise than it stands takes its place, as a correction of ours; what was published stays, and so does when it
 * was known. Doing it twice changes nothing more.
 * @returns one line for each instrument and kind that there is any of
 * @throws {MissingConventionError} the ledger says nothing of a stored number
 */
export async function restate(desk: Desk, options: RestateOptions = {}): Promise<readonly Restated[]> {
  const again = readingsBy(options.ledger ?? LEDGER)
  const done: Restated[] = []
  const instruments = await readInstruments(desk.store)
  for (const is of instruments.filter(({ market }) => market === 'perp')) {
    for (const reading of again) {
      const restated = await restateRows(desk, is, reading)
      if (restated.rows === 0) continue
      options.onRestated?.(restated)
      done.push(restated)
    }
  }
  return done
}

/** A kind of record whose numbers a ledger reads, and how. */
interface Reading {
  readonly record: RecordSpec & { readonly name: Restated['record'] }
  readonly read: (row: StoredRow, is: Instrument) => Readonly<Record<string, unknown>> | undefined
}

function readingsBy(ledger: readonly Convention[]): readonly Reading[] {
  const lookUp = ledgerLookup(ledger)
  return [
    { record: openInterest, read: (row, is) => restatedOpenInterest(openInterest.schema.parse(row), is, lookUp) },
    { record: liquidation, read: (row, is) => restatedLiquidation(liquidation.schema.parse(row), is, lookUp) },
  ]
}

async function restateRows({ store }: Desk, is: Instrument, { record, read }: Reading): Promise<Restated> {
  const counts = { rows: 0, unread: 0 }
  async function* changed(): AsyncGenerator<Batch> {
    for await (const stretch of readInstrumentRows(store, record, is)) {
      const differing: Readonly<Record<string, unknown>>[] = []
      for (const row of stretch) {
        const now = read(row, is)
        counts.rows++
        if (now === undefined) counts.unread++
        else if (!isSame(row, now)) differing.push(now)
      }
      for (let i = 0; i < differing.length; i += BATCH_ROWS) {
        yield batchOf(record, differing.slice(i, i + BATCH_ROWS))
      }
    }
  }
  const label = `${record.name} of ${is.venue} ${is.instrument}, restated`
  // The store has the last word on what differs: it takes two numbers within 1e-8 for one.
  const { replaced, fuller } = await ingest(store, { record, batches: changed(), label, onDifference: 'replace' })
  return { venue: is.venue, instrument: is.instrument, record: record.name, changed: replaced + fuller, ...counts }
}

/** Nearer than the store tells two numbers apart, so that the noise of another order of multiplying brings no rows to it. */
const NOISE = 1e-9

const isSame = (a: StoredRow, b: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(b).every(([name, value]) => {
    const before = a[name]
    if (typeof value !== 'number' || typeof before !== 'number') return value === before
    return Math.abs(value - before) <= NOISE * Math.max(Math.abs(value), Math.abs(before))
  })
