import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { liquidationRow } from '../../test/support/liquidationRow.ts'
import { temporary } from '../../test/support/temporaryStore.ts'
import { batchOf } from '../records/batch.ts'
import { coverage } from '../records/coverage.ts'
import { liquidation } from '../records/liquidation.ts'
import { blockOf, type Block } from './append.ts'
import { StoreOpenError } from './engine.ts'
import { Journal } from './journal.ts'
import { headingOf } from './journalFormat.ts'
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
      ids.map((id) => liquidationRow(id, AT + id)),
    ),
  )
const HEADING = headingOf(liquidations(2), 7).length
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
    ['cut in the block', (text: string) => text.length - 3],
    ['cut behind the heading', (text: string) => text.lastIndexOf('{"record"') + HEADING],
    ['cut in the heading', (text: string) => text.lastIndexOf('{"record"') + 20],
    ['cut before it', (text: string) => text.lastIndexOf('{"record"')],
  ])('gives what is whole of one that was %s', async (_, size) => {
    const at = await left((journal) => {
      journal.write([liquidations(1)])
      journal.write([liquidations(2)])
    })
    const [file] = filesOf(at) as [string]
    truncateSync(file, size(readFileSync(file, 'latin1')))
    const store = await open(at)
    expect(await idsIn(store)).toEqual(['1'])
    expect([existsSync(file), store.problems]).toEqual([false, []])
  })

  it.each([
    ['a byte of a block is another', (text: string) => text.replace(/(?<=liquidation\/al)l/, 'm')],
    ['a heading is none', (text: string) => text.replace('{"record"', '["record"')],
    ['a heading is null', (text: string) => `null\n${text}`],
    ['a heading has no length', (text: string) => text.replace('"bytes"', '"bites"')],
  ])('that is damaged is kept and told of, with what is whole before the damage stored: %s', async (_, damage) => {
    const at = await left((journal) => journal.write([liquidations(1), liquidations(2), liquidations(3)]))
    const [file] = filesOf(at) as [string]
    const text = readFileSync(file, 'latin1')
    const second = text.indexOf('{"record"', 1)
    writeFileSync(file, text.slice(0, second) + damage(text.slice(second)), 'latin1')
    const store = await open(at)
    expect(await idsIn(store)).toEqual(['1'])
    expect(store.problems).toEqual([`"${file}" is damaged: its first 1 blocks are stored, and it is left as it is`])
    expect(existsSync(file)).toBe(true)
  })

  it('says of a stretch why it ended, whichever of its blocks is read first', async () => {
    const ended = { ...covered, until: AT + 20, ended: 'socket closed' }
    for (const order of [
      [ended, { ...ended, ended: '' }],
      [{ ...ended, ended: '' }, ended],
    ]) {
      const at = await left((journal) => journal.write(order.map((row) => blockOf(batchOf(coverage, [row])))))
      const store = await openStore(at)
      expect(await readCoverage(store)).toEqual([ended])
      await store.close()
    }
  })

  it('keeps nobody from reading the store, whatever is wrong with it', async () => {
    const at = await left((journal) => journal.write([liquidations(1)]))
    const folder = join(at, 'journal')
    mkdirSync(join(folder, 'folder.journal'))
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link.journal'))
    const store = await openStore(at)
    expect(store.problems).toHaveLength(2)
    for (const problem of store.problems) expect(problem).toMatch(/^".*(folder|link)\.journal" cannot be read: E/)
    expect(await idsIn(store)).toEqual(['1'])
    await store.close()

    const other = await left(() => undefined)
    rmSync(join(other, 'journal'), { recursive: true })
    writeFileSync(join(other, 'journal'), 'a file')
    const second = await open(other)
    expect(second.problems).toEqual([expect.stringMatching(/journal" cannot be read: ENOTDIR/)])
    expect(() => new Journal(other, 8)).toThrow(StoreOpenError)
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
