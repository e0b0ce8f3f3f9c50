import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { batchOf } from '../records/batch.ts'
import { flag, instantField, number, symbol, text, type RecordSpec } from '../records/record.ts'
import { columnsSql } from './ddl.ts'
import { openEmbedded } from './embedded.ts'
import { StoreQueryError, StoreStoppedError, type Engine, type SelectOptions } from './engine.ts'
import { encodeBatch } from './native/encodeBatch.ts'
import { temporary } from '../../test/support/temporaryStore.ts'

const { directory } = temporary()

const everyKind = {
  name: 'everyKind',
  schema: z.object({
    at: instantField(),
    name: symbol(),
    note: text(),
    on: flag(),
    value: number(),
    extra: number().optional(),
  }),
  series: ['name'],
  partition: 'none',
} as const satisfies RecordSpec

/** A query of 500 s that can be stopped between any two rows. */
const slowly = (engine: Engine, options: SelectOptions = {}) =>
  engine.select(
    'select sleepEachRow(0.05) as s from numbers(10000)',
    { s: 'number' },
    { settings: { max_block_size: 1 }, ...options },
  )

const SHAPE = { at: 'number', name: 'text', note: 'text', on: 'number', value: 'number', extra: 'number' } as const

async function withEngine(use: (engine: Engine) => Promise<void>): Promise<void> {
  const engine = await openEmbedded(directory())
  try {
    await use(engine)
  } finally {
    expect(await engine.close()).toBe('closed')
  }
}

function cancel() {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}

async function there(engine: Engine, ...chunks: readonly (readonly Record<string, unknown>[])[]) {
  const stage = await engine.stage(columnsSql(everyKind))
  for (const rows of chunks) await stage.write(encodeBatch(batchOf(everyKind, rows)))
  const answer = await engine.select(`select * from ${await stage.source()}`, SHAPE)
  await stage.drop()
  return answer
}

describe('the embedded engine', () => {
  it('gives back every kind of column as it was, gaps and all', async () => {
    await withEngine(async (engine) => {
      const rows = [
        { at: 0, name: 'a', note: '', on: true, value: 0.1, extra: undefined },
        { at: -1, name: 'ä 🚀', note: 'x'.repeat(50_000), on: false, value: -0, extra: 5e-324 },
        { at: 1_745_280_000_123, name: 'a', note: 'line\nbreak\t\0 "quote" \\', on: true, value: 1.7e308, extra: NaN },
        { at: 4_294_967_296, name: 'b', note: 'ж'.repeat(42), on: true, value: 1 / 3, extra: 2 },
        { at: 4_294_967_295, name: 'b', note: 'ж'.repeat(43), on: true, value: 3, extra: 2 },
      ]
      const { length, columns } = await there(engine, rows)
      expect(length).toBe(5)
      expect(columns.name).toEqual(rows.map((row) => row.name))
      expect(columns.note).toEqual(rows.map((row) => row.note))
      expect([...columns.at]).toEqual(rows.map((row) => row.at))
      expect([...columns.on]).toEqual([1, 0, 1, 1, 1])
      expect([...columns.value]).toEqual(rows.map((row) => row.value))
      expect([...columns.extra]).toEqual([NaN, 5e-324, NaN, 2, 2])
    })
  })

  it('gives back 200,000 rows in several blocks, with more names than a byte or two can number', async () => {
    await withEngine(async (engine) => {
      const rows = Array.from({ length: 100_000 }, (_, i) => ({
        at: i * 1000,
        name: `name ${i % 70_000}`,
        note: `${i}`,
        on: i % 2 === 0,
        value: i,
        extra: undefined,
      }))
      const few = rows.map((row, i) => ({ ...row, name: `few ${i % 300}` }))
      const { length, columns } = await there(engine, rows, few)
      expect(length).toBe(200_000)
      expect(columns.name).toEqual([...rows, ...few].map((row) => row.name))
      expect(columns.note[150_000]).toBe('50000')
      expect(columns.value.every((value, i) => value === i % 100_000)).toBe(true)
      expect(columns.extra.every(Number.isNaN)).toBe(true)
    })
  })

  it('gives all columns of an empty answer, and reads an empty stage', async () => {
    await withEngine(async (engine) => {
      const none = await engine.select("select 'a' as name, 1 as value where 0", { name: 'text', value: 'number' })
      expect(none).toEqual({ length: 0, columns: { name: [], value: new Float64Array(0) } })
      expect((await there(engine)).length).toBe(0)
    })
  })

  it('reads whole numbers of every width', async () => {
    await withEngine(async (engine) => {
      const types = ['Int8', 'Int16', 'Int32', 'Int64', 'UInt8', 'UInt16', 'UInt32', 'UInt64', 'Float32']
      const sql = `select ${types.map((type) => `to${type}(if(number = 0, 0, ${type.startsWith('U') ? 100 : -100})) as ${type}`).join(', ')},
        true as yes, toUInt64(9007199254740991) as large from numbers(2) order by number`
      const shape = Object.fromEntries([...types, 'yes', 'large'].map((name) => [name, 'number' as const]))
      const { columns } = await engine.select(sql, shape)
      for (const type of types) expect([...columns[type]!]).toEqual([0, type.startsWith('U') ? 100 : -100])
      expect(columns['yes']![0]).toBe(1)
      expect(columns['large']![0]).toBe(Number.MAX_SAFE_INTEGER)
    })
  })

  it('refuses an answer of another shape by the name of the column', async () => {
    await withEngine(async (engine) => {
      await expect(engine.select('select 1 as a', { b: 'number' })).rejects.toThrow('column "a"')
      await expect(engine.select('select 1 as a', { a: 'number', b: 'number' })).rejects.toThrow('column "b"')
      await expect(engine.select("select 'x' as a", { a: 'number' })).rejects.toThrow('column "a"')
      await expect(engine.select('select null as a', { a: 'number' })).rejects.toThrow('Nullable')
    })
  })

  it('binds values apart from the text', async () => {
    await withEngine(async (engine) => {
      const params = { word: "it's \\ '; drop", number: 1.5, names: ['a', "b'"] }
      const sql = 'select {word:String} as word, {number:Float64} as number, {names:Array(String)}[2] as second'
      const { columns } = await engine.select(sql, { word: 'text', number: 'number', second: 'text' }, { params })
      expect([columns.word[0], columns.number[0], columns.second[0]]).toEqual([params.word, 1.5, "b'"])
    })
  })

  it('never mixes the output of a query that failed late into the next answer', async () => {
    await withEngine(async (engine) => {
      for (let i = 0; i < 4; i++) {
        const late = engine.select('select number, throwIf(number = 1000000) as t from numbers(2000000)', {
          number: 'number',
          t: 'number',
        })
        await expect(late).rejects.toBeInstanceOf(StoreQueryError)
      }
      const answers = [1, 2, 3, 4].map(() => engine.select('select 42 as x', { x: 'number' }))
      for (const answer of answers) expect(await answer).toEqual({ length: 1, columns: { x: Float64Array.of(42) } })
    })
  })

  it('lets no setting outlive its query', async () => {
    await withEngine(async (engine) => {
      const read = async (settings = {}) => {
        const sql = "select getSetting('max_block_size') as size, getSetting('insert_deduplication_token') as token"
        const { columns } = await engine.select(sql, { size: 'number', token: 'text' }, { settings })
        return [columns.size[0], columns.token[0]]
      }
      const before = await read()
      expect(await read({ max_block_size: 1234, insert_deduplication_token: 'leak' })).toEqual([1234, 'leak'])
      for (let i = 0; i < 3; i++) expect(await read()).toEqual(before)
      await engine.command('create table t (a UInt8, size UInt64) engine = MergeTree order by a')
      await engine.command("insert into t select 1, getSetting('max_block_size')", { settings: { max_block_size: 77 } })
      await engine.command("insert into t select 2, getSetting('max_block_size')")
      const { columns } = await engine.select('select size from t order by a', { size: 'number' })
      expect([...columns.size]).toEqual([77, before[0]])
    })
  })

  it('stores an insert once per token, and again under another', async () => {
    await withEngine(async (engine) => {
      await engine.command(
        'create table t (a UInt32) engine = MergeTree order by a settings non_replicated_deduplication_window = 1000',
      )
      const insert = (token: string) => engine.insert('insert into t select number from numbers(1000)', token)
      const count = async () => (await engine.select('select count() as n from t', { n: 'number' })).columns.n[0]
      await insert('one')
      await insert('one')
      expect(await count()).toBe(1000)
      await insert('two')
      expect(await count()).toBe(2000)
    })
  })

  it('stops a query at its time limit, and a cancelled one in the engine itself', async () => {
    await withEngine(async (engine) => {
      await expect(slowly(engine, { maxSeconds: 1 })).rejects.toBeInstanceOf(StoreStoppedError)
      const { signal, abort } = cancel()
      const outcome = expect(slowly(engine, { signal })).rejects.toBeInstanceOf(StoreStoppedError)
      const running =
        "select count() as n from system.processes where query like '%sleepEachRow(%' and query not like '%processes%'"
      const count = async () => (await engine.select(running, { n: 'number' })).columns.n[0]
      while ((await count()) === 0);
      abort()
      await outcome
      expect(await count()).toBe(0)
      await expect(slowly(engine, { signal })).rejects.toBeInstanceOf(StoreStoppedError)
    })
  })

  it('stops a query that is cancelled the moment it is asked', async () => {
    await withEngine(async (engine) => {
      for (let i = 0; i < 5; i++) {
        const { signal, abort } = cancel()
        const outcome = expect(slowly(engine, { signal })).rejects.toBeInstanceOf(StoreStoppedError)
        for (let turn = 0; turn < i; turn++) await Promise.resolve()
        abort()
        await outcome
      }
    })
  })

  it('answers small queries beside a large one', async () => {
    await withEngine(async (engine) => {
      let largeDone = false
      const { signal, abort } = cancel()
      const large = slowly(engine, { signal }).catch(() => (largeDone = true))
      for (let i = 0; i < 20; i++) await engine.select('select 1 as x', { x: 'number' })
      expect(largeDone).toBe(false)
      abort()
      await large
    })
  })

  it('stops running reads at close and refuses later ones', async () => {
    const engine = await openEmbedded(directory())
    const outcome = expect(slowly(engine)).rejects.toBeInstanceOf(StoreStoppedError)
    await engine.select('select 1 as x', { x: 'number' })
    expect(await engine.close()).toBe('closed')
    await outcome
    await expect(engine.select('select 1 as x', { x: 'number' })).rejects.toThrow('is closed')
  })

  it('refuses a second path while one is open, and opens it afterwards', async () => {
    const [one, two] = [directory(), directory()]
    const engine = await openEmbedded(one)
    await expect(openEmbedded(two)).rejects.toThrow(`cannot be opened while "${one}" is open`)
    await expect(openEmbedded(one)).rejects.toMatchObject({ hint: expect.stringContaining('close that one first') })
    await engine.close()
    expect(await (await openEmbedded(two)).close()).toBe('closed')
    expect(await (await openEmbedded(one)).close()).toBe('closed')
  })

  it('leaves no temporary files', async () => {
    const mine = () =>
      ['/dev/shm', tmpdir()]
        .flatMap((parent) => readdirSync(parent))
        .filter((name) => name.startsWith(`assayer-scratch-${process.pid}-`))
    const engine = await openEmbedded(directory())
    const stage = await engine.stage(columnsSql(everyKind))
    expect(mine().length).toBe(1)
    await stage.drop()
    await engine.stage(columnsSql(everyKind))
    await engine.close()
    expect(mine()).toEqual([])
  })
})
