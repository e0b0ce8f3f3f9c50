import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { VenueMarket } from '../market/live/venueMarket.ts'
import type { Answer, Ask, Line, SocketSession, VenueDoors } from './door.ts'
import { Faults, type Fault } from './faults.ts'
import { RateCounters } from './rateCounters.ts'

/** What a server did, for whoever compares. */
export interface ServerCounts {
  asked: number
  refused: number
  sockets: number
  sent: number
}

/** One simulated venue on loopback: its doors, its sockets, and the faults that are put on it. */
export interface VenueServer {
  readonly venue: string
  readonly port: number
  readonly counts: Readonly<ServerCounts>
  /** When sockets sent their first message, which is their subscription: market time, and the path they are at. */
  readonly subscriptions: readonly { readonly at: number; readonly path: string }[]
  /** Puts a fault on the venue. */
  fault(fault: Fault): void
  /** Ends all faults. */
  mend(): void
  /** Tells every question when it comes, whatever is answered; the answer ends it. */
  onAsk(listener: (ask: Ask) => void): () => void
  /** Tells the sockets that the market's clock has moved on. */
  tick(): void
  close(): Promise<void>
}

/** Starts a venue's server. Port 0 takes a free one. */
export async function serveVenue(doors: VenueDoors, market: VenueMarket, port = 0): Promise<VenueServer> {
  const running = new Running(doors, market)
  await running.listen(port)
  return running
}

/** What a connection without a word of farewell ends with. */
const CUT = 1006

class Running implements VenueServer {
  readonly venue: string
  readonly counts: ServerCounts = { asked: 0, refused: 0, sockets: 0, sent: 0 }
  readonly subscriptions: { readonly at: number; readonly path: string }[] = []
  readonly #doors: VenueDoors
  readonly #market: VenueMarket
  readonly #server: Server
  readonly #upgrades = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  readonly #connections = new Set<Socket>()
  readonly #sessions = new Map<WebSocket, SocketSession>()
  readonly #faults = new Faults()
  readonly #listeners = new Set<(ask: Ask) => void>()
  readonly #counters: RateCounters
  readonly #unsubscribe: () => void

  constructor(doors: VenueDoors, market: VenueMarket) {
    this.venue = doors.venue
    this.#doors = doors
    this.#market = market
    this.#counters = new RateCounters(doors.rate)
    this.#server = createServer((request, response) => void this.#serve(request, response))
    this.#server.keepAliveTimeout = 30_000
    this.#server.on('connection', (socket) => this.#connected(socket))
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
    this.#unsubscribe = market.subscribe((event) => {
      for (const session of this.#sessions.values()) session.event(event)
    })
  }

  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, '127.0.0.1', resolve)
    })
  }

  fault(fault: Fault): void {
    this.#faults.put(fault)
    if (fault.is === 'outage') for (const socket of this.#connections) socket.destroy()
    if (fault.is === 'cut') for (const socket of this.#sessions.keys()) socket.terminate()
    if (fault.is === 'half-closed') this.#halfClose()
  }

  mend(): void {
    this.#faults.clear()
  }

  onAsk(listener: (ask: Ask) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  tick(): void {
    for (const session of this.#sessions.values()) session.tick(this.#market.now())
  }

  close(): Promise<void> {
    this.#unsubscribe()
    for (const socket of this.#connections) socket.destroy()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  #connected(socket: Socket): void {
    if (this.#faults.has('outage')) return void socket.destroy()
    this.#connections.add(socket)
    socket.on('close', () => this.#connections.delete(socket))
    socket.on('error', () => socket.destroy())
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const ask = await askOf(request)
      this.counts.asked++
      for (const listener of this.#listeners) listener(ask)
      const answer = this.#faults.answer(ask) ?? this.#answer(ask)
      const body = this.#faults.spoil(ask, typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
      const isPage = typeof answer.body === 'string'
      response.writeHead(answer.status, {
        'content-type': isPage ? 'text/html' : 'application/json',
        ...answer.headers,
      })
      response.end(body)
    } catch {
      response.destroy()
    }
  }

  #answer(ask: Ask): Answer {
    const { counter, waitMs, used } = this.#counters.count(ask)
    if (waitMs > 0) {
      this.counts.refused++
      return this.#counted(this.#doors.rate.refuse(waitMs, counter), used, counter)
    }
    const answer = this.#doors.answer(ask, this.#market) ?? this.#doors.notFound
    const added = this.#doors.rate.weighAnswer?.(ask, answer) ?? 0
    this.#counters.add(counter, added)
    return this.#counted(answer, used + added, counter)
  }

  #counted(answer: Answer, used: number, counter: string): Answer {
    return { ...answer, headers: { ...this.#doors.rate.headers(used, counter), ...answer.headers } }
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refused = this.#faults.answer({ path: request.url ?? '/', body: undefined })
    if (refused !== undefined) return void socket.end(`HTTP/1.1 ${refused.status} Refused\r\n\r\n`)
    this.#upgrades.handleUpgrade(request, socket, head, (client) => {
      let isAnswering = false
      const send = (message: unknown): void => {
        if (client.readyState !== client.OPEN || (this.#faults.has('silent') && !isAnswering)) return
        this.counts.sent++
        const text = typeof message === 'string' ? message : JSON.stringify(message)
        for (const each of this.#faults.messages(text, request.url ?? '/')) client.send(each)
      }
      const line: Line = {
        header: headersOf(request),
        ping: () => client.ping(),
        close: (code) => (code === CUT ? client.terminate() : client.close(code)),
      }
      const session = this.#doors.connect(request.url ?? '/', send, this.#market, line)
      if (session === undefined) return client.close(1008)
      this.counts.sockets++
      this.#sessions.set(client, session)
      client.once('message', () => this.subscriptions.push({ at: this.#market.now(), path: request.url ?? '/' }))
      client.on('message', (data) => {
        isAnswering = true
        session.message(String(data))
        isAnswering = false
      })
      client.on('close', () => this.#sessions.delete(client))
      client.on('error', () => client.terminate())
    })
  }

  /** The clients believe that they are connected; nothing reaches them, not even the answer to a ping. */
  #halfClose(): void {
    for (const client of this.#sessions.keys()) {
      client.pause()
      client.removeAllListeners('message')
      this.#sessions.delete(client)
    }
  }
}

async function askOf(request: IncomingMessage): Promise<Ask> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    body: text === '' ? undefined : parsed(text),
    header: headersOf(request),
  }
}

const headersOf =
  ({ headers }: IncomingMessage): Ask['header'] =>
  (name) => {
    const value = headers[name]
    return Array.isArray(value) ? value[0] : value
  }

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
