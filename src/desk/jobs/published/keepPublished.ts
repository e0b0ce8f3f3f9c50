import { DeskError } from '../../../core/errors.ts'
import { formatDay, formatInstant, instant, MINUTE_MS } from '../../../core/instant.ts'
import { batchOf, type Batch } from '../../../records/batch.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { RecordSpec } from '../../../records/record.ts'
import { ingest } from '../../../store/ingest.ts'
import { putInstruments } from '../../../store/queries/putInstruments.ts'
import { readLastPerBucket } from '../../../store/queries/readLastPerBucket.ts'
import type { Desk } from '../../desk.ts'
import { againstHeld, type Compared, type Comparison } from './againstHeld.ts'
import type { Rows } from './provenRows.ts'

/** Published rows, and what the store is to call them. */
export interface StoreRequest {
  readonly record: RecordSpec
  readonly rows: Rows
  /** What messages call it. */
  readonly label: string
  /** The series, as the store is to know whether they are simulated. */
  readonly instruments: readonly Instrument[]
}

export interface KeepRequest extends StoreRequest {
  /** Values of series fields that all rows together have: where to look for what is held. */
  readonly where: Readonly<Record<string, readonly string[]>>
  /** Numbers that are compared with those that are held. */
  readonly numbers: readonly string[]
  /** How near they must be, where it is otherwise than usual (`againstHeld`). */
  readonly within?: number
  /** Of `all` that there is, what fills a hole was not there before, and an answer that ends before what is held was cut; `some` unless said. */
  readonly tells?: 'all' | 'some'
}

/** What was stored. */
export interface Kept {
  readonly rows: number
  readonly added: number
  /** Rows that differ from what was fetched before; known from now on. */
  readonly revised: number
  readonly unchanged: number
  /** Rows left out because they are not known yet. */
  readonly early: number
  /** Times of the first and the last row. */
  readonly from: string
  readonly to: string
}

/**
 * Stores published rows, all or none; what is held already is not written again.
 * @param request - at least one row
 * @throws {MixedInstrumentError} real rows in a simulated series, or the other way round
 * @throws what `ingest` throws
 */
export async function keepPublished(desk: Desk, request: KeepRequest): Promise<Kept> {
  const { record, where, numbers, within, tells } = request
  const { store, now } = desk
  const held = await readLastPerBucket(store, record, { asOf: instant(now + AHEAD_MS), stepMs: 1, where })
  if (tells === 'all') refuseCut(request, held)
  const by: Comparison = {
    series: record.series,
    numbers,
    ...(within === undefined ? {} : { within }),
    hole: tells === 'all' ? 'revised' : 'fresh',
  }
  return await storePublished(desk, request, (rows) => againstHeld(rows, held, by, now))
}

/** A publisher's clock may be ahead of this one by so much: what it tells then is stored, and no view knows it any earlier. */
const AHEAD_MS = 5 * MINUTE_MS

/** @throws {CutAnswerError} the last ones that are held are not there */
function refuseCut({ rows, label }: KeepRequest, held: Rows): void {
  const [last, heldTo] = [rows, held].map((some) =>
    some.reduce((most, { at }) => Math.max(most, Number(at)), -Infinity),
  )
  if (last === undefined || heldTo === undefined || last >= heldTo) return
  throw new CutAnswerError(label, formatDay(instant(last)), formatDay(instant(heldTo)))
}

/**
 * Stores what a comparison leaves of published rows, all or none; rows that are not known yet are left out before it.
 * @param request - at least one row
 * @throws as `keepPublished`
 */
export async function storePublished(
  { store, now }: Desk,
  { record, rows: all, label, instruments }: StoreRequest,
  compare: (rows: Rows) => Compared,
): Promise<Kept> {
  const rows = all.filter(({ knownAt }) => Number(knownAt) <= now + AHEAD_MS)
  const { fresh, revised, unchanged } = compare(rows)
  await putInstruments(store, instruments)
  await ingest(store, { record, batches: once(batchOf(record, [...fresh, ...revised])), label })
  const times = all.map(({ at }) => Number(at))
  return {
    rows: all.length,
    added: fresh.length,
    revised: revised.length,
    unchanged,
    early: all.length - rows.length,
    from: formatInstant(instant(Math.min(...times))),
    to: formatInstant(instant(Math.max(...times))),
  }
}

async function* once(batch: Batch): AsyncGenerator<Batch> {
  yield batch
}

/** A series of a publisher, as the store knows it: nothing is traded there. */
export const publishedSeries = (
  venue: string,
  name: string,
  is: Pick<Instrument, 'asset' | 'simulated'>,
): Instrument => ({
  venue,
  market: 'index',
  instrument: name,
  quote: 'USD',
  multiplier: 1,
  contract: 'none',
  ...is,
})

/** An answer ends before what is held: it was cut on its way. */
export class CutAnswerError extends DeskError {
  constructor(label: string, last: string, heldTo: string) {
    super('ANSWER_CUT', `the answer of "${label}" ends on ${last}, though ${heldTo} is held: it was cut`, {
      hint: 'nothing was stored, what is held stays; ask again',
      retry: 'later',
    })
  }
}
