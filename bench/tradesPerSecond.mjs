// Trades a second from sockets to durable rows, with the generator beside it on the same machine: this desk's collector, ccxt's
// watchTradesForSymbols, and a bare socket that does no more than parse. One after another in one run, the generator sending as
// fast as each can take; then the collector at a steady pace for the ids, the latency and the memory.
import { fork, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const FLAT_OUT = 400_000
const STEADY = 50_000
const SECONDS = Number(process.env.BENCH_SECONDS ?? 15)
const STEADY_SECONDS = Number(process.env.BENCH_STEADY_SECONDS ?? 60)
const RUNS = 5
/** Before it is counted. */
const WARM_MS = 3_000
/** A reader that says nothing for so long has hung. */
const PATIENCE_MS = 60_000

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const thousands = (value) => Math.round(value).toLocaleString('en')

async function firehose(perSecond) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'firehose.mjs'), String(perSecond)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const port = Number((await lines.next()).value.split(' ')[1])
  const ask = async (word) => {
    child.stdin.write(`${word}\n`)
    return Number((await lines.next()).value.split(' ')[1])
  }
  return { port, sent: () => ask('sent'), stop: () => ask('stop'), end: () => child.kill() }
}

/** Runs one reader in a process of its own until it is told to stop. */
function reader(kind, port, folder) {
  const child = fork(join(import.meta.dirname, 'tradeReader.mjs'), [kind, String(port), folder])
  const answers = []
  const waiting = []
  child.on('message', (message) => (waiting.length > 0 ? waiting.shift()(message) : answers.push(message)))
  const next = () =>
    new Promise((resolve, reject) => {
      if (answers.length > 0) return resolve(answers.shift())
      const timer = setTimeout(() => reject(new Error(`the reader "${kind}" says nothing`)), PATIENCE_MS)
      waiting.push((message) => (clearTimeout(timer), resolve(message)))
    })
  return { next, ask: (word) => (child.send(word), next()), end: () => child.kill('SIGKILL') }
}

/** Trades a second that a reader takes while the generator sends as fast as it is let. */
async function flatOut(kind) {
  const folder = mkdtempSync(join(tmpdir(), 'assayer-bench-'))
  const hose = await firehose(FLAT_OUT)
  const read = reader(kind, hose.port, folder)
  try {
    await read.next()
    await pause(WARM_MS)
    const first = await read.ask('count')
    await pause(SECONDS * 1000)
    const last = await read.ask('count')
    return ((last.trades - first.trades) * 1000) / (last.at - first.at)
  } finally {
    read.end()
    hose.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The collector at a steady pace: no id lost, how long until a row can be read, how memory goes. */
async function steady() {
  const folder = mkdtempSync(join(tmpdir(), 'assayer-bench-'))
  const hose = await firehose(STEADY)
  const read = reader('assayer', hose.port, folder)
  try {
    await read.next()
    const [memory, latencies, ages] = [[], [], []]
    const began = performance.now()
    const before = await hose.sent()
    while (performance.now() - began < STEADY_SECONDS * 1000) {
      await pause(1_000)
      const now = await read.ask('state')
      memory.push(now.rss)
      latencies.push(now.latencyMs)
      ages.push(now.ageMs)
    }
    const sent = await hose.stop()
    const perSecond = ((sent - before) * 1000) / (performance.now() - began)
    await pause(3_000)
    const end = await read.ask('ids')
    return { sent, perSecond, ...end, latencyMs: median(latencies), ageMs: median(ages), rss: tenths(memory) }
  } finally {
    read.end()
    hose.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The median of each tenth of a list. */
const tenths = (values) =>
  Array.from({ length: 10 }, (_, i) => median(values.slice((i * values.length) / 10, ((i + 1) * values.length) / 10)))

export async function run() {
  const rates = { assayer: [], ccxt: [], bare: [] }
  for (let i = 0; i < RUNS; i++) for (const kind of Object.keys(rates)) rates[kind].push(await flatOut(kind))
  const [ours, ccxt, bare] = ['assayer', 'ccxt', 'bare'].map((kind) => median(rates[kind]))
  const even = await steady()
  const mb = (bytes) => Math.round(bytes / 2 ** 20)
  const markdown = [
    `Generator and reader share the machine; medians of ${RUNS} runs of ${SECONDS} s, the generator sending as fast as it is let.`,
    '',
    '| reader | trades/s | ours is |',
    '| --- | ---: | ---: |',
    `| Assayer, from socket to durable rows | ${thousands(ours)} | |`,
    `| ccxt \`watchTradesForSymbols\`, in memory only | ${thousands(ccxt)} | ${(ours / ccxt).toFixed(2)}x |`,
    `| bare socket and JSON.parse | ${thousands(bare)} | ${(ours / bare).toFixed(2)}x |`,
    '',
    `At ${thousands(STEADY)} trades/s asked for over ${STEADY_SECONDS} s: ${thousands(even.sent)} sent (${thousands(even.perSecond)}/s),`,
    `${thousands(even.stored)} stored, ${thousands(even.missing)} ids missing. From the oldest row's coming in a flush until it can`,
    `be read: ${Math.round(even.latencyMs)} ms (median); from the moment at which a trade was sent until a query finds it:`,
    `${Math.round(even.ageMs)} ms (median of one query a second). Memory by tenths of the run: ${even.rss.map(mb).join(', ')} MB.`,
  ].join('\n')
  return { title: 'Trades from sockets to durable rows', markdown }
}
