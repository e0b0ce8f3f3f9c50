import { expect, it } from 'vitest'
import { batchOf } from '../records/batch.ts'
import { candle } from '../records/candle.ts'
import { openInterest } from '../records/openInterest.ts'
import { positioning } from '../records/positioning.ts'
import { inBatches, temporary } from '../../test/support/temporaryStore.ts'
import { UnexpectedRecordError, ingestKinds, type IngestKindsRequest } from './ingest.ts'
import { readImports } from './ledger.ts'
import type { Store } from './open.ts'
import { countRows } from './queries/countRows.ts'

const { open } = temporary()

const at = 1_745_000_100_000
const series = { venue: 'binance', market: 'perp', instrument: 'BTCUSDT', interval: '5m', at, knownAt: at }
const held = { ...series, countedIn: 'units', sides: 'unknown', convention: 'c' }
const interest = (coins: number) => batchOf(openInterest, [{ ...held, published: coins, coins }])
const ratio = (value: number, more: object = {}) =>
  batchOf(positioning, [{ ...series, measure: 'top_accounts', ratio: value, convention: 'c', ...more }])

const records = [openInterest, positioning]
const take = (store: Store, request: Partial<IngestKindsRequest> & Pick<IngestKindsRequest, 'batches'>) =>
  ingestKinds(store, { records, label: 'metrics.zip', ...request })

it('stores kinds of one file, each under a number of its own', async () => {
  const store = await open()
  const kinds = await take(store, { batches: inBatches(ratio(0.8), interest(5)) })
  expect(kinds).toEqual([
    { record: 'openInterest', rows: 1, added: 1, fuller: 0, replaced: 0, unchanged: 0, importNumber: 1 },
    { record: 'positioning', rows: 1, added: 1, fuller: 0, replaced: 0, unchanged: 0, importNumber: 2 },
  ])
  expect((await readImports(store.engine)).map(({ kind, label }) => [kind, label])).toEqual([
    ['openInterest', 'metrics.zip'],
    ['positioning', 'metrics.zip'],
  ])
  const again = await take(store, { batches: inBatches(ratio(0.8), interest(5)) })
  expect(again.map(({ unchanged, importNumber }) => [unchanged, importNumber])).toEqual([
    [1, undefined],
    [1, undefined],
  ])
})

it('stores nothing of any kind where one of them contradicts what is stored', async () => {
  const store = await open()
  await take(store, { batches: inBatches(ratio(0.8)) })
  const file = (): AsyncIterable<ReturnType<typeof ratio>> => inBatches(interest(5), ratio(0.9))
  await expect(take(store, { batches: file() })).rejects.toMatchObject({ code: 'IMPORT_CONFLICT' })
  expect(await countRows(store, openInterest)).toBe(0)
  const kinds = await take(store, { batches: file(), onDifference: 'replace' })
  expect(kinds.map(({ added, replaced }) => [added, replaced])).toEqual([
    [1, 0],
    [0, 1],
  ])
})

it('takes a ratio of more digits for the same, and the row that says more for the better', async () => {
  const store = await open()
  await take(store, { batches: inBatches(ratio(0.8332767)) })
  const [, doors] = await take(store, { batches: inBatches(ratio(0.8332, { longShare: 0.4545 })) })
  expect(doors).toMatchObject({ fuller: 1 })
  const [, dump] = await take(store, { batches: inBatches(ratio(0.8332767)) })
  expect(dump).toMatchObject({ unchanged: 1 })
  await expect(take(store, { batches: inBatches(ratio(0.8334)) })).rejects.toMatchObject({ code: 'IMPORT_CONFLICT' })
})

it('refuses rows of a kind that was not said', async () => {
  const store = await open()
  await expect(take(store, { batches: inBatches(batchOf(candle, [{ ...series }])) })).rejects.toThrow(
    UnexpectedRecordError,
  )
})
