import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DeskError } from '../core/errors.ts'
import type { HeldEngine } from './engine.ts'
import type { FrontAddress } from './frontFile.ts'
import { carry, OUTCOME, outcomeOf, parseQuestion } from './frontWire.ts'

const BODY_BYTES = 1024 ** 2
/** A guest that takes nothing for so long is let go, so that the next is served. */
const STALL_MS = 10_000
const CONNECTIONS = 64

export interface Front extends FrontAddress {
  /** Lets go of every guest and ends. Safe to call more than once. */
  close(): Promise<void>
}

export interface FrontOptions {
  readonly stallMs?: number
}

/**
 * Lets other processes of this user read through the engine of this one: over HTTP on the loopback address, a free port,
 * with a token. `POST /` with a question gives the answer's Native blocks as they come; how it ended is in a trailer, since
 * a query can fail after its first rows. A guest that goes away ends its query.
 * @throws {FrontError} no port can be had
 */
export async function openFront(engine: HeldEngine, { stallMs = STALL_MS }: FrontOptions = {}): Promise<Front> {
  const token = randomBytes(32).toString('base64url')
  const answering = new Set<Promise<void>>()
  const server = createServer((request, response) => {
    const answer = answerGuest({ engine, token, stallMs }, request, response)
    answering.add(answer)
    void answer.finally(() => answering.delete(answer))
  })
  server.maxConnections = CONNECTIONS
  const port = await listen(server)
  const close = async (): Promise<void> => {
    server.close()
    server.closeAllConnections()
    await Promise.all(answering)
  }
  return { address: `http://127.0.0.1:${port}`, token, close }
}

async function listen(server: Server): Promise<number> {
  try {
    await once(server.listen(0, '127.0.0.1'), 'listening')
  } catch (cause) {
    throw new FrontError(cause as Error)
  }
  // A connection that cannot be taken, for want of descriptors, is the loss of that guest and not of the holder.
  server.on('error', () => undefined)
  return (server.address() as AddressInfo).port
}

interface Serving {
  readonly engine: HeldEngine
  readonly token: string
  readonly stallMs: number
}

/** Answers one request, whatever comes; never fails. */
async function answerGuest(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  try {
    refuseStranger(request, serving.token)
    const { sql, ...options } = parseQuestion(await readBody(request))
    // At once, so that the guest knows that somebody listens, however long the query takes.
    response.writeHead(200, { 'content-type': 'application/octet-stream', trailer: OUTCOME }).flushHeaders()
    await serving.engine.readBlocks(sql, { ...options, signal: gone.signal }, (block) =>
      hand(response, block, { gone: gone.signal, stallMs: serving.stallMs }),
    )
    response.addTrailers({ [OUTCOME]: outcomeOf(undefined) })
    response.end()
  } catch (error) {
    sayFailed(response, error)
  }
}

/**
 * A page in a browser of this machine can send requests here, also under a name of its own that resolves to this address;
 * it cannot send our name as the host, nor know the token.
 */
function refuseStranger(request: IncomingMessage, token: string): void {
  const { host, authorization = '' } = request.headers
  const port = request.socket.localPort
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) throw new RefusedError(403, 'not this host')
  if (!timingSafeEqual(digest(authorization), digest(`Bearer ${token}`))) throw new RefusedError(401, 'not this token')
  if (request.url !== '/') throw new RefusedError(404, 'nothing is here; ask with POST /')
  if (request.method !== 'POST') throw new RefusedError(405, 'ask with POST')
}

/** Of one length whatever was sent, as a comparison in constant time wants it. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** The length must be told beforehand, so that nobody is listened to for longer. */
async function readBody(request: IncomingMessage): Promise<string> {
  const { 'content-length': length } = request.headers
  if (length === undefined) throw new RefusedError(411, 'the length of the question is not told')
  if (Number(length) > BODY_BYTES) throw new RefusedError(413, `a question has at most ${BODY_BYTES} bytes`)
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

interface Taking {
  readonly gone: AbortSignal
  readonly stallMs: number
}

/** Hands a block to the guest and waits until it is taken, so that the answer is never whole in this process. */
async function hand(response: ServerResponse, block: Uint8Array, { gone, stallMs }: Taking): Promise<void> {
  if (response.write(block)) return
  const stalled = AbortSignal.timeout(stallMs)
  try {
    await once(response, 'drain', { signal: AbortSignal.any([gone, stalled]) })
  } catch (error) {
    response.destroy()
    throw error
  }
}

function sayFailed(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return
  const carried = carry(error)
  if (response.headersSent) {
    response.addTrailers({ [OUTCOME]: outcomeOf(carried) })
    response.end()
    return
  }
  response.writeHead(statusOf(error), { 'content-type': 'application/json', connection: 'close' })
  response.end(JSON.stringify(carried))
}

function statusOf(error: unknown): number {
  if (error instanceof RefusedError) return error.status
  return error instanceof DeskError ? 400 : 500
}

/** A request that is answered with its status and no more. */
class RefusedError extends DeskError {
  readonly status: number

  constructor(status: number, why: string) {
    super('REFUSED', why)
    this.status = status
  }
}

/** The front of a store cannot be opened. */
export class FrontError extends DeskError {
  constructor(cause: Error) {
    super('FRONT', `the store cannot be opened to other commands on 127.0.0.1: ${cause.message}`, {
      cause,
      retry: 'later',
    })
  }
}
