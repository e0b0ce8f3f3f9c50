import { createSocket } from 'node:dgram'
import { afterEach, expect, it } from 'vitest'
import { NameUnansweredError, proveName } from './proveName.ts'

const servers: (() => void)[] = []
afterEach(() => {
  for (const close of servers.splice(0)) close()
})

/** A name server on this machine that answers with a code of its protocol, or with nothing at all. */
async function nameServer(code?: number): Promise<string> {
  const socket = createSocket('udp4')
  if (code !== undefined) {
    socket.on('message', (question, from) => {
      const answer = Buffer.from(question)
      answer.writeUInt16BE(0x8180 | code, 2)
      socket.send(answer, from.port, from.address)
    })
  }
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  servers.push(() => socket.close())
  return `127.0.0.1:${socket.address().port}`
}

const NO_SUCH_NAME = 3

it('gives up where a name server is silent, in time', async () => {
  const began = performance.now()
  const silent = [await nameServer(), await nameServer()]
  await expect(proveName('https://venue.example/path', 200, silent)).rejects.toThrow(
    new NameUnansweredError('venue.example', 200),
  )
  expect(performance.now() - began).toBeLessThan(2_000)
})

it('lets pass what a name server knows nothing of: the connection will say so', async () => {
  await proveName('wss://venue.example', 5_000, [await nameServer(NO_SUCH_NAME)])
})

it('asks nobody for what is no name', async () => {
  const silent = [await nameServer()]
  for (const url of ['http://127.0.0.1:1', 'ws://[::1]:1', 'http://localhost:1']) await proveName(url, 50, silent)
})
