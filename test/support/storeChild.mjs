// A process of its own that a test starts, asks, and kills. It runs what was built: node child.mjs JOB PATH.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const dist = process.env['STORE_DIST'] ?? new URL('../../dist/', import.meta.url).href
const load = (name) => import(new URL(name, dist).href)
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`)
const [job, path, argument] = process.argv.slice(2)

const { openStore } = await load('store/open.js')
const { killSelf } = await load('store/embedded.js')
const { ingest } = await load('store/ingest.js')
const { candle } = await load('records/candle.js')
const { batchOf } = await load('records/batch.js')

const DAY = 86_400_000
/** Days of 17 years, so that an import writes 17 parts. */
const ROWS = 6_000
const bars = (first, count) =>
  Array.from({ length: count }, (_, i) => {
    const at = Date.UTC(2000, 0, 1) + (first + i) * DAY
    const series = { venue: 'binance', market: 'spot', instrument: 'ETHUSDT', interval: '1d' }
    return { ...series, at, knownAt: at + DAY, open: 100, high: 200, low: 50, close: 100, volume: first + i }
  })

async function* batches(first, count, size = 1000) {
  for (let i = 0; i < count; i += size) yield batchOf(candle, bars(first + i, Math.min(size, count - i)))
}

const importBars = (store, first, count) =>
  ingest(store, { record: candle, batches: batches(first, count), label: `${first}.csv` })

const jobs = {
  /** Opens and says so, or says why not; closes when its input ends. */
  async hold() {
    const store = await openStore(path)
    say('open')
    for await (const _ of createInterface({ input: process.stdin }));
    say(await store.close())
  },
  /** Holds the store as a collector does, so that others read through it; says of each word it is given when a query has it. */
  async front() {
    const { openDesk } = await load('desk/openDesk.js')
    const { desk, close } = await openDesk({ path, now: Date.now(), access: 'hold', log: () => {} })
    say('open')
    const sql =
      "select count() as n from system.processes where query like {like:String} and query not like '%processes%'"
    for await (const word of createInterface({ input: process.stdin })) {
      const running = () => desk.store.engine.select(sql, { n: 'number' }, { params: { like: `%${word}%` } })
      while ((await running()).columns.n[0] === 0);
      say(`${word} runs`)
    }
    await close()
    say('closed')
  },
  /** Imports ten days at a time for ever and says each that is stored. */
  async write() {
    const store = await openStore(path)
    for (let first = 0; ; first += 10) {
      await importBars(store, first, 10)
      say(first)
    }
  },
  /** Imports one long file and dies as soon as the engine has written so many of its parts. */
  async die() {
    const store = await openStore(path)
    const parts = join(path, 'clickhouse/data/default/candle')
    const written = () => readdirSync(parts).filter((name) => /^\d{4}_\d+_\d+_\d+$/.test(name)).length
    async function* thenDie() {
      yield* batches(0, ROWS)
      setInterval(() => written() >= Number(argument) && process.kill(process.pid, 'SIGKILL'), 1)
    }
    await ingest(store, { record: candle, batches: thenDie(), label: 'long.csv' })
    say('survived')
  },
  /** Imports the same file in peace and says what came of it. */
  async heal() {
    const store = await openStore(path)
    const result = await importBars(store, 0, ROWS)
    const sql = 'select count() as rows, sum(volume) as sum from candle final'
    const { columns } = await store.engine.select(sql, { rows: 'number', sum: 'number' })
    const again = await importBars(store, 0, ROWS)
    say({ ...result, problems: store.problems, stored: columns.rows[0], sum: columns.sum[0], again: again.unchanged })
    await store.close()
  },
  /** Closes while a statement runs that cannot be stopped in time. */
  async abandon() {
    const store = await openStore(path, { closeDeadlineMs: 200 })
    await store.engine.command('create table t (s UInt8) engine = MergeTree order by s')
    const settings = { max_block_size: 1 }
    const long = store.engine.command('insert into t select sleepEachRow(1) from numbers(60)', { settings })
    long.catch(() => undefined)
    const running = "select count() as n from system.processes where query like 'insert into t%'"
    while ((await store.engine.select(running, { n: 'number' })).columns.n[0] === 0);
    const outcome = await store.close()
    process.stdout.write(`${JSON.stringify(outcome)}\n`, killSelf)
  },
}

try {
  await jobs[job]()
} catch (error) {
  say({ code: error.code, message: error.message, hint: error.hint })
}
