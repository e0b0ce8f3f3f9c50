import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { DAY_MS, instant, parseInstant } from '../../src/core/instant.ts'
import { batchOf, type Batch } from '../../src/records/batch.ts'
import { candle, type Candle } from '../../src/records/candle.ts'
import { ingest, type Ingested, type IngestRequest } from '../../src/store/ingest.ts'
import { openStore, type OpenOptions, type Store } from '../../src/store/open.ts'

/** Directories and stores that end with the test that made them. */
export function temporary() {
  const directories: string[] = []
  const stores = new Set<Store>()
  afterEach(async () => {
    for (const store of stores) await store.close()
    stores.clear()
    for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true })
  })
  const directory = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'store-test-'))
    directories.push(made)
    return made
  }
  const open = async (path = directory(), options: OpenOptions = {}): Promise<Store> => {
    const store = await openStore(path, options)
    stores.add(store)
    return store
  }
  return { directory, open }
}

/** A daily candle of one series; `day` counts from 2024-12-30, so that a few of them lie in two years. */
export function bar(day: number, fields: Partial<Record<keyof Candle, number | string>> = {}): Record<string, unknown> {
  const at = parseInstant('2024-12-30') + day * DAY_MS
  const series = { venue: 'binance', market: 'spot', instrument: 'ETHUSDT', interval: '1d' }
  const close = 100 + day
  return { ...series, at, knownAt: at + DAY_MS, open: 100, high: 200, low: 50, close, volume: 10, ...fields }
}

export const bars = (count: number, fields: Partial<Record<keyof Candle, number | string>> = {}) =>
  Array.from({ length: count }, (_, day) => bar(day, fields))

/** The end of a day counted from 2024-12-30. */
export const endOf = (day: number) => instant(parseInstant('2024-12-30') + (day + 1) * DAY_MS)

export async function* inBatches(...batches: readonly Batch[]): AsyncGenerator<Batch> {
  yield* batches
}

/** Imports rows of candles as one file. */
export const importBars = (
  store: Store,
  label: string,
  rows: readonly Record<string, unknown>[],
  options: Partial<IngestRequest> = {},
): Promise<Ingested> => ingest(store, { record: candle, batches: inBatches(batchOf(candle, rows)), label, ...options })
