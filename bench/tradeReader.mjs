// One reader of the firehose in a process of its own: `node tradeReader.mjs assayer|ccxt|bare PORT FOLDER`. It says when it
// reads, answers `count` with how many trades it has taken (the collector: how many are durable), `state` with how old the newest
// trade is that a query finds, and `ids` with what is lost.
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { WORLD_ASSETS } from '../dist/sim/market/live/assets.js'

const [kind, port, folder] = process.argv.slice(2)
const answer = (message) => process.send({ at: performance.now(), rss: process.memoryUsage.rss(), ...message })

async function bare() {
  const { WebSocket } = await import('ws')
  let trades = 0
  const socket = new WebSocket(`ws://127.0.0.1:${port}/market/ws`, { perMessageDeflate: false })
  socket.on('message', (data) => {
    if (JSON.parse(String(data)).e === 'aggTrade') trades++
  })
  await new Promise((resolve) => socket.once('open', resolve))
  socket.send(JSON.stringify({ method: 'SUBSCRIBE', params: ['all'], id: 1 }))
  return { count: () => answer({ trades }) }
}

async function ccxt() {
  const { pro } = await import('ccxt')
  const exchange = new pro.binanceusdm({
    enableRateLimit: false,
    newUpdates: true,
    options: { fetchCurrencies: false },
  })
  const rebased = (value) =>
    typeof value === 'string'
      ? value.replace(/^(http|ws)s?:\/\/[^/]+/, (_, scheme) => `${scheme}://127.0.0.1:${port}`)
      : Object.fromEntries(Object.entries(value).map(([name, each]) => [name, rebased(each)]))
  exchange.urls.api = rebased(exchange.urls.api)
  await exchange.loadHttpProxyAgent()
  await exchange.loadMarkets()
  const symbols = exchange.symbols.filter((symbol) => symbol.endsWith(':USDT'))
  let trades = (await exchange.watchTradesForSymbols(symbols)).length
  const read = async () => {
    for (;;) trades += (await exchange.watchTradesForSymbols(symbols)).length
  }
  read().catch((error) => console.error(`ccxt: ${error.message}`))
  return { count: () => answer({ trades }) }
}

async function assayer() {
  const { openDesk } = await import('../dist/desk/openDesk.js')
  const { collect } = await import('../dist/desk/jobs/collect/collect.js')
  const { desk } = await openDesk({ path: join(folder, 'store'), now: Date.now(), log: () => {}, access: 'write' })
  const addresses = { spot: 'http', perp: 'http', spotSocket: 'ws', perpSocket: 'ws' }
  const venue = Object.fromEntries(
    Object.entries(addresses).map(([name, kind]) => [name, `${kind}://127.0.0.1:${port}`]),
  )
  const collecting = await collect(desk, {
    venues: ['binance'],
    assets: WORLD_ASSETS.map(({ asset }) => asset),
    depths: { hours: 3_600_000, minutes: 60_000 },
    book: { simulated: true, venues: { binance: venue }, clock: { startAt: Date.now(), began: Date.now(), speed: 1 } },
    signal: new AbortController().signal,
    onEvent: (line) => process.env.BENCH_VERBOSE && console.error(line),
    onFault: (fault) => process.env.BENCH_VERBOSE && console.error(JSON.stringify(fault)),
  })
  const stored = async () => {
    const all = await desk.store.engine.select(
      `select sum(n) as stored, sum(last) as last from (select uniqExact(toUInt64(tradeId)) as n, max(toUInt64(tradeId)) as last
       from trade group by instrument)`,
      { stored: 'number', last: 'number' },
      { maxSeconds: 300 },
    )
    return { stored: all.columns.stored[0], missing: all.columns.last[0] - all.columns.stored[0] }
  }
  while (collecting.status().written < 1000) await pause(50)
  return {
    count: () => answer({ trades: collecting.status().written, latencyMs: collecting.status().latencyMs }),
    state: async () => {
      const newest = `select toUnixTimestamp64Milli(max(at)) as newest from trade where at > now64(3) - interval 30 second`
      const { columns } = await desk.store.engine.select(newest, { newest: 'number' })
      return answer({ latencyMs: collecting.status().latencyMs, ageMs: Date.now() - columns.newest[0] })
    },
    ids: async () => answer(await stored()),
  }
}

const reading = await { bare, ccxt, assayer }[kind]()
process.on('message', (word) => (word === 'end' ? process.exit() : reading[word]()))
answer({ trades: 0 })
