import { comparableOpenInterest } from '../../conventions/comparable.ts'
import { ledgerLookup, type Convention } from '../../conventions/convention.ts'
import { LEDGER } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import { batchOf, type Batch } from '../../records/batch.ts'
import type { Instrument } from '../../records/instrument.ts'
import { openInterest, type OpenInterest } from '../../records/openInterest.ts'
import { ingest } from '../../store/ingest.ts'
import { readInstruments } from '../../store/queries/readInstruments.ts'
import { readOpenInterest } from '../../store/queries/readOpenInterest.ts'
import type { Desk } from '../desk.ts'

/** What restating one instrument came to. */
export interface Restated {
  readonly venue: string
  readonly instrument: string
  readonly rows: number
  readonly changed: number
}

export interface RestateOptions {
  readonly venue?: string
  /** The entries to read by; those of this version unless said. */
  readonly ledger?: readonly Convention[]
  readonly onInstrument?: (restated: Restated) => void
}

/**
 * Reads stored open interest again by the ledger as it is now: from the number that the venue published, and nothing else. What comes
 * out otherwise than it stands takes its place, as a correction of ours; the published number stays.
 * @returns one line for each instrument that has any
 */
export async function restate(desk: Desk, options: RestateOptions = {}): Promise<readonly Restated[]> {
  const lookUp = ledgerLookup(options.ledger ?? LEDGER)
  const done: Restated[] = []
  const instruments = await readInstruments(desk.store)
  for (const is of instruments) {
    if (is.market !== 'perp' || (options.venue !== undefined && is.venue !== options.venue)) continue
    const rows = await readOpenInterest(desk.store, is)
    if (rows.length === 0) continue
    const changed = rows.flatMap((row) => {
      const now = restated(row, is, lookUp)
      return isSame(row, now) ? [] : [now]
    })
    await replace(desk, is, changed)
    const line = { venue: is.venue, instrument: is.instrument, rows: rows.length, changed: changed.length }
    options.onInstrument?.(line)
    done.push(line)
  }
  return done
}

/** A row as the ledger reads it now. */
function restated(row: OpenInterest, is: Instrument, lookUp: ReturnType<typeof ledgerLookup>): OpenInterest {
  const field = row.interval === 'live' ? 'open_interest' : 'open_interest_history'
  const entry = lookUp({
    venue: is.venue,
    field,
    contract: is.contract,
    at: instant(row.at),
    rule: 'open interest',
  })
  const price = row.price === undefined ? {} : { price: row.price * is.multiplier }
  const { coins, sides, quoteValue } = comparableOpenInterest(entry.rule, row.published, { instrument: is, ...price })
  const { quoteValue: _, ...rest } = row
  const valued = row.price === undefined ? {} : { quoteValue }
  return { ...rest, countedIn: entry.rule.countedIn, sides, coins, ...valued, convention: entry.id }
}

const isSame = (a: OpenInterest, b: OpenInterest): boolean =>
  a.convention === b.convention &&
  a.sides === b.sides &&
  a.countedIn === b.countedIn &&
  Math.abs(a.coins - b.coins) <= 1e-12 * Math.abs(a.coins)

async function replace(desk: Desk, is: Instrument, rows: readonly OpenInterest[]): Promise<void> {
  if (rows.length === 0) return
  const label = `conventions restated, ${is.venue} ${is.instrument}`
  await ingest(desk.store, {
    record: openInterest,
    batches: one(batchOf(openInterest, rows)),
    label,
    onDifference: 'replace',
  })
}

async function* one(batch: Batch): AsyncGenerator<Batch> {
  yield batch
}
