import { WebSocket } from 'ws'
import { DeskError, type DeskErrorOptions } from '../core/errors.ts'
import { readRetryAfter } from './statusError.ts'
import { checkAddress } from './checkAddress.ts'
import { onOneLine } from './onOneLine.ts'

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
  /** How often a protocol ping is sent; a connection that sends nothing at all after two of them is given up. 0 for none. */
  readonly pingEveryMs?: number
  readonly signal?: AbortSignal
}

/** An open connection: what it sends, in the batches in which it came, and a way to send. */
export interface SocketConnection {
  /**
   * For one reader. Ends by throwing, after everything that came: why the connection ended, or what the signal was aborted
   * with. A reader that leaves ends the connection.
   */
  readonly messages: AsyncIterable<readonly SocketMessage[]>
  /** Sends, where the connection is still open; where it is not, reading says so. */
  send(text: string): void
  /** Gives the connection up with a reason, as if it had been cut. */
  drop(why: string): void
}

const CONNECT_TIMEOUT_MS = 10_000
const MAX_HELD = 5_000
const PING_EVERY_MS = 10_000

/**
 * Opens a WebSocket. No redirect is followed.
 * @throws {AddressRefusedError} the host is not one that may be connected to
 * @throws {SocketFailedError} it cannot be opened
 * @throws whatever the signal was aborted with
 */
export async function openSocket(request: SocketRequest): Promise<SocketConnection> {
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
    socket.on('error', (cause) => this.#end(new SocketFailedError(this.#url, reasonOf(cause), { cause })))
    socket.on('unexpected-response', (_, { statusCode, headers }) => {
      const retryAfterMs = readRetryAfter(headers['retry-after']) ?? (DENIED.has(statusCode) ? DENIED_MS : undefined)
      const why = `it answered the handshake with ${statusCode}`
      const retry = retryAfterMs === undefined ? {} : { retryAfterMs }
      this.#end(new SocketFailedError(this.#url, why, { ...retry, status: statusCode ?? 0 }))
    })
    socket.on('close', (code, reason) => this.#end(new SocketFailedError(this.#url, sayClose(code, String(reason)))))
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
    try {
      for (;;) {
        if (this.#held.length > 0) {
          const batch = this.#held
          this.#held = []
          if (this.#socket.isPaused) this.#socket.resume()
          yield batch
        } else if (this.#error !== undefined) throw this.#error
        // Behind whatever else has come about meanwhile: a flood of messages must not keep all other work waiting.
        else await new Promise<void>((resolve) => (this.#wake = () => setImmediate(resolve)))
      }
    } finally {
      this.drop('its reader left')
    }
  }

  #take(text: string): void {
    this.#unanswered = 0
    this.#held.push({ text, receivedAt: performance.now() })
    // The other side then feels that we are slow, as it must; nothing is dropped here.
    if (this.#held.length >= this.#maxHeld && !this.#socket.isPaused) this.#socket.pause()
    this.#awake()
  }

  readonly #onAbort = (): void => this.#end(this.#signal?.reason)

  #ping(): void {
    // While we do not read we cannot see its answers.
    if (this.#socket.readyState !== WebSocket.OPEN || this.#socket.isPaused) return
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

/** Who is not let in is not let in a moment later either. */
const DENIED: ReadonlySet<number | undefined> = new Set([403, 451])
const DENIED_MS = 60_000

/** No close frame came: the connection was cut. */
const NO_CLOSE_FRAME = 1006

const sayClose = (code: number, reason: string): string => {
  if (code === NO_CLOSE_FRAME) return 'it was cut'
  const plain = onOneLine(reason)
  return plain === '' ? `closed with ${code}` : `closed with ${code} "${plain}"`
}

/** Some errors of a connection hold only a code. */
const reasonOf = (cause: Error): string =>
  cause.message === '' && 'code' in cause ? String(cause.code) : cause.message

/** A connection that could not be opened, or that ended. */
export class SocketFailedError extends DeskError {
  /** Of the answer to the handshake, where that was no socket. */
  readonly status: number | undefined

  constructor(
    url: string,
    why: string,
    { status, ...options }: Pick<DeskErrorOptions, 'cause' | 'retryAfterMs'> & { readonly status?: number } = {},
  ) {
    super('SOCKET_FAILED', `the connection to "${url.split('?')[0]}" failed: ${why}`, { ...options, retry: 'later' })
    this.status = status
  }
}
