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
    answers.length > 0 ? Promise.resolve(answers.shift()) : new Promise((resolve) => waiting.push(resolve))
  return { next, ask: (word) => (child.send(word), next()), end: () => child.send('end') }
}

/** Trades a second that a reader takes while the generator sends as fast as it is let. */
async function flatOut(kind) {
  const folder = mkdtempSync(join(tmpdir(), 'assayer-bench-'))
  const hose = await firehose(FLAT_OUT)
  const read = reader(kind, hose.port, folder)
  await read.next()
  await pause(2_000)
  const first = await read.ask('count')
  await pause(SECONDS * 1000)
  const last = await read.ask('count')
  await hose.stop()
  read.end()
  hose.end()
  rmSync(folder, { recursive: true, force: true })
  return ((last.trades - first.trades) * 1000) / (last.at - first.at)
}

/** The collector at a steady pace: no id lost, how long until a row can be read, how memory goes. */
async function steady() {
  const folder = mkdtempSync(join(tmpdir(), 'assayer-bench-'))
  const hose = await firehose(STEADY)
  const read = reader('assayer', hose.port, folder)
  await read.next()
  const memory = []
  const latencies = []
  const began = performance.now()
  while (performance.now() - began < STEADY_SECONDS * 1000) {
    await pause(1_000)
    const now = await read.ask('count')
    memory.push(now.rss)
    if (now.latencyMs > 0) latencies.push(now.latencyMs)
  }
  const sent = await hose.stop()
  const perSecond = (sent * 1000) / (performance.now() - began)
  await pause(3_000)
  const end = await read.ask('ids')
  read.end()
  hose.end()
  rmSync(folder, { recursive: true, force: true })
  const half = memory.length >> 1
  return {
    sent,
    perSecond,
    ...end,
    latencyMs: median(latencies),
    rss: [median(memory.slice(0, half)), median(memory.slice(half))],
  }
}

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
    `${thousands(even.stored)} stored, ${thousands(even.missing)} ids missing; median from a row's coming until it can be read`,
    `${Math.round(even.latencyMs)} ms; memory ${mb(even.rss[0])} MB in the first half, ${mb(even.rss[1])} MB in the second.`,
  ].join('\n')
  return { title: 'Trades from sockets to durable rows', markdown }
}
