import { getEventListeners } from 'node:events'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws'
import { listening, serveHttp, serveTcp, type Loopback } from '../../test/support/loopback.ts'
import { openSocket, type SocketConnection, type SocketRequest } from './socketMessages.ts'

const open: Loopback[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

const kept = (server: Loopback): Loopback => {
  open.push(server)
  return server
}

/** A WebSocket server that does this with every connection. */
async function serving(onSocket: (socket: WebSocket) => void, options: ServerOptions = {}): Promise<Loopback> {
  const server = createServer()
  new WebSocketServer({ server, ...options }).on('connection', onSocket)
  return kept(await listening(server))
}

/** A connection to it. */
async function connected(server: Loopback, request: Partial<SocketRequest> = {}): Promise<SocketConnection> {
  return openSocket({ url: `${server.ws}/ws?secret=1`, hosts: [], ...request })
}

const texts = (batch: readonly { readonly text: string }[]): string[] => batch.map(({ text }) => text)

/** Everything that comes, until the connection ends, and why it ended. */
async function readAll({ messages }: SocketConnection): Promise<{ texts: string[]; error: unknown }> {
  const all: string[] = []
  try {
    for await (const batch of messages) all.push(...texts(batch))
  } catch (error) {
    return { texts: all, error }
  }
  return { texts: all, error: undefined }
}

const failed = (why: string): object => ({
  name: 'SocketFailedError',
  code: 'SOCKET_FAILED',
  retry: 'later',
  message: expect.stringContaining(why) as string,
})

describe('a connection', () => {
  it('gives what is sent, from the first message on, with the time it came', async () => {
    const server = await serving((socket) => {
      for (const text of ['a', 'b', 'ü']) socket.send(text)
    })
    const begin = performance.now()
    const connection = await connected(server)
    const seen: string[] = []
    for await (const batch of connection.messages) {
      for (const { text, receivedAt } of batch) {
        seen.push(text)
        expect(receivedAt).toBeGreaterThanOrEqual(begin)
      }
      if (seen.length === 3) break
    }
    expect(seen).toEqual(['a', 'b', 'ü'])
  })

  it('sends', async () => {
    const server = await serving((socket) => socket.on('message', (data) => socket.send(`got ${String(data)}`)))
    const connection = await connected(server)
    connection.send('hello')
    for await (const batch of connection.messages) {
      expect(texts(batch)).toEqual(['got hello'])
      break
    }
  })

  it('ends when its reader leaves', async () => {
    const server = await serving((socket) => socket.send('a'))
    const connection = await connected(server)
    for await (const _ of connection.messages) break
    await expect.poll(() => server.sockets.size).toBe(0)
  })

  it('gives everything that came before it says that it is closed, and with what', async () => {
    const server = await serving((socket) => {
      for (let i = 0; i < 100; i++) socket.send(String(i))
      socket.close(1008, 'too many\u001b requests')
    })
    const { texts: all, error } = await readAll(await connected(server))
    expect(all).toHaveLength(100)
    expect(error).toMatchObject(failed('closed with 1008 "too many requests"'))
    expect((error as Error).message).not.toContain('secret')
  })

  it('says that it was cut where no close frame came', async () => {
    const server = await serving((socket) => socket.terminate())
    expect((await readAll(await connected(server))).error).toMatchObject(failed('it was cut'))
  })

  it('says that it was cut where the other side only stops sending', async () => {
    const halves: Socket[] = []
    const server = createServer()
    const sockets = new WebSocketServer({ server })
    sockets.on('connection', (_, request) => {
      halves.push(request.socket)
      request.socket.end()
    })
    const connection = await connected(kept(await listening(server)))
    expect((await readAll(connection)).error).toMatchObject(failed('it was cut'))
    expect(halves).toHaveLength(1)
  })

  it('is given up where the other side answers nothing any more', async () => {
    const server = await serving((socket) => socket.send('a'), { autoPong: false })
    const connection = await connected(server, { pingEveryMs: 10 })
    const { texts: all, error } = await readAll(connection)
    expect(all).toEqual(['a'])
    expect(error).toMatchObject(failed('it answers no ping'))
    await expect.poll(() => server.sockets.size).toBe(0)
  })

  it('lives on while pongs come, or anything else', async () => {
    let pings = 0
    const answering = await serving((socket) => socket.on('ping', () => ++pings === 6 && socket.close(1000)))
    expect((await readAll(await connected(answering, { pingEveryMs: 5 }))).error).toMatchObject(failed('with 1000'))
    let sent = 0
    const talking = await serving(
      (socket) => socket.on('ping', () => (++sent === 6 ? socket.close(1000) : socket.send('x'))),
      { autoPong: false },
    )
    expect((await readAll(await connected(talking, { pingEveryMs: 5 }))).error).toMatchObject(failed('with 1000'))
  })

  it('is given up with a reason of ours', async () => {
    const connection = await connected(await serving(() => undefined))
    connection.drop('nothing comes')
    expect((await readAll(connection)).error).toMatchObject(failed('nothing comes'))
    expect(() => connection.send('too late')).not.toThrow()
  })

  it('ends with the reason of an abort, and leaves nothing on the signal', async () => {
    const stop = new AbortController()
    const reason = new Error('enough')
    const server = await serving(() => undefined)
    const connection = await connected(server, { signal: stop.signal })
    stop.abort(reason)
    expect((await readAll(connection)).error).toBe(reason)
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0)
    await expect.poll(() => server.sockets.size).toBe(0)
  })

  it('refuses a message that is too long', async () => {
    const server = await serving((socket) => socket.send(Buffer.alloc(65 * 1024 ** 2)))
    expect((await readAll(await connected(server))).error).toMatchObject(failed('Max payload size exceeded'))
  })
})

describe('a reader that is slow', () => {
  const MESSAGES = 4_000
  const text = 'x'.repeat(20_000)

  it('lets the other side wait, and loses nothing', async () => {
    let progressAt = Infinity
    let sent = 0
    const server = await serving((socket) => {
      const more = (): void => {
        if (socket.bufferedAmount < 1_000_000 && sent < MESSAGES) {
          progressAt = performance.now()
          for (let i = 0; i < 100; i++) socket.send(`${sent++} ${text}`)
        }
        if (sent < MESSAGES || socket.bufferedAmount > 0) setImmediate(more)
        else socket.close(1000)
      }
      more()
    })
    const connection = await connected(server, { maxHeld: 50, pingEveryMs: 5 })
    // Nobody reads until the other side is stuck. That pings are not heard answered meanwhile is no fault of it.
    await expect.poll(() => performance.now() - progressAt, { interval: 10, timeout: 5_000 }).toBeGreaterThan(50)
    expect(sent).toBeLessThan(MESSAGES)
    const ids: number[] = []
    let longest = 0
    try {
      for await (const batch of connection.messages) {
        longest = Math.max(longest, batch.length)
        for (const each of batch) ids.push(Number(each.text.split(' ')[0]))
      }
    } catch (error) {
      expect(error).toMatchObject(failed('closed with 1000'))
    }
    expect(ids).toEqual(Array.from({ length: MESSAGES }, (_, i) => i))
    // What was on its way when the connection was told to wait still comes: little, against all that was sent.
    expect(longest).toBeLessThan(200)
  })
})

describe('a connection that cannot be opened', () => {
  const opening = (url: string, request: Partial<SocketRequest> = {}): Promise<unknown> =>
    openSocket({ url, hosts: ['stream.binance.com'], ...request })

  it('says what the handshake was answered with', async () => {
    const server = kept(await serveHttp((_, response) => void response.writeHead(403).end('no')))
    await expect(opening(server.ws)).rejects.toMatchObject(failed('it answered the handshake with 403'))
    await expect.poll(() => server.sockets.size).toBe(0)
  })

  it('says when it may be tried again', async () => {
    const server = kept(await serveHttp((_, response) => void response.writeHead(429, { 'retry-after': '9' }).end()))
    await expect(opening(server.ws)).rejects.toMatchObject({ retryAfterMs: 9_000 })
  })

  it('says that nobody listens', async () => {
    const server = await serveHttp(() => undefined)
    await server.close()
    await expect(opening(server.ws)).rejects.toMatchObject(failed('ECONNREFUSED'))
  })

  it('says that the handshake takes too long', async () => {
    const server = kept(await serveTcp(() => undefined))
    const late = opening(server.ws, { connectTimeoutMs: 30 })
    await expect(late).rejects.toMatchObject(failed('handshake has timed out'))
  })

  it('says that it was cut in the handshake', async () => {
    const server = kept(await serveTcp((socket) => void socket.destroy()))
    await expect(opening(server.ws)).rejects.toMatchObject({ name: 'SocketFailedError' })
  })

  it('ends with the reason of an abort', async () => {
    const stop = new AbortController()
    const reason = new Error('enough')
    const server = kept(await serveTcp(() => stop.abort(reason)))
    await expect(opening(server.ws, { signal: stop.signal })).rejects.toBe(reason)
    await expect(opening(server.ws, { signal: stop.signal })).rejects.toBe(reason)
  })

  it('is not even tried where the host is not named', async () => {
    await expect(opening('wss://elsewhere.example/ws')).rejects.toMatchObject({ name: 'AddressRefusedError' })
  })
})
