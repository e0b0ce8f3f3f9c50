import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  existsSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { candle } from '../records/candle.ts'
import { columnsOf } from '../records/record.ts'
import { migrate, MIGRATIONS, StoreTooNewError } from './migrate.ts'
import { COLUMN_TYPE } from './native/encodeBatch.ts'
import { countRows } from './queries/countRows.ts'
import { RECORDS } from './tables.ts'
import { bars, importBars, temporary } from '../../test/support/temporaryStore.ts'

const { directory, open } = temporary()

/** Files of the engine below a store. */
const files = (path: string, suffix: string): string[] =>
  readdirSync(join(path, 'clickhouse', 'store'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(suffix))
    .map((name) => join(path, 'clickhouse', 'store', name))

describe('a store', () => {
  it('is made where there is none, and keeps its rows over opening again', async () => {
    const path = join(directory(), 'deep', 'store')
    const lines: string[] = []
    const first = await open(path, { log: (line) => lines.push(line) })
    expect(lines).toEqual([`new store in "${path}"`])
    await importBars(first, 'a.csv', bars(5))
    expect(await first.close()).toBe('closed')
    const second = await open(path, { log: (line) => lines.push(line) })
    expect(lines.length).toBe(1)
    expect(second.problems).toEqual([])
    expect(await countRows(second, candle)).toBe(5)
  })

  it('has for every record the columns that its schema asks for', async () => {
    const { engine } = await open()
    for (const record of RECORDS) {
      const sql = 'select name, type from system.columns where table = {table:String} order by position'
      const { columns } = await engine.select(sql, { name: 'text', type: 'text' }, { params: { table: record.name } })
      const wanted = columnsOf(record).map(({ name, kind }) => [name, COLUMN_TYPE[kind]])
      expect(columns.name.map((name, i) => [name, columns.type[i]])).toEqual([
        ...wanted,
        ['importNumber', 'UInt32'],
        ['version', 'UInt64'],
      ])
    }
  })

  it('shows times that a person can read', async () => {
    const store = await open()
    await importBars(store, 'a.csv', bars(1))
    const { columns } = await store.engine.select(
      'select toString(at) as at, toString(knownAt) as knownAt from candle',
      {
        at: 'text',
        knownAt: 'text',
      },
    )
    expect([columns.at[0], columns.knownAt[0]]).toEqual(['2024-12-30 00:00:00.000', '2024-12-31 00:00:00.000'])
  })

  it('runs each migration once, and one that was cut short again', async () => {
    const { engine } = await open()
    const ran: number[] = []
    const step = (number: number, fails = 0) => ({
      number,
      name: `step ${number}`,
      run: async () => {
        ran.push(number)
        if (ran.filter((each) => each === number).length <= fails) throw new Error('cut')
      },
    })
    const [one, two] = [MIGRATIONS.length + 1, MIGRATIONS.length + 2]
    await expect(migrate(engine, [...MIGRATIONS, step(one), step(two, 1)])).rejects.toThrow('cut')
    expect(await migrate(engine, [...MIGRATIONS, step(one), step(two, 1)])).toEqual([`step ${two}`])
    expect(await migrate(engine, [...MIGRATIONS, step(one), step(two)])).toEqual([])
    expect(ran).toEqual([one, two, two])
  })

  it('made by a newer program is refused', async () => {
    const path = directory()
    const store = await open(path)
    await store.engine.command("insert into migration select 999, 'from the future'")
    await store.close()
    await expect(open(path)).rejects.toBeInstanceOf(StoreTooNewError)
    await expect(open(path)).rejects.toThrow('migration 999')
  })
})

describe('the holder of a store', () => {
  it('is written down for its user alone while it is open', async () => {
    const path = directory()
    const store = await open(path)
    const file = join(path, 'holder.json')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    await store.close()
    expect(existsSync(file)).toBe(false)
  })

  it('does not matter once it is dead, nor when its number went to another process, nor when its file is torn', async () => {
    const path = directory()
    for (const holder of [
      '{"pid": 999999999, "startTicks": "1"}',
      `{"pid": ${process.ppid}, "startTicks": "1"}`,
      '{"pid"',
    ]) {
      writeFileSync(join(path, 'holder.json'), holder)
      expect(await (await open(path)).close()).toBe('closed')
    }
  })

  it('that was killed leaves no temporary files for good', async () => {
    const left = join(tmpdir(), 'assayer-scratch-999999999-abc123')
    mkdirSync(left)
    writeFileSync(join(left, '.assayer-scratch'), '')
    writeFileSync(join(left, '0.native'), 'x')
    await open()
    expect(existsSync(left)).toBe(false)
  })

  it('never takes a folder of somebody for temporary files, however it is named', async () => {
    const marked = ['assayer-999999999-review-notes', 'assayer-scratch-999999999-notes', 'assayer-999999999-abc123']
    const unmarked = ['assayer-2025-review-notes', 'assayer-scratch-999999999-abcdef']
    const aside = directory()
    const all = [...marked, ...unmarked].map((name) => join(tmpdir(), name))
    const link = join(tmpdir(), 'assayer-scratch-999999999-linked')
    try {
      for (const path of [...all, aside]) {
        mkdirSync(path, { recursive: true })
        writeFileSync(join(path, 'notes.md'), 'mine')
      }
      for (const name of marked) writeFileSync(join(tmpdir(), name, '.assayer-scratch'), '')
      writeFileSync(join(aside, '.assayer-scratch'), '')
      symlinkSync(aside, link)
      await open()
      for (const path of [...all, aside, link]) expect(existsSync(join(path, 'notes.md'))).toBe(true)
    } finally {
      for (const path of [...all, link]) rmSync(path, { recursive: true, force: true })
    }
  })
})

describe('damage', () => {
  it('to a part is named at opening, and importing again heals it', async () => {
    const path = directory()
    const store = await open(path)
    await importBars(store, 'a.csv', bars(900))
    const sql = "select path from system.parts where table = 'candle' and active and partition = '2025'"
    const { columns } = await store.engine.select(sql, { path: 'text' })
    await store.close()
    const data = join(columns.path[0]!, 'data.bin')
    truncateSync(data, Math.floor(statSync(data).size / 2))

    const lines: string[] = []
    const damaged = await open(path, { log: (line) => lines.push(line) })
    expect(damaged.problems.length).toBe(1)
    expect(damaged.problems[0]).toMatch(/table "candle" lost part "[^"]*2025_\d+_\d+_\d+[^"]*" \(broken-on-start\)/)
    expect(lines).toEqual([`store "${path}": ${damaged.problems[0]}`])
    expect(await countRows(damaged, candle)).toBe(900 - 365)
    expect(await importBars(damaged, 'a.csv', bars(900))).toMatchObject({ added: 365, unchanged: 535 })
    expect(await countRows(damaged, candle)).toBe(900)
    await damaged.close()

    const detached = /then remove "(.*)"/.exec(damaged.problems[0]!)![1]!
    rmSync(detached, { recursive: true })
    expect((await open(path)).problems).toEqual([])
  })

  it('that emptied a table definition is refused by the name of the file', async () => {
    const path = directory()
    await (await open(path)).close()
    const definition = files(path, 'candle.sql')[0]!
    const content = readFileSync(definition)
    truncateSync(definition)
    await expect(open(path)).rejects.toThrow(`the table definition "${definition}" is empty`)
    writeFileSync(definition, content)
    expect((await open(path)).problems).toEqual([])
  })
})
