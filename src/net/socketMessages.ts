import { WebSocket } from 'ws'
import { DeskError } from '../core/errors.ts'
import { checkAddress } from './checkAddress.ts'

/** A message with the time it came in, by `performance.now()`. */
export interface SocketMessage {
  readonly text: string
  readonly receivedAt: number
}

export interface SocketRequest {
  readonly url: string
  /** Hosts that may be connected to; a loopback address always may. */
  readonly hosts: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
  readonly connectTimeoutMs?: number
  /** Messages held at most before the connection is told to wait. */
  readonly maxHeld?: number
  /** How often a protocol ping is sent; a connection that answers none of two is given up. 0 for none. */
  readonly pingEveryMs?: number
  readonly signal?: AbortSignal
}

/** An open connection: what it sends, in the batches in which it came, and a way to send. */
export interface SocketConnection {
  /** Ends by throwing: a connection that ends is an error, unless it was ended by the signal. */
  readonly messages: AsyncIterable<readonly SocketMessage[]>
  send(text: string): void
  /** Gives the connection up with a reason, as if it had been cut. */
  drop(why: string): void
}

const CONNECT_TIMEOUT_MS = 10_000
const MAX_HELD = 50_000
const PING_EVERY_MS = 10_000

/**
 * Opens a WebSocket.
 * @throws {SocketFailedError} it cannot be opened
 */
export function openSocket(request: SocketRequest): Promise<SocketConnection> {
  checkAddress(request.url, request.hosts)
  request.signal?.throwIfAborted()
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(request.url, {
      handshakeTimeout: request.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
      perMessageDeflate: false,
      headers: request.headers ?? {},
      maxPayload: 64 * 1024 ** 2,
    })
    // Messages may come together with the handshake's end, so the reader stands before the door opens.
    const connection = new Connection(socket, request)
    socket.once('open', () => resolve(connection))
    connection.failed.catch(reject)
  })
}

class Connection implements SocketConnection {
  readonly #socket: WebSocket
  readonly #url: string
  readonly #maxHeld: number
  readonly #signal: AbortSignal | undefined
  #held: SocketMessage[] = []
  #error: unknown
  #wake: (() => void) | undefined
  #pinger: NodeJS.Timeout | undefined
  #unanswered = 0
  /** Rejects when the connection is over. */
  readonly failed: Promise<never>
  #fail: (error: unknown) => void = () => undefined

  constructor(socket: WebSocket, request: SocketRequest) {
    this.#socket = socket
    this.#url = request.url
    this.#maxHeld = request.maxHeld ?? MAX_HELD
    this.#signal = request.signal
    this.failed = new Promise((_, reject) => (this.#fail = reject))
    this.failed.catch(() => undefined)
    socket.on('message', (data) => this.#take(String(data)))
    socket.on('pong', () => (this.#unanswered = 0))
    socket.on('error', (cause) => this.#end(new SocketFailedError(this.#url, cause.message, cause)))
    socket.on('unexpected-response', (_, response) => {
      this.#end(new SocketFailedError(this.#url, `it answered the handshake with ${response.statusCode}`))
    })
    socket.on('close', (code, reason) => {
      const why = `closed with ${code}${reason.length === 0 ? '' : ` "${String(reason)}"`}`
      this.#end(new SocketFailedError(this.#url, why))
    })
    this.#signal?.addEventListener('abort', this.#onAbort)
    const every = request.pingEveryMs ?? PING_EVERY_MS
    if (every > 0) this.#pinger = setInterval(() => this.#ping(), every)
  }

  get messages(): AsyncIterable<readonly SocketMessage[]> {
    return this.#read()
  }

  send(text: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text)
  }

  drop(why: string): void {
    this.#end(new SocketFailedError(this.#url, why))
  }

  async *#read(): AsyncGenerator<readonly SocketMessage[]> {
    for (;;) {
      if (this.#held.length > 0) {
        const batch = this.#held
        this.#held = []
        if (this.#socket.isPaused) this.#socket.resume()
        yield batch
      } else if (this.#error !== undefined) throw this.#error
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  #take(text: string): void {
    this.#held.push({ text, receivedAt: performance.now() })
    // The other side then feels that we are slow, as it must; nothing is dropped here.
    if (this.#held.length >= this.#maxHeld && !this.#socket.isPaused) this.#socket.pause()
    this.#awake()
  }

  readonly #onAbort = (): void => this.#end(this.#signal?.reason)

  #ping(): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return
    if (this.#unanswered >= 2) return this.drop('it answers no ping')
    this.#unanswered++
    this.#socket.ping()
  }

  #end(error: unknown): void {
    if (this.#error !== undefined) return
    this.#error = error
    clearInterval(this.#pinger)
    this.#signal?.removeEventListener('abort', this.#onAbort)
    // No handshake of closing: a half-closed connection would never answer it.
    this.#socket.terminate()
    this.#fail(error)
    this.#awake()
  }

  #awake(): void {
    this.#wake?.()
    this.#wake = undefined
  }
}

/** A connection that could not be opened, or that ended. */
export class SocketFailedError extends DeskError {
  constructor(url: string, why: string, cause?: unknown) {
    super('SOCKET_FAILED', `the connection to "${url.split('?')[0]}" failed: ${why}`, { cause, retry: 'later' })
  }
}
