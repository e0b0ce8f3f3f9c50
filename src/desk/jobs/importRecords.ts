import type { Batch } from '../../records/batch.ts'
import { candle } from '../../records/candle.ts'
import { instrument, type Instrument } from '../../records/instrument.ts'
import { ingest, type Ingested } from '../../store/ingest.ts'
import { putInstruments } from '../../store/queries/putInstruments.ts'
import type { Desk } from '../desk.ts'

/** Stores records that are at hand as batches: instruments first, then candles. */
export async function importRecords(desk: Desk, batches: readonly Batch[], label: string): Promise<Ingested> {
  for (const batch of batches) {
    if (batch.record.name === instrument.name) await putInstruments(desk.store, instrumentsOf(batch))
  }
  const candles = batches.filter((batch) => batch.record.name === candle.name)
  return ingest(desk.store, { record: candle, batches: each(candles), label })
}

async function* each(batches: readonly Batch[]): AsyncGenerator<Batch> {
  yield* batches
}

function instrumentsOf({ length, columns }: Batch): readonly Instrument[] {
  const rows = Array.from({ length }, (_, i) =>
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[i]])),
  )
  return rows.map((row) => instrument.schema.parse({ ...row, simulated: Boolean(row['simulated']) }))
}
