import type { RequestListener } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { serveHttp, type Loopback } from '../../test/support/loopback.ts'
import { RateBudget } from '../net/rateBudget.ts'
import type { Publisher } from './publisher.ts'
import { linkPublisher, type PublisherLinkOptions } from './publisherLink.ts'

const open: Loopback[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

const publisher: Publisher = {
  name: 'coingecko',
  base: 'https://example.com/api',
  budget: { limit: 5, windowMs: 60_000 },
  maxBytes: 1000,
  timeoutMs: 2000,
  proof: { path: '/ping', as: 'json', isAnswer: () => true },
}

/** A link to a server that answers by `listener`; what was asked is written down. */
async function linked(listener: RequestListener, options: PublisherLinkOptions = {}) {
  const asked: string[] = []
  const server = await serveHttp((request, response) => {
    asked.push(request.url ?? '')
    listener(request, response)
  })
  open.push(server)
  const base = `${server.http}/api/`
  return { asked, link: linkPublisher(publisher, { base, retry: { tries: 1 }, ...options }) }
}

const answering =
  (status: number, body: string, headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(status, headers).end(body)

describe('a link to a publisher', () => {
  it('asks a door behind the address, with its query', async () => {
    const { link, asked } = await linked(answering(200, '{"a":1}'))
    expect(await link.ask('/coins', { ids: 'a,b', days: 7 })).toEqual({ json: { a: 1 }, simulated: false })
    await link.ask('/ping')
    expect(asked).toEqual(['/api/coins?ids=a%2Cb&days=7', '/api/ping'])
  })

  it('gives text as it came, a page too, and asks for it as such', async () => {
    const accepted: (string | undefined)[] = []
    const { link, asked } = await linked((request, response) => {
      accepted.push(request.headers.accept)
      response.setHeader('x-simulated', 'yes')
      response.end('a,b\n1,2\n')
    })
    expect(await link.askText('/table.csv', { id: 'DFF' })).toEqual({ text: 'a,b\n1,2\n', simulated: true })
    expect([asked, accepted]).toEqual([['/api/table.csv?id=DFF'], ['text/csv, text/plain, */*']])
  })

  it('refuses text of a status as it does JSON', async () => {
    const { link } = await linked(answering(404, '<html>no such series</html>'))
    await expect(link.askText('/table.csv')).rejects.toMatchObject({ code: 'REQUEST_REFUSED' })
  })

  it('knows an answer of a simulation', async () => {
    const { link } = await linked(answering(200, '{}', { 'x-simulated': 'yes' }))
    expect(await link.ask('/ping')).toEqual({ json: {}, simulated: true })
  })

  it.each([
    ['a page with status 200', 200, '<html>hello</html>', 'NOT_JSON', /a page instead of JSON/],
    ['nothing', 200, '', 'NOT_JSON', /answered with nothing/],
    ['half an answer', 200, '{"prices":[[1,', 'NOT_JSON', /broken JSON/],
    ['a refusal', 404, '{"error":"coin not found"}', 'REQUEST_REFUSED', /coin not found/],
    ['a failure', 503, 'busy', 'SERVER_FAILED', /failed \(503\)/],
    ['a block', 403, '<html>1020</html>', 'SITE_DENIED', /denies access/],
    ['too much', 200, `"${'x'.repeat(2000)}"`, 'ANSWER_TOO_LONG', /longer than 1000 bytes/],
  ])('names %s', async (_what, status, body, code, message) => {
    const { link } = await linked(answering(status, body))
    await expect(link.ask('/ping')).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string })
  })

  it('waits as long as it is told, tells why, and asks again', async () => {
    const answers = [answering(429, '{}', { 'retry-after': '0' }), answering(200, '{}')]
    const told: string[] = []
    const { link, asked } = await linked((...each) => answers.shift()!(...each), {
      retry: { firstMs: 1, onRetry: ({ code }) => told.push(code) },
    })
    expect(await link.ask('/ping')).toMatchObject({ json: {} })
    expect([asked.length, told]).toEqual([2, ['RATE_LIMITED']])
  })

  it('gives up where the wait is longer than anybody sits before a command', async () => {
    const { link, asked } = await linked(answering(429, '{}', { 'retry-after': '3600' }), { retry: { firstMs: 1 } })
    await expect(link.ask('/ping')).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 3_600_000 })
    expect(asked).toHaveLength(1)
  })

  it('spends its budget on every question, and shuts it when it was asked too often', async () => {
    const spent: number[] = []
    const shut: number[] = []
    const budget = {
      take: (weight: number) => Promise.resolve(void spent.push(weight)),
      block: (ms: number) => void shut.push(ms),
    }
    const { link } = await linked(answering(429, '{}', { 'retry-after': '7' }), { budget })
    await expect(link.ask('/ping')).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    expect([spent, shut]).toEqual([[1], [7000]])
  })

  it('asks at most four times in any minute, where it may five times', async () => {
    let now = 0
    const at: number[] = []
    const budget = new RateBudget(
      publisher.budget,
      () => now,
      (ms) => Promise.resolve(void (now += ms)),
    )
    const { link } = await linked(
      (_, response) => {
        at.push(now)
        response.end('{}')
      },
      { budget },
    )
    for (let i = 0; i < 8; i++) await link.ask('/ping')
    const inWindow = at.map((from) => at.filter((each) => each >= from && each < from + 60_000).length)
    expect(Math.max(...inWindow)).toBeLessThanOrEqual(4)
    expect(at.at(-1)).toBeCloseTo(140_000, -1)
  })
})
