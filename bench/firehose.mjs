// A server that sends made trades of forty perpetuals as fast as it is told, in Binance's format, to whoever subscribes; its
// other doors are those of the simulated Binance. A process of its own: `node firehose.mjs TRADES_A_SECOND`, which says its port,
// then `sent N` when its input asks with a line, and stops sending at the line `stop`.
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import { WebSocketServer } from 'ws'
import { WORLD_ASSETS } from '../dist/sim/market/live/assets.js'
import { newWorld } from '../dist/sim/market/live/world.js'
import { binance } from '../dist/sim/servers/binance/binance.js'

const perSecond = Number(process.argv[2])
/** Trades go out in such steps; a real venue's bursts are no finer. */
const STEP_MS = 5
const HOUR_MS = 3_600_000

const startAt = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
const world = newWorld({
  seed: 'firehose',
  assets: WORLD_ASSETS,
  venues: ['binance'],
  startAt,
  rate: 0.01,
  pastHours: 2,
})
const market = world.venues.get('binance')
const perps = market.listings.filter((listing) => listing.market === 'perp')
const heads = perps.map(({ name }) => `{"e":"aggTrade","s":"${name}","p":"100.10","q":"0.250","nq":"0.250","m":`)
const ids = perps.map(() => 0)

const server = createServer((request, response) => {
  world.advanceTo(Date.now())
  const url = new URL(request.url, 'http://127.0.0.1')
  const ask = { method: 'GET', path: url.pathname, query: url.searchParams, body: undefined, header: () => undefined }
  // The trades of the firehose are not kept: whoever misses one has lost it.
  const answer = url.pathname.endsWith('/aggTrades') ? { status: 200, body: [] } : binance.answer(ask, market)
  response
    .writeHead(answer?.status ?? 404, { 'content-type': 'application/json' })
    .end(JSON.stringify(answer?.body ?? {}))
})
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
const readers = new Set()
/** The connection under each socket: writes are gathered there, as a venue's bursts are. */
const line = new Map()
sockets.on('connection', (socket, request) => {
  socket.on('message', (data) => {
    socket.send(JSON.stringify({ result: null, id: JSON.parse(String(data)).id }))
    // Spot has a connection of its own, and only the one that asks for perpetuals is sent any.
    if (!/^\/(market|public)/.test(request.url)) return
    socket.combined = request.url.includes('/stream')
    line.set(socket, request.socket)
    readers.add(socket)
  })
  socket.on('close', () => readers.delete(socket))
})

let sent = 0
let began = 0
let next = 0
let stopped = false

function send(socket, count) {
  line.get(socket).cork()
  const now = Date.now()
  for (let i = 0; i < count; i++) {
    const at = next
    next = (next + 1) % perps.length
    const id = ++ids[at]
    const event = `${heads[at]}${id % 2 === 0},"a":${id},"f":${id},"l":${id},"E":${now},"T":${now},"st":1}`
    socket.send(socket.combined ? `{"stream":"${perps[at].name.toLowerCase()}@aggTrade","data":${event}}` : event)
  }
  line.get(socket).uncork()
  sent += count
}

setInterval(() => {
  const [socket] = readers
  if (socket === undefined || stopped) return
  if (began === 0) began = performance.now()
  const due = Math.floor(((performance.now() - began) / 1000) * perSecond) - sent
  // A reader that is slow makes the sender wait, as a network would.
  if (due > 0 && socket.bufferedAmount < 4_000_000) send(socket, Math.min(due, perSecond / 20))
}, STEP_MS)

createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'stop') stopped = true
  console.log(`sent ${sent} ${(performance.now() - began).toFixed(0)}`)
})
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`))
