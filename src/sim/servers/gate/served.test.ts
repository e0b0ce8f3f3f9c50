import { once } from 'node:events'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { simulated } from '../../../../test/support/simulated.ts'

const { servers } = await simulated({ venues: ['gate'], assets: 1, rate: 50, minutesBefore: 1, pastHours: 2 })
const port = servers.get('gate')?.port ?? 0
const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`)

it('every answer tells how much may be asked yet, and one too many is refused until the reset', async () => {
  const answers: Response[] = []
  for (let i = 0; i < 201; i++) answers.push(await get('/api/v4/spot/time'))
  const remain = answers.map(({ headers }) => Number(headers.get('x-gate-ratelimit-requests-remain')))
  expect(remain.slice(0, 200)).toEqual(Array.from({ length: 200 }, (_, i) => 199 - i))
  expect(answers.map(({ status }) => status).filter((status) => status !== 200)).toEqual([429])
  const last = answers[200]!
  expect(await last.json()).toEqual({ label: 'TOO_MANY_REQUESTS', message: 'Request Rate limit exceeded' })
  expect(Number(last.headers.get('x-gate-ratelimit-reset-timestamp'))).toBeGreaterThan(Date.now())
  expect((await get('/api/v4/spot/currency_pairs')).status).toBe(200)
})

it('a path that is no door is not found', async () =>
  expect((await get('/api/v4/futures/usdt/nothing')).status).toBe(404))

it('sizes on a socket are as the header of its handshake asks', async () => {
  const sizeOf = async (headers: Readonly<Record<string, string>>): Promise<unknown> => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v4/ws/usdt`, { headers })
    await once(socket, 'open')
    socket.send(JSON.stringify({ time: 1, channel: 'futures.trades', event: 'subscribe', payload: ['BTC_USDT'] }))
    await once(socket, 'message')
    const [message] = (await once(socket, 'message')) as [Buffer]
    socket.close()
    return (JSON.parse(String(message)) as { result: [{ size: unknown }] }).result[0].size
  }
  expect(await sizeOf({ 'X-Gate-Size-Decimal': '1' })).toBeTypeOf('string')
  expect(await sizeOf({})).toBeTypeOf('number')
})
