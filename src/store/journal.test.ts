import { appendFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporary } from '../../test/support/temporaryStore.ts'
import { batchOf } from '../records/batch.ts'
import { coverage } from '../records/coverage.ts'
import { liquidation } from '../records/liquidation.ts'
import { blockOf, type Block } from './append.ts'
import { Journal } from './journal.ts'
import { openStore, type Store } from './open.ts'
import { readCoverage } from './queries/readCoverage.ts'

const { directory, open } = temporary()

const AT = Date.UTC(2026, 0, 5)
const covered = {
  venue: 'bybit',
  market: 'perp' as const,
  lane: 'liquidation',
  feed: 'perp 1',
  way: 'live' as const,
  since: AT,
  until: AT + 10,
  members: 'BTCUSDT',
  ended: '',
}

const liquidations = (...ids: readonly number[]): Block =>
  blockOf(
    batchOf(
      liquidation,
      ids.map((id) => ({
        venue: 'bybit',
        market: 'perp',
        instrument: 'BTCUSDT',
        at: AT + id,
        knownAt: AT + id,
        liquidationId: String(id),
        position: 'long',
        publishedSide: 'buy',
        price: 100,
        published: 1,
        coins: 1,
        quoteValue: 100,
        convention: 'bybit/liquidation/all',
      })),
    ),
  )
const stretch = (until: number): Block => blockOf(batchOf(coverage, [{ ...covered, until }]))

async function idsIn(store: Store): Promise<readonly string[]> {
  const sql = 'select liquidationId as id from liquidation final order by at'
  const { columns } = await store.engine.select(sql, { id: 'text' })
  return columns.id
}

/** The files of the journal of a store. */
const filesOf = (store: string): readonly string[] =>
  readdirSync(join(store, 'journal')).map((name) => join(store, 'journal', name))

/** A store that was made and closed, with a journal that nobody ended. */
async function left(write: (journal: Journal) => void): Promise<string> {
  const at = directory()
  const store = await openStore(at)
  await store.close()
  write(new Journal(at, 7))
  return at
}

describe('Journal', () => {
  it('is put into the tables by whoever opens the store next, and is gone then', async () => {
    const at = await left((journal) => {
      journal.write([liquidations(1, 2), stretch(AT + 10)])
      journal.write([liquidations(3), stretch(AT + 20)])
      journal.turn()
      journal.write([stretch(AT + 30)])
    })
    expect(filesOf(at)).toHaveLength(2)
    const store = await open(at)
    expect(await idsIn(store)).toEqual(['1', '2', '3'])
    expect(await readCoverage(store)).toEqual([{ ...covered, until: AT + 30 }])
    const { columns } = await store.engine.select('select max(importNumber) as n from liquidation', { n: 'number' })
    expect(columns.n[0]).toBe(7)
    expect(filesOf(at)).toEqual([])
    expect(store.problems).toEqual([])
  })

  it('stores nothing twice that had reached its table before the kill', async () => {
    const at = await left((journal) => journal.write([liquidations(1), stretch(AT + 10)]))
    const copy = readFileSync(filesOf(at)[0] as string)
    const first = await openStore(at)
    await first.close()
    writeFileSync(join(at, 'journal', '7-0.journal'), copy)
    const store = await open(at)
    expect(await idsIn(store)).toEqual(['1'])
    expect(await readCoverage(store)).toEqual([{ ...covered, until: AT + 10 }])
  })

  it('is forgotten once it was turned and is stored, but not what came after', async () => {
    const at = await left((journal) => {
      journal.write([liquidations(1)])
      const forget = journal.turn()
      journal.write([liquidations(2)])
      forget()
    })
    expect(await idsIn(await open(at))).toEqual(['2'])
  })

  it.each([
    ['cut in the block', (bytes: number) => bytes - 3],
    ['cut in the heading', (bytes: number) => bytes - 500],
  ])('gives what is whole of one that was %s', async (_, size) => {
    const at = await left((journal) => {
      journal.write([liquidations(1)])
      journal.write([liquidations(2)])
    })
    const [file] = filesOf(at) as [string]
    truncateSync(file, size(readFileSync(file).length))
    expect(await idsIn(await open(at))).toEqual(['1'])
    expect(existsSync(file)).toBe(false)
  })

  it('gives nothing behind a block whose bytes are not what was written', async () => {
    const at = await left((journal) => journal.write([liquidations(1), liquidations(2)]))
    const [file] = filesOf(at) as [string]
    const bytes = readFileSync(file)
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
    writeFileSync(file, bytes)
    expect(await idsIn(await open(at))).toEqual(['1'])
  })

  it('leaves one of another version as it is, and says so', async () => {
    const at = await left((journal) => journal.write([liquidations(1)]))
    const [file] = filesOf(at) as [string]
    const text = readFileSync(file, 'latin1')
    writeFileSync(file, text.replace('"record":"liquidation"', '"record":"liquidationOfLater"'), 'latin1')
    const store = await open(at)
    expect(store.problems).toEqual([`"${file}" was written by another version of this program and is left as it is`])
    expect(existsSync(file)).toBe(true)
    expect(await idsIn(store)).toEqual([])
  })

  it('lets other files alone', async () => {
    const at = await left((journal) => journal.write([liquidations(1)]))
    appendFileSync(join(at, 'journal', 'notes.txt'), 'mine')
    await open(at)
    expect(filesOf(at)).toEqual([join(at, 'journal', 'notes.txt')])
  })
})
