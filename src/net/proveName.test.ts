import { createSocket } from 'node:dgram'
import { afterEach, expect, it } from 'vitest'
import { NameNotResolvedError, proveName } from './proveName.ts'

const servers: (() => void)[] = []
afterEach(() => {
  for (const close of servers.splice(0)) close()
})

/** A name server on this machine that answers with a code of its protocol, or with nothing at all. */
async function nameServer(code?: number): Promise<string> {
  const socket = createSocket('udp4')
  if (code !== undefined) {
    socket.on('message', (question, from) => {
      socket.send(answerTo(question, code), from.port, from.address)
    })
  }
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  servers.push(() => socket.close())
  return `127.0.0.1:${socket.address().port}`
}

const [WELL, NO_SUCH_NAME] = [0, 3]
/** Of RFC 1035: a pointer to the name in the question, kind A or AAAA, class IN, a minute, and the address. */
const ADDRESSES: Readonly<Record<number, string>> = {
  1: 'c00c000100010000003c0004c0000201',
  28: 'c00c001c00010000003c001020010db8000000000000000000000001',
}

/** The question with its header turned into that of an answer, cut behind the name that is asked for. */
function answerTo(question: Buffer, code: number): Buffer {
  const end = question.indexOf(0, 12) + 5
  const answer = Buffer.from(question.subarray(0, end))
  answer.writeUInt16BE(0x8180 | code, 2)
  answer.writeUInt16BE(code === WELL ? 1 : 0, 6)
  answer.writeUInt16BE(0, 10)
  const address = ADDRESSES[answer.readUInt16BE(end - 4)] ?? ''
  return code === WELL ? Buffer.concat([answer, Buffer.from(address, 'hex')]) : answer
}

it('gives up where a name server is silent, in time', async () => {
  const began = performance.now()
  const silent = [await nameServer(), await nameServer()]
  await expect(proveName('https://venue.example/path', { timeoutMs: 200, servers: silent })).rejects.toThrow(
    new NameNotResolvedError('venue.example', 'no name server answers'),
  )
  expect(performance.now() - began).toBeLessThan(2_000)
})

it('says what name servers say of a name that they do not know', async () => {
  const servers = [await nameServer(NO_SUCH_NAME)]
  await expect(proveName('wss://venue.example', { timeoutMs: 5_000, servers })).rejects.toThrow(
    new NameNotResolvedError('venue.example', 'name servers say ENOTFOUND'),
  )
})

it('lets pass a name that is known', async () => {
  await proveName('wss://venue.example', { timeoutMs: 5_000, servers: [await nameServer(WELL)] })
})

it('asks nobody for what is no name', async () => {
  const servers = [await nameServer()]
  for (const url of ['http://127.0.0.1:1', 'ws://[::1]:1', 'http://localhost:1']) {
    await proveName(url, { timeoutMs: 50, servers })
  }
})
