import { expect, it } from 'vitest'
import { temporary } from '../../test/support/temporaryStore.ts'
import { readPins, writePin } from './dumpPins.ts'

const { open, directory } = temporary()

const file = {
  venue: 'binance',
  path: 'data/spot/daily/klines/ETHUSDT/1m/ETHUSDT-1m-2025-04-01.zip',
  address: 'https://data.binance.vision/data/spot/daily/klines/ETHUSDT/1m/ETHUSDT-1m-2025-04-01.zip',
  sha256: 'a'.repeat(64),
  bytes: 5_000_000_000,
  etag: '"x"',
  rows: 1440,
  importNumbers: [3, 4],
}

it('keeps what a file was, of several states the last, beyond its own end', async () => {
  const path = directory()
  const first = await open(path)
  await writePin(first, file)
  await writePin(first, { ...file, sha256: 'b'.repeat(64), importNumbers: [] })
  await writePin(first, { ...file, path: 'other', etag: '' })
  await first.close()
  const store = await open(path)
  const pins = await readPins(store, 'binance', [file.path, 'other', 'a file that was never fetched'])
  expect([...pins.keys()].toSorted()).toEqual([file.path, 'other'])
  expect(pins.get(file.path)).toEqual({
    ...file,
    sha256: 'b'.repeat(64),
    importNumbers: [],
    fetchedAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
  })
  expect(pins.get('other')).toMatchObject({ importNumbers: [3, 4], bytes: 5_000_000_000, etag: '' })
})

it('keeps the files of venues apart, and finds none among none', async () => {
  const store = await open()
  await writePin(store, file)
  expect((await readPins(store, 'bybit', [file.path])).size).toBe(0)
  expect((await readPins(store, 'binance', [])).size).toBe(0)
})

it('finds one file among thousands that are asked for', async () => {
  const store = await open()
  await writePin(store, file)
  const asked = Array.from({ length: 5000 }, (_, i) => `${file.path.slice(0, -4)}-${i}.zip`)
  expect((await readPins(store, 'binance', [...asked, file.path])).get(file.path)).toMatchObject({ rows: 1440 })
})
