import { existsSync, readFileSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { candle } from '../records/candle.ts'
import { bars, endOf, importBars, temporary } from '../../test/support/temporaryStore.ts'
import { openEmbedded } from './embedded.ts'
import { StoreFullError, StoreQueryError, StoreStoppedError, type Engine, type HeldEngine } from './engine.ts'
import { openFront, type Front, type FrontOptions } from './front.ts'
import { frontOf } from './frontFile.ts'
import { holdStore } from './holdStore.ts'
import { readHolder, type Holder } from './holder.ts'
import { proveMigrated, StoreTooNewError, StoreTooOldError } from './migrate.ts'
import type { Store } from './open.ts'
import { countRows } from './queries/countRows.ts'
import { readCandles } from './queries/readCandles.ts'
import { StoreReadOnlyError } from './readOnlySql.ts'
import { readThrough } from './readThrough.ts'
import { openRemote, StoreFrontError } from './remote.ts'

const { directory } = temporary()
const holder: Holder = { pid: 4321, startedAt: '2025-04-22T00:00:00.000Z', command: 'main.js collect' }

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

interface Opened {
  readonly engine: HeldEngine
  readonly front: Front
  readonly remote: Engine
}

/** An engine, its front, and a guest's engine over it. */
async function opened(options: FrontOptions = {}): Promise<Opened> {
  const path = directory()
  const engine = await openEmbedded(path)
  ends.push(() => engine.close())
  const front = await openFront(engine, options)
  ends.push(() => front.close())
  return { engine, front, remote: openRemote({ path, holder, front }) }
}

/** A store that is held, and the path at which it is. */
async function held(): Promise<Store> {
  const store = await holdStore(directory())
  ends.push(() => store.close())
  return store
}

/** The same store as another process sees it. */
async function seen(path: string, lines: string[] = []): Promise<Store> {
  const written = readHolder(path)!
  const store = await readThrough(
    { path, holder: written, front: frontOf(path, written)! },
    { log: (line) => lines.push(line) },
  )
  ends.push(() => store.close())
  return store
}

interface Raw {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Sends a request of any making and gives what came back. */
function send({ address, token }: Front, { method = 'POST', path = '/', headers = {}, body = '{}' }: Raw) {
  const all = { authorization: `Bearer ${token}`, 'content-length': `${Buffer.byteLength(body)}`, ...headers }
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = request(`${address}${path}`, { method, agent: false, headers: all }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const SLOW = 'select sleepEachRow(0.05) as s from numbers(10000)'
/** As slow, and gives nothing until its end. */
const SILENT = 'select sum(sleepEachRow(0.05)) as s from numbers(10000)'
const SLOWLY = { settings: { max_block_size: 1 } } as const
const RUNNING =
  "select count() as n from system.processes where query like '%sleepEachRow(%' and query not like '%processes%'"
const running = async (engine: Engine) => (await engine.select(RUNNING, { n: 'number' })).columns.n[0]

/** What an engine throws for a query, without where it was thrown. */
async function failure(engine: Engine, sql: string, maxSeconds = 60): Promise<unknown> {
  const settings = { max_block_size: sql.includes('sleep') ? 1 : 65_536 }
  const error = await engine.select(sql, { a: 'number' }, { maxSeconds, settings }).catch((caught: unknown) => caught)
  const { name, code, message, hint, retry } = error as StoreQueryError
  const plain = message.replaceAll(/elapsed [\d.]+| SETTINGS .*?'\./g, '')
  return { name, code, message: plain, hint, retry, engineCode: (error as StoreQueryError).engineCode }
}

describe('reading through a front', () => {
  it('gives what the engine gives: columns of every kind, texts, gaps, values bound apart, an empty answer', async () => {
    const { engine, remote } = await opened()
    const sql = `select number as n, if(number = 1, nan, number / 3) as x, concat({word:String}, toString(number)) as t
      from numbers({count:UInt32}) order by number desc`
    const shape = { n: 'number', x: 'number', t: 'text' } as const
    for (const count of [3, 0]) {
      const options = { params: { word: "it's \\ ä 🚀", count }, settings: { max_threads: 1 } }
      expect(await remote.select(sql, shape, options)).toEqual(await engine.select(sql, shape, options))
    }
  })

  it('gives 300,000 rows in many blocks, to several guests at once', async () => {
    const { remote } = await opened()
    const sql = 'select number as n, toString(number) as t from numbers(300000)'
    const answers = await Promise.all([1, 2, 3].map(() => remote.select(sql, { n: 'number', t: 'text' })))
    for (const { length, columns } of answers) {
      expect(length).toBe(300_000)
      expect(columns.n.every((value, i) => value === i)).toBe(true)
      expect(columns.t[299_999]).toBe('299999')
    }
  })

  it('fails as the engine fails, early or late', async () => {
    const { engine, remote } = await opened()
    const cases = [
      ['select 1 as a from nowhere', 60, StoreQueryError],
      ['select throwIf(number = 1000000) as a from numbers(2000000)', 60, StoreQueryError],
      ["select throwIf(1, 'No space left on device') as a", 60, StoreFullError],
      ['select sleepEachRow(0.05) as a from numbers(10000)', 0.2, StoreStoppedError],
    ] as const
    for (const [sql, maxSeconds, kind] of cases) {
      const there = await failure(remote, sql, maxSeconds)
      expect(there).toEqual(await failure(engine, sql, maxSeconds))
      expect(there).toMatchObject({ name: kind.name })
    }
    expect(await failure(remote, 'select 1 as a from nowhere')).toMatchObject({ engineCode: 60 })
    await expect(remote.select('select 1 as a', { b: 'number' })).rejects.toThrow('column "a"')
  })

  it('refuses by the name of the holder whatever would change the store', async () => {
    const { remote } = await opened()
    for (const change of [
      remote.command('create table t (a UInt8)'),
      remote.insert('insert into t select 1', 'token'),
      remote.stage('a UInt8'),
    ]) {
      await expect(change).rejects.toBeInstanceOf(StoreReadOnlyError)
      await expect(change).rejects.toThrow('process 4321 ("main.js collect", since 2025-04-22')
    }
  })

  it('ends a query in the engine when its guest goes, and serves the next', async () => {
    const { engine, remote } = await opened()
    for (const sql of [SLOW, SILENT]) {
      const leaving = new AbortController()
      const options = { ...SLOWLY, signal: leaving.signal }
      const left = expect(remote.select(sql, { s: 'number' }, options)).rejects.toBeInstanceOf(StoreStoppedError)
      while ((await running(engine)) === 0);
      leaving.abort()
      await left
      while ((await running(engine)) !== 0);
      expect((await remote.select('select 1 as a', { a: 'number' })).length).toBe(1)
      await expect(remote.select(sql, { s: 'number' }, options)).rejects.toBeInstanceOf(StoreStoppedError)
    }
  })

  it('leaves the holder a session of its own beside the queries of guests', async () => {
    const { engine, remote } = await opened()
    const leaving = new AbortController()
    const guests = [1, 2, 3].map(() =>
      remote.select(SLOW, { s: 'number' }, { ...SLOWLY, signal: leaving.signal }).catch(() => 'left'),
    )
    while ((await running(engine)) === 0);
    for (let i = 0; i < 20; i++) expect(await running(engine)).toBe(1)
    leaving.abort()
    expect(await Promise.all(guests)).toEqual(['left', 'left', 'left'])
  })

  it('lets go of a guest that takes nothing', async () => {
    const { front, remote } = await opened({ stallMs: 100 })
    const body = JSON.stringify({ sql: "select repeat('x', 1000000) as t from numbers(60)" })
    const headers = { authorization: `Bearer ${front.token}`, 'content-length': `${body.length}` }
    const stalled = new Promise<string>((resolve, reject) => {
      const sent = request(front.address, { method: 'POST', agent: false, headers })
      sent.on('response', (response) => {
        response.pause()
        response.on('error', (error) => resolve(error.message))
        remote.select('select 1 as a', { a: 'number' }).then(() => response.resume(), reject)
      })
      sent.end(body)
    })
    expect(await stalled).toBe('aborted')
  })

  it('ends for every guest when the front closes', async () => {
    const { engine, front, remote } = await opened()
    const cut = expect(remote.select(SILENT, { s: 'number' }, SLOWLY)).rejects.toMatchObject({
      code: 'STORE_FRONT',
      retry: 'later',
      message: expect.stringContaining('process 4321 ("main.js collect"'),
    })
    while ((await running(engine)) === 0);
    await front.close()
    await cut
    expect(await running(engine)).toBe(0)
    await expect(remote.select('select 1 as a', { a: 'number' })).rejects.toBeInstanceOf(StoreFrontError)
    await remote.close()
    await expect(remote.select('select 1 as a', { a: 'number' })).rejects.toThrow('is closed')
  })
})

describe('a front', () => {
  const question = JSON.stringify({ sql: 'select 1 as a' })

  it('answers nobody without its token', async () => {
    const { front } = await opened()
    for (const authorization of ['', 'Bearer ', `Bearer ${front.token}x`, `Basic ${front.token}`, front.token])
      expect(await send(front, { headers: { authorization }, body: question })).toMatchObject({ status: 401 })
    expect((await send(front, { body: question })).status).toBe(200)
    expect(front.token.length).toBe(43)
  })

  it('answers only under a name of this machine, so that no page of another name can ask', async () => {
    const { front } = await opened()
    const { port } = new URL(front.address)
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', 'localhost:1', '127.0.0.1.evil.example'])
      expect(await send(front, { headers: { host }, body: question })).toMatchObject({ status: 403 })
    expect((await send(front, { headers: { host: `localhost:${port}` }, body: question })).status).toBe(200)
    expect(front.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  it('refuses what is no question', async () => {
    const { front } = await opened()
    const cases: readonly (readonly [Raw, number])[] = [
      [{ method: 'GET' }, 405],
      [{ path: '/tables' }, 404],
      [{ body: 'select 1' }, 400],
      [{ body: 'null' }, 400],
      [{ body: '{"sql": 1}' }, 400],
      [{ body: '{"sql": "select 1", "params": {"a": null}}' }, 400],
      [{ body: '{"sql": "select 1", "params": {"a": {"b": 1}}}' }, 400],
      [{ body: '{"sql": "select 1", "settings": {"max_threads = 1, readonly": 0}}' }, 400],
      [{ body: '{"sql": "select 1", "settings": {"max_threads": [1]}}' }, 400],
      [{ body: '{"sql": "select 1", "maxSeconds": 0}' }, 400],
      [{ headers: { 'content-length': '1048577' }, body: '' }, 413],
    ]
    for (const [raw, status] of cases) expect([raw, (await send(front, raw)).status]).toEqual([raw, status])
  })

  it('refuses whatever is no reading, and nothing comes of it', async () => {
    const { engine, remote } = await opened()
    await engine.command('create table t (a UInt8) engine = MergeTree order by a')
    const out = join(directory(), 'out.tsv')
    const refused = [
      ['insert into t values (1)', 'STORE_READ_ONLY'],
      ['insert into t select 1', 'STORE_READ_ONLY'],
      ['with 1 as x insert into t select x', 'STORE_QUERY'],
      ['create table u (a UInt8) engine = MergeTree order by a', 'STORE_READ_ONLY'],
      ['drop table t', 'STORE_READ_ONLY'],
      ['select 1; drop table t', 'STORE_READ_ONLY'],
      ['system flush logs', 'STORE_READ_ONLY'],
      [`select 1 into outfile '${out}'`, 'STORE_READ_ONLY'],
      ["select file('/etc/hostname')", 'STORE_READ_ONLY'],
      ["select * from (select * from file('x', LineAsString) settings readonly = 0)", 'STORE_READ_ONLY'],
    ] as const
    for (const [sql, code] of refused) await expect(remote.select(sql, {})).rejects.toMatchObject({ code })
    expect(existsSync(out)).toBe(false)
    expect((await engine.select('select a from t', { a: 'number' })).length).toBe(0)
    const tables = await engine.select("select name from system.tables where database = 'default'", { name: 'text' })
    expect(tables.columns.name).toEqual(['t'])
  })

  it('reaches no file and no network: there the engine itself refuses', async () => {
    const { engine, remote } = await opened()
    const READONLY = 164
    for (const source of [
      "mysql('127.0.0.1:1', 'a', 'b', 'c', 'd')",
      "url('http://127.0.0.1:1/', LineAsString)",
      "remote('127.0.0.1', 'system.one')",
      "executable('x', TSV, 'a String')",
      '`/etc/hostname`',
    ]) {
      const asked = remote.select(`select * from ${source}`, { line: 'text' }, { settings: { readonly: 0 } })
      await expect(asked).rejects.toMatchObject({ code: 'STORE_QUERY', engineCode: READONLY })
    }
    const free = "select getSetting('readonly') as a"
    expect((await remote.select(free, { a: 'number' })).columns.a[0]).toBe(1)
    expect((await engine.select(free, { a: 'number' })).columns.a[0]).toBe(0)
  })
})

describe('a store that is held', () => {
  it('says where it can be read, the token in a file for its user alone, and takes both away at the end', async () => {
    const store = await held()
    const [file, token] = ['holder.json', 'front.token'].map((name) => join(store.path, name)) as [string, string]
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      pid: process.pid,
      address: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      tokenFile: 'front.token',
    })
    for (const each of [file, token]) expect(statSync(each).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).not.toContain(readFileSync(token, 'utf8'))
    expect(await store.close()).toBe('closed')
    for (const each of [file, token]) expect(existsSync(each)).toBe(false)
  })

  it('looks the same through the front, also while it grows', async () => {
    const store = await held()
    await importBars(store, 'a.csv', bars(5))
    const lines: string[] = []
    const guest = await seen(store.path, lines)
    expect([guest.path, guest.problems, lines]).toEqual([store.path, store.problems, []])
    const query = { venue: 'binance', market: 'spot', instrument: 'ETHUSDT', interval: '1d', asOf: endOf(30) } as const
    expect(await readCandles(guest, query)).toEqual(await readCandles(store, query))
    await importBars(store, 'b.csv', bars(9))
    expect(await countRows(guest, candle)).toBe(9)
    await expect(importBars(guest, 'c.csv', bars(10))).rejects.toBeInstanceOf(StoreReadOnlyError)
    expect(await countRows(store, candle)).toBe(9)
  })

  it('is refused where its tables are not those that the reader knows, and never migrated', async () => {
    const store = await held()
    const later = { number: 998, name: 'later', run: () => Promise.reject(new Error('ran')) }
    const guest = await seen(store.path)
    expect(await proveMigrated(guest.engine)).toEqual([])
    await expect(proveMigrated(guest.engine, [later])).rejects.toBeInstanceOf(StoreTooOldError)
    await store.engine.command("insert into migration select 999, 'from the future'")
    await expect(seen(store.path)).rejects.toBeInstanceOf(StoreTooNewError)
  })

  it('sends its token nowhere but to this machine', async () => {
    const store = await held()
    const written = readHolder(store.path)!
    for (const address of ['http://example.com:80', 'http://127.0.0.1.example.com:80', 'http://127.0.0.1:80/x', ''])
      expect(frontOf(store.path, { ...written, address })).toBeUndefined()
    expect(frontOf(store.path, { ...written, tokenFile: 'gone' })).toBeUndefined()
  })
})
