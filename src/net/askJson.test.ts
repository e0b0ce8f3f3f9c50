import { getEventListeners } from 'node:events'
import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { serveHttp, serveTcp, type Loopback } from '../../test/support/loopback.ts'
import { askJson } from './askJson.ts'
import type { HttpRequest } from './httpAnswer.ts'
import { readRetryAfter } from './statusError.ts'

const open: Loopback[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

async function serving(listener: RequestListener): Promise<Loopback> {
  const server = await serveHttp(listener)
  open.push(server)
  return server
}

/** What asking a server that answers like this comes to. */
async function asked(listener: RequestListener, request: Partial<HttpRequest> = {}): Promise<unknown> {
  const { http } = await serving(listener)
  return askJson({ url: `${http}/klines?symbol=SECRET`, hosts: [], ...request }).then(
    ({ json }) => json,
    (error: unknown) => error,
  )
}

const answer =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers).end(body)
  }

describe('an answer', () => {
  it('is its JSON, with its headers', async () => {
    const { http } = await serving(answer(200, '{"a":[1]}', { 'X-MBX-USED-WEIGHT-1M': '7' }))
    const { json, header } = await askJson({ url: http, hosts: [] })
    expect(json).toEqual({ a: [1] })
    expect(header('x-mbx-used-weight-1m')).toBe('7')
    expect(header('retry-after')).toBeUndefined()
  })

  it('may be asked for with a body', async () => {
    const json = await asked(
      (request, response) => {
        const chunks: Buffer[] = []
        request.on('data', (chunk: Buffer) => chunks.push(chunk))
        request.on('end', () => {
          const { method, headers } = request
          const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
          response.end(JSON.stringify({ method, type: headers['content-type'], body }))
        })
      },
      { method: 'POST', body: { type: 'meta' } },
    )
    expect(json).toEqual({ method: 'POST', type: 'application/json', body: { type: 'meta' } })
  })

  it('is read though it comes compressed', async () => {
    const json = await asked((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('[1,2]'))
    })
    expect(json).toEqual([1, 2])
  })
})

describe('a limit', () => {
  it.each([
    [429, 'was asked too often'],
    [418, 'has banned this address for a while'],
  ])('of status %i is told with the seconds to wait', async (status, why) => {
    expect(await asked(answer(status, '{"code":-1003}', { 'Retry-After': '7' }))).toMatchObject({
      name: 'RateLimitedError',
      code: 'RATE_LIMITED',
      retry: 'later',
      retryAfterMs: 7_000,
      message: expect.stringMatching(`klines" ${why} \\(${status}\\); it may be asked again in 7 s`) as string,
    })
  })

  it('that names a date is waited for until then', async () => {
    const at = new Date(Date.now() + 90_000).toUTCString()
    const error = (await asked(answer(429, '', { 'Retry-After': at }))) as { retryAfterMs: number }
    expect(error.retryAfterMs).toBeGreaterThan(60_000)
    expect(error.retryAfterMs).toBeLessThanOrEqual(90_000)
  })

  it('that names no time is waited for a minute', async () => {
    expect(await asked(answer(429, ''))).toMatchObject({ retryAfterMs: 60_000 })
    expect(await asked(answer(418, '', { 'Retry-After': 'soon' }))).toMatchObject({ retryAfterMs: 60_000 })
  })
})

describe('readRetryAfter', () => {
  const now = Date.parse('Thu, 30 Jul 2026 12:00:00 GMT')

  it.each([
    ['120', 120_000],
    [' 1.5 ', 1_500],
    ['0', 0],
    ['Thu, 30 Jul 2026 12:01:00 GMT', 60_000],
    ['Thu, 30 Jul 2026 11:59:00 GMT', 0],
    ['-5', undefined],
    ['2026', 2_026_000],
    ['next 2026', undefined],
    ['', undefined],
    ['Mon, 99 Foo 2026 12:00:00 GMT', undefined],
  ])('reads "%s"', (text, ms) => expect(readRetryAfter(text, now)).toBe(ms))

  it('gives nothing where there is no header', () => expect(readRetryAfter(undefined)).toBeUndefined())
})

describe('a refusal', () => {
  it.each([
    [403, '<html>\n<b>Blocked</b>', 'denies access (403): <html> <b>Blocked</b>'],
    [451, '{"code":0,"msg":"restricted location"}', 'does not serve this place (451): {"code":0'],
  ])('of status %i says that this venue is not to be read from here', async (status, body, why) => {
    expect(await asked(answer(status, body))).toMatchObject({
      name: 'DeniedError',
      hint: expect.stringMatching('--venues') as string,
      message: expect.stringContaining(why) as string,
    })
  })

  it('of the question is for ever, and keeps what the venue said', async () => {
    const body = '{"msg":"parameter \'startTime\' is invalid.","code":-1130}'
    expect(await asked(answer(400, body))).toMatchObject({
      name: 'RequestRefusedError',
      retry: 'never',
      status: 400,
      body,
      message: expect.stringMatching(/klines" refused \(400\): \{"msg"/) as string,
    })
  })

  it('keeps no more than a part of a long one', async () => {
    const error = (await asked(answer(404, 'x'.repeat(100_000)))) as { body: string; message: string }
    expect(error.body).toHaveLength(10_000)
    expect(error.message.length).toBeLessThan(400)
  })

  it('does not steer the terminal that shows it, and shows no query', async () => {
    const { message } = (await asked(answer(404, 'gone\u001b[2J\u0007 \u202eaway'))) as Error
    expect(message).toMatch(/gone \[2J away$/)
    expect(message).not.toContain('SECRET')
  })

  it('by way of another address is not followed', async () => {
    let asks = 0
    const error = await asked((_, response) => {
      asks++
      response.writeHead(302, { location: '/elsewhere' }).end()
    })
    expect(error).toMatchObject({ name: 'RequestRefusedError', status: 302 })
    expect(asks).toBe(1)
  })
})

describe('a venue that fails', () => {
  it.each([500, 502, 503, 504, 408])('with status %i may be asked again', async (status) => {
    expect(await asked(answer(status, 'Bad\nGateway'))).toMatchObject({
      name: 'ServerFailedError',
      retry: 'later',
      retryAfterMs: undefined,
      message: expect.stringContaining(`failed (${status}): Bad Gateway`) as string,
    })
  })

  it('and says when is asked again then', async () => {
    expect(await asked(answer(503, '', { 'Retry-After': '30' }))).toMatchObject({ retryAfterMs: 30_000 })
  })

  it.each([
    ['<!doctype html><title>Maintenance</title>', 'a page instead of JSON'],
    ['[[1499040000000,"0.0163', 'broken JSON'],
    ['', 'nothing'],
    ['  \n', 'nothing'],
  ])('by answering "%s" with status 200 is told so', async (body, what) => {
    expect(await asked(answer(200, body))).toMatchObject({
      name: 'NotJsonError',
      retry: 'later',
      message: expect.stringContaining(`answered with ${what}`) as string,
    })
  })
})

describe('no answer', () => {
  const none = (why: string): object => ({
    name: 'NoAnswerError',
    retry: 'later',
    message: expect.stringContaining(why) as string,
  })

  it('comes of a server that hangs', async () => {
    expect(await asked(() => undefined, { timeoutMs: 40 })).toMatchObject(none('no answer within 0.04 s'))
  })

  it('comes of a server that hangs in the middle of its answer', async () => {
    const half: RequestListener = (_, response) => void response.writeHead(200).write('[1,')
    expect(await asked(half, { timeoutMs: 40 })).toMatchObject(none('no answer within 0.04 s'))
  })

  it('comes of a connection that is cut before the answer', async () => {
    expect(await asked((_, response) => void response.destroy())).toMatchObject(none('does not answer'))
  })

  it('comes of a connection that is cut in the middle of the answer', async () => {
    const cut: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('[1,', () => response.destroy())
    }
    expect(await asked(cut)).toMatchObject(none('does not answer'))
  })

  it('comes of what is no answer of HTTP', async () => {
    const server = await serveTcp((socket) => void socket.end('hello\r\n\r\n'))
    open.push(server)
    await expect(askJson({ url: server.http, hosts: [] })).rejects.toMatchObject(none('does not answer'))
  })

  it('comes of a port that nobody listens on', async () => {
    const server = await serveHttp(answer(200, ''))
    await server.close()
    await expect(askJson({ url: server.http, hosts: [] })).rejects.toMatchObject(none('ECONNREFUSED'))
  })
})

describe('an answer that will not end', () => {
  it('is given up, and nothing more of it is taken', async () => {
    const chunk = Buffer.alloc(10_000, 0x20)
    let close = (): void => undefined
    const closed = new Promise<void>((resolve) => (close = resolve))
    const endless: RequestListener = (_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      }
      response.on('drain', more).on('close', () => close())
      more()
    }
    expect(await asked(endless, { maxBytes: 50_000 })).toMatchObject({ name: 'TooLongAnswerError', retry: 'later' })
    await closed
  })
})

describe('an abort', () => {
  it('ends a question with its own reason', async () => {
    const reason = new Error('enough')
    const stop = new AbortController()
    const { http } = await serving(() => stop.abort(reason))
    await expect(askJson({ url: http, hosts: [], signal: stop.signal })).rejects.toBe(reason)
  })

  it('before the question keeps it from being asked', async () => {
    let asks = 0
    const { http } = await serving(() => void asks++)
    await expect(askJson({ url: http, hosts: [], signal: AbortSignal.abort() })).rejects.toThrow('aborted')
    expect(asks).toBe(0)
  })

  it('leaves nothing hanging on a signal that lives on', async () => {
    const stop = new AbortController()
    const { http } = await serving(answer(200, '[]'))
    for (let i = 0; i < 3; i++) await askJson({ url: http, hosts: [], signal: stop.signal })
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0)
  })
})

it('no other host than those named is asked', async () => {
  await expect(askJson({ url: 'https://elsewhere.example/time', hosts: ['api.binance.com'] })).rejects.toMatchObject({
    name: 'AddressRefusedError',
  })
})
