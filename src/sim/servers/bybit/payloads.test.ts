import { request } from 'node:http'
import { afterAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { fixture } from '../../../../test/support/wire.ts'
import { ruin } from '../../../../test/support/doors.ts'
import { shapeDifferences } from '../../../../test/support/sameShape.ts'
import { simulatedWorld } from '../../../../test/support/simulated.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { RateCounters } from '../rateCounters.ts'
import { serveVenue } from '../venueServer.ts'
import { bybit } from './bybit.ts'

const HOUR = 3_600_000
const PATIENCE_MS = 10_000
const { world, now } = simulatedWorld({ venues: ['bybit'], assets: 3, rate: 0.5, minutesBefore: 10 * 60 })
const market = world.venues.get('bybit') as VenueMarket
const server = await serveVenue(bybit, market)
const linear = market.listing('perp', 'BTCUSDT') as Listing

let at = now
/** When sockets were told that a second has passed. */
const ticks = [now]
function move(ms: number): void {
  at += ms
  world.advanceTo(at)
  if (at - (ticks.at(-1) ?? 0) < 1000) return
  ticks.push(at)
  server.tick()
}

type Json = Readonly<Record<string, unknown>>
const payload = (name: string): Json => fixture('bybit', name).payload as Json
const resultOf = (body: Json): Json & { readonly list: readonly Json[]; readonly nextPageCursor: string } =>
  body['result'] as ReturnType<typeof resultOf>

async function asked(path: string): Promise<{ readonly status: number; readonly text: string; readonly body: Json }> {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`)
  const text = await response.text()
  return { status: response.status, text, body: text.startsWith('{') ? (JSON.parse(text) as Json) : {} }
}

/** An example with fields in every row of its list that the documents name elsewhere. */
function withFields(example: Json, fields: Json): Json {
  const result = resultOf(example)
  return { ...example, result: { ...result, list: result.list.map((row) => ({ ...row, ...fields })) } }
}

/** The one-sided numbers, since 2026-06-11: the printed examples of tickers are older, a captured one has them. */
const captured = (payload('perp-ticker-socket-captured')['data'] ?? {}) as Json
const SINGLE = {
  singleOpenInterest: captured['singleOpenInterest'],
  singleOpenInterestValue: captured['singleOpenInterestValue'],
}
/** In the row of trades since 2025: the captured row of inverse contracts is older. */
const OF_TRADES = { isRPITrade: false, seq: '123456' }
/** In every answer: those who captured left it out. */
const TIME = { time: 1_672_053_054_358 }

const markCandles: Json = {
  // As docs/v5/market/mark-kline.mdx prints it.
  retCode: 0,
  retMsg: 'OK',
  result: {
    symbol: 'BTCUSDT',
    category: 'linear',
    list: [['1670608800000', '17164.16', '17164.16', '17121.5', '17131.64']],
  },
  retExtInfo: {},
  time: 1_672_026_361_839,
}

/** The riskLimit example has no cursor: the changelog of 2024-05-09 adds it. */
const riskLimit = payload('inverse-marginTiers-rest')
const RISK_LIMIT = { ...riskLimit, result: { ...resultOf(riskLimit), nextPageCursor: '' } }

const REST: readonly (readonly [path: string, example: Json])[] = [
  ['/v5/market/time', payload('clock-rest')],
  ['/v5/market/instruments-info?category=linear&symbol=BTCUSDT', payload('perp-instruments-rest')],
  ['/v5/market/instruments-info?category=linear', payload('perp-instruments-rest')],
  ['/v5/market/instruments-info?category=linear&status=PreLaunch', payload('perp-instruments-rest-preLaunch')],
  ['/v5/market/instruments-info?category=inverse&limit=1', payload('perp-instruments-rest')],
  ['/v5/market/instruments-info?category=spot', payload('spot-instruments-rest')],
  ['/v5/market/kline?category=linear&symbol=BTCUSDT&interval=60', payload('inverse-candle-rest')],
  ['/v5/market/kline?category=inverse&symbol=BTCUSD&interval=1', payload('inverse-candle-rest')],
  ['/v5/market/kline?category=spot&symbol=BTCUSDT&interval=D', payload('inverse-candle-rest')],
  ['/v5/market/mark-price-kline?category=linear&symbol=BTCUSDT&interval=5', markCandles],
  ['/v5/market/mark-price-kline?category=inverse&symbol=BTCUSD&interval=D', markCandles],
  ['/v5/market/recent-trade?category=spot&symbol=BTCUSDT', payload('spot-trade-rest')],
  ['/v5/market/recent-trade?category=linear&symbol=BTCUSDT', payload('spot-trade-rest')],
  [
    '/v5/market/recent-trade?category=inverse&symbol=BTCUSD',
    { ...withFields(payload('inverse-trade-rest'), OF_TRADES), ...TIME },
  ],
  ['/v5/market/tickers?category=spot', payload('spot-ticker-rest')],
  ['/v5/market/tickers?category=linear', withFields(payload('inverse-ticker-rest'), SINGLE)],
  ['/v5/market/tickers?category=inverse&symbol=BTCUSD', withFields(payload('inverse-ticker-rest'), SINGLE)],
  [
    '/v5/market/open-interest?category=linear&symbol=BTCUSDT&intervalTime=5min',
    payload('perp-openInterest-history-captured'),
  ],
  ['/v5/market/open-interest?category=inverse&symbol=BTCUSD&intervalTime=1h', payload('inverse-openInterest-history')],
  ['/v5/market/account-ratio?category=linear&symbol=BTCUSDT&period=1h', payload('perp-positioning-accountRatio')],
  ['/v5/market/account-ratio?category=inverse&symbol=BTCUSD&period=5min', payload('perp-positioning-accountRatio')],
  ['/v5/market/funding/history?category=linear&symbol=BTCUSDT', payload('perp-funding-history')],
  ['/v5/market/funding/history?category=inverse&symbol=BTCUSD', payload('perp-funding-history')],
  ['/v5/market/risk-limit?category=inverse&symbol=BTCUSD', RISK_LIMIT],
  ['/v5/market/risk-limit?category=linear', RISK_LIMIT],
  ['/v5/system/status', payload('error-maintenance')],
  ['/v5/market/instruments-info?category=linear&symbol=NOTACOINUSDT', payload('error-badSymbol')],
  ['/v5/market/instruments-info?category=spot&symbol=NOTACOINUSDT', payload('error-badSymbol-spot')],
  ['/v5/market/kline?category=linear&symbol=NOTACOINUSDT&interval=1', payload('error-badSymbol-notSupported')],
]

/** Answers whose list is empty here: nothing is announced, nothing is before its launch, and nothing has that name. */
const EMPTY = /status|NOTACOIN/

it.each(REST)('%s answers in the shape of the documented example', async (path, example) => {
  const { status, body } = await asked(path)
  expect(status).toBe(200)
  expect(shapeDifferences(example, body)).toEqual([])
  if (!EMPTY.test(path) && 'list' in resultOf(body)) expect(resultOf(body).list.length).toBeGreaterThan(0)
})

it.each([
  ['/v5/market/instruments-info?category=linear&symbol=NOTACOINUSDT', 'error-badSymbol'],
  ['/v5/market/instruments-info?category=spot&symbol=NOTACOINUSDT', 'error-badSymbol-spot'],
  ['/v5/market/tickers?category=linear&symbol=NOTACOINUSDT', 'error-badSymbol-notSupported'],
  ['/v5/market/open-interest?category=spot&symbol=BTCUSDT&intervalTime=1h', 'error-badSymbol-notSupported'],
])('%s is refused word for word as documented in %s', async (path, name) => {
  const { body } = await asked(path)
  expect({ ...body, time: 0 }).toEqual({ ...payload(name), time: 0 })
})

it.each([
  ['/v5/market/tickers', 'category'],
  ['/v5/market/kline?symbol=BTCUSDT&interval=7', 'interval'],
  ['/v5/market/kline?symbol=BTCUSDT&interval=1&limit=0', 'limit'],
  ['/v5/market/recent-trade?category=linear&symbol=BTCUSDT&limit=1.5', 'limit'],
  ['/v5/market/open-interest?category=linear&symbol=BTCUSDT&intervalTime=5m', 'intervalTime'],
  ['/v5/market/open-interest?category=linear&symbol=BTCUSDT&intervalTime=5min&limit=x', 'limit'],
  // Encoded twice.
  [
    '/v5/market/open-interest?category=linear&symbol=BTCUSDT&intervalTime=5min&cursor=lastid%253D1%2526lasttime%253D1',
    'cursor',
  ],
  ['/v5/market/instruments-info?category=linear&cursor=first%253DA%2526last%253DB', 'cursor'],
  ['/v5/market/instruments-info?category=linear&limit=x', 'limit'],
  ['/v5/market/account-ratio?category=linear&symbol=BTCUSDT', 'period'],
  ['/v5/market/funding/history?category=linear&symbol=BTCUSDT&limit=x', 'limit'],
  [`/v5/market/funding/history?category=linear&symbol=BTCUSDT&startTime=${now - HOUR}`, 'endTime'],
  ['/v5/market/risk-limit?category=spot', 'category'],
])('%s is refused for its %s', async (path, parameter) => {
  const { status, body } = await asked(path)
  expect([status, body['retCode'], body['retMsg']]).toEqual([200, 10_001, `params error: ${parameter} invalid`])
})

it.each(['/v5/market/nothing', '/v5/market/tickers?category=perp', '/v5/market/kline?category=perp&symbol=BTCUSDT'])(
  '%s is not found',
  async (path) => expect((await asked(path)).status).toBe(404),
)

it('answers a question without category for linear, where that may be left out', async () =>
  expect(resultOf((await asked('/v5/market/kline?symbol=BTCUSDT&interval=1&limit=2')).body)['category']).toBe('linear'))

it('keeps the newest candles of a span that holds more, and both ends belong to it', async () => {
  const end = Math.floor(now / HOUR) * HOUR
  const opens = async (path: string, query: string): Promise<readonly number[]> => {
    const { body } = await asked(`${path}?category=linear&symbol=BTCUSDT&interval=60&${query}`)
    return (resultOf(body).list as unknown as readonly (readonly string[])[]).map(([open]) => Number(open))
  }
  for (const path of ['/v5/market/kline', '/v5/market/mark-price-kline']) {
    expect(await opens(path, `start=${end - 2 * HOUR}&end=${end}`)).toEqual([end, end - HOUR, end - 2 * HOUR])
    expect(await opens(path, `start=${end - 8 * HOUR}&end=${end}&limit=1`)).toEqual([end])
    expect(await opens(path, `start=${end - 8 * HOUR}&limit=2`)).toEqual([end - 7 * HOUR, end - 8 * HOUR])
    expect(await opens(path, `end=${end - HOUR}&limit=2`)).toEqual([end - HOUR, end - 2 * HOUR])
    expect(await opens(path, `start=x`)).toEqual([])
  }
})

it('has mark prices that begin where the price stood when open interest was counted', async () => {
  const { body } = await asked('/v5/market/mark-price-kline?category=linear&symbol=BTCUSDT&interval=5&limit=50')
  const rows = resultOf(body).list as unknown as readonly (readonly string[])[]
  const marks = new Map(market.snapshots(linear).map(({ at: when, mark }) => [String(when), mark]))
  expect(rows).toHaveLength(50)
  for (const [open, first, high, low, close] of rows) {
    expect(Number(first)).toBe(marks.get(open ?? ''))
    expect(Number(high)).toBeGreaterThanOrEqual(Math.max(Number(first), Number(close)))
    expect(Number(low)).toBeLessThanOrEqual(Math.min(Number(first), Number(close)))
  }
  // Each bar ends where the next begins, to a tick.
  for (let i = 1; i < rows.length; i++) {
    expect(Math.abs(Number(rows[i]?.[4]) - Number(rows[i - 1]?.[1]))).toBeLessThanOrEqual(1.001 * linear.tick)
  }
})

it.each([
  ['/v5/market/open-interest?category=linear&symbol=BTCUSDT&intervalTime=15min', 'limit=7'],
  ['/v5/market/account-ratio?category=linear&symbol=BTCUSDT&period=15min', 'limit=7'],
])('%s comes whole by its cursors, handed back as they came', async (path, limit) => {
  const truth = market.snapshots(linear).filter((each) => each.at % 900_000 === 0)
  const found: number[] = []
  const atCuts: number[] = []
  for (let cursor = '', pages = 0; pages === 0 || cursor !== ''; pages++) {
    const { body } = await asked(`${path}&${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`)
    const times = resultOf(body).list.map(({ timestamp }) => Number(timestamp))
    const inSeconds = times.filter((time) => time < 1e12)
    atCuts.push(...inSeconds)
    expect(inSeconds.every((time) => time === times.at(-1))).toBe(true)
    found.push(...times.map((time) => (time < 1e12 ? time * 1000 : time)))
    cursor = resultOf(body).nextPageCursor
  }
  expect(found).toEqual(truth.map((each) => each.at).toReversed())
  // The row at which a page of open interest is cut off has its time in seconds.
  expect(atCuts.length).toBe(path.includes('open-interest') ? Math.ceil(truth.length / 7) - 1 : 0)
})

it('counts open interest on both sides and on one', async () => {
  const { body } = await asked('/v5/market/tickers?category=linear&symbol=BTCUSDT')
  const [row] = resultOf(body).list
  const { longLots, mark } = market.snapshot(linear)
  expect(Number(row?.['singleOpenInterest'])).toBeCloseTo(longLots * linear.lot, 6)
  expect(Number(row?.['openInterest'])).toBeCloseTo(2 * longLots * linear.lot, 6)
  expect(Number(row?.['openInterestValue'])).toBeCloseTo(2 * longLots * linear.lot * mark, 1)
  const inverse = market.listing('perp', 'BTCUSD') as Listing
  const [dollars] = resultOf((await asked('/v5/market/tickers?category=inverse&symbol=BTCUSD')).body).list
  const held = market.snapshot(inverse)
  expect(dollars?.['openInterest']).toBe(String(2 * held.longLots))
  expect(Number(dollars?.['openInterestValue'])).toBeCloseTo((2 * held.longLots) / held.mark, 1)
})

it('lists contracts page by page until a page is empty', async () => {
  const names: unknown[] = []
  let cursor = ''
  do {
    const { body } = await asked(`/v5/market/instruments-info?category=linear&limit=2&cursor=${cursor}`)
    names.push(...resultOf(body).list.map(({ symbol }) => symbol))
    cursor = resultOf(body).nextPageCursor
  } while (cursor !== '')
  expect(names).toEqual(['BTCUSDT', 'ETHUSDT', 'SOLUSDT'])
})

it('forgets an instrument that is taken off the list', async () => {
  market.remove('perp', 'SOLUSDT')
  const { body } = await asked('/v5/market/instruments-info?category=linear&symbol=SOLUSDT')
  expect(body['retCode']).toBe(10_001)
})

// Sockets.

/** A client that keeps what comes. */
async function connected(category: string) {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/v5/public/${category}`)
  const messages: Json[] = []
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString()) as Json))
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  afterAll(() => socket.terminate())
  /** Waits, the market going on meanwhile by so much a time, until a message is as asked. */
  const next = async (isIt: (message: Json) => boolean, ms = 0, meanwhile?: () => void): Promise<Json> => {
    const patience = performance.now() + PATIENCE_MS
    while (performance.now() < patience) {
      const found = messages.findIndex(isIt)
      if (found >= 0) return messages.splice(found, 1)[0] as Json
      meanwhile?.()
      if (ms > 0) move(ms)
      await new Promise((resolve) => setImmediate(resolve))
    }
    throw new RangeError(`nothing like that came, but ${JSON.stringify(messages).slice(0, 500)}`)
  }
  const ask = (request: object | string): Promise<Json> => {
    socket.send(typeof request === 'string' ? request : JSON.stringify(request))
    return next((message) => 'success' in message)
  }
  return { socket, messages, next, ask }
}

const reply = (name: string, which: string): unknown => fixture('bybit', name).replies?.[which]
const ofTopic =
  (topic: string, type?: string) =>
  (message: Json): boolean =>
    message['topic'] === topic && (type === undefined || message['type'] === type)

it.each([
  ['spot', 'spot-candle-socket'],
  ['linear', 'perp-trade-socket'],
  ['inverse', 'inverse-trade-socket'],
])('acks, pongs and refusals on %s are the documented ones', async (category, name) => {
  const symbol = category === 'inverse' ? 'BTCUSD' : 'BTCUSDT'
  const { ask } = await connected(category)
  const said = ({ conn_id, ...rest }: Json): Json => ({ ...rest, conn_id: typeof conn_id })
  const topic = `publicTrade.${symbol}`
  const ack = await ask({ req_id: 'mine', op: 'subscribe', args: [topic] })
  const unnamed = (fields: object): object => (category === 'spot' ? fields : { ...fields, req_id: '' })
  expect(shapeDifferences(reply(name, 'subscribed'), ack)).toEqual([])
  const ret_msg = category === 'spot' ? 'subscribe' : ''
  const of = { conn_id: 'string', op: 'subscribe' }
  expect(said(ack)).toEqual({ success: true, ret_msg, req_id: 'mine', ...of })
  const again = await ask({ req_id: '2', op: 'subscribe', args: [topic] })
  expect(shapeDifferences(reply(name, 'error'), again)).toEqual([])
  expect(said(again)).toEqual({
    success: false,
    ret_msg: `error:already subscribed,topic:${topic}`,
    req_id: '2',
    ...of,
  })
  const unnamedAck = await ask({ op: 'subscribe', args: [`tickers.${symbol}`] })
  expect(said(unnamedAck)).toEqual(unnamed({ success: true, ret_msg, ...of }))
  const pong = await ask({ op: 'ping' })
  expect(shapeDifferences(reply(name, 'pong'), pong)).toEqual([])
  expect(said(pong)).toEqual(unnamed({ success: true, ret_msg: 'pong', conn_id: 'string', op: 'ping' }))
  expect(await ask({ req_id: 'p1', op: 'ping' })).toMatchObject({ ret_msg: 'pong', req_id: 'p1' })
  const unknown = await ask({ op: '' })
  expect(shapeDifferences(payload('error-socket-badOp'), unknown)).toEqual([])
  expect(unknown).toMatchObject({ success: false, ret_msg: 'error:invalid op', request: { op: '', args: null } })
  expect(await ask('no JSON')).toMatchObject({ success: false, ret_msg: 'error:invalid op' })
  expect(await ask('null')).toMatchObject({ success: false, ret_msg: 'error:invalid op' })
})

it('fails a whole request for one unknown topic', async () => {
  const { ask, next, messages } = await connected('linear')
  const refused = await ask({ req_id: '1', op: 'subscribe', args: ['publicTrade.BTCUSDT', 'publicTrade.NAS100USDT'] })
  expect(refused).toMatchObject(payload('error-socket-badTopic'))
  await ask({ op: 'subscribe', args: ['publicTrade.ETHUSDT'] })
  await next(ofTopic('publicTrade.ETHUSDT'), 1000)
  expect(messages.some(ofTopic('publicTrade.BTCUSDT'))).toBe(false)
})

it.each([
  ['linear', 'publicTrade.BTCUSD'],
  ['linear', 'kline.7.BTCUSDT'],
  ['linear', 'kline.BTCUSDT'],
  ['linear', 'tickers.x.BTCUSDT'],
  ['linear', 'liquidation.BTCUSDT'],
  ['spot', 'allLiquidation.BTCUSDT'],
])('has on %s no topic %s', async (category, topic) => {
  const { ask } = await connected(category)
  const answer = await ask({ op: 'subscribe', args: [topic] })
  expect(answer).toMatchObject({ success: false, ret_msg: `error:handler not found,topic:${topic}` })
})

it('takes ten topics a request on spot, and twenty-one thousand characters a connection', async () => {
  const spot = await connected('spot')
  const args = [1, 3, 5, 15, 30, 60, 120, 240, 360, 720, 'D'].map((interval) => `kline.${interval}.BTCUSDT`)
  expect(await spot.ask({ op: 'subscribe', args })).toMatchObject({ success: false, ret_msg: 'args size >10' })
  expect(await spot.ask({ op: 'subscribe', args: args.slice(1) })).toMatchObject({ success: true })
  const perp = await connected('linear')
  expect(await perp.ask({ op: 'subscribe', args })).toMatchObject({ success: true })
  expect(await perp.ask({ op: 'subscribe', args: ['x'.repeat(21_000)] })).toMatchObject({ success: false })
})

it('serves no socket at another path', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/v5/public/perp`)
  expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(1008)
})

/** The printed example of trades has no RPI, which the table beside it lists. */
const PERP_TRADES = (() => {
  const example = payload('perp-trade-socket')
  return { ...example, data: (example['data'] as readonly Json[]).map((row) => ({ ...row, RPI: false })) }
})()

it.each([
  ['spot', 'publicTrade.BTCUSDT', payload('spot-trade-socket-captured')],
  ['linear', 'publicTrade.BTCUSDT', PERP_TRADES],
  ['inverse', 'publicTrade.BTCUSD', PERP_TRADES],
  ['spot', 'kline.5.BTCUSDT', payload('perp-candle-socket')],
  ['linear', 'kline.1.BTCUSDT', payload('perp-candle-socket')],
  ['inverse', 'kline.W.BTCUSD', payload('perp-candle-socket')],
  ['spot', 'tickers.BTCUSDT', payload('spot-ticker-socket')],
  ['linear', 'tickers.BTCUSDT', payload('perp-ticker-socket-captured')],
  ['inverse', 'tickers.BTCUSD', payload('perp-ticker-socket-captured')],
] as const)('on %s a message of %s has the shape of the documented example', async (category, topic, example) => {
  const { ask, next } = await connected(category)
  await ask({ op: 'subscribe', args: [topic] })
  const message = await next(ofTopic(topic, 'snapshot'), 1000)
  expect(shapeDifferences(example, message)).toEqual([])
})

it('sends of a contract’s ticker what has changed and nothing else; together that is the ticker', async () => {
  const { ask, next, messages } = await connected('linear')
  await ask({ op: 'subscribe', args: ['tickers.BTCUSDT'] })
  const snapshot = await next(ofTopic('tickers.BTCUSDT', 'snapshot'))
  let known = snapshot['data'] as Json
  for (let deltas = 0; deltas < 20; deltas++) {
    const delta = await next(ofTopic('tickers.BTCUSDT', 'delta'), 100)
    const fields = delta['data'] as Json
    expect(shapeDifferences({ ...payload('perp-ticker-socket-delta'), data: fields }, delta)).toEqual([])
    expect(fields['symbol']).toBe('BTCUSDT')
    for (const [name, value] of Object.entries(fields)) if (name !== 'symbol') expect(value, name).not.toBe(known[name])
    known = { ...known, ...fields }
  }
  // A second brings the day behind it up to now; what it brings is there before an answer that is asked for after it.
  move(1000)
  await ask({ op: 'ping' })
  for (const { data } of messages) known = { ...known, ...(data as Json) }
  const fresh = await connected('linear')
  await fresh.ask({ op: 'subscribe', args: ['tickers.BTCUSDT'] })
  expect(known).toEqual((await fresh.next(ofTopic('tickers.BTCUSDT', 'snapshot')))['data'])
})

it('sends no more than one delta in a tenth of a second, but for what every second brings', async () => {
  const { ask, next } = await connected('linear')
  await ask({ op: 'subscribe', args: ['tickers.BTCUSDT'] })
  const instants: number[] = []
  while (instants.length < 5) {
    const { ts } = await next(ofTopic('tickers.BTCUSDT', 'delta'), 40)
    if (!ticks.includes(Number(ts))) instants.push(Math.floor(Number(ts) / 100))
  }
  expect(new Set(instants).size).toBe(instants.length)
})

it('closes a bar with one message that confirms it', async () => {
  const { ask, next, messages } = await connected('linear')
  await ask({ op: 'subscribe', args: ['kline.1.BTCUSDT'] })
  const rowOf = (message: Json): Json => (message['data'] as readonly Json[])[0] as Json
  const isClosing = (message: Json): boolean =>
    message['topic'] === 'kline.1.BTCUSDT' && rowOf(message)['confirm'] === true
  const closing = rowOf(await next(isClosing, 5000))
  const after = rowOf(
    await next((message) => ofTopic('kline.1.BTCUSDT')(message) && rowOf(message)['start'] !== closing['start'], 1000),
  )
  expect(after['start']).toBe(Number(closing['end']) + 1)
  await next(isClosing, 5000)
  const confirmed = messages.filter((message) => isClosing(message) && rowOf(message)['start'] === closing['start'])
  expect(confirmed).toEqual([])
  const [bar] = market.candles(linear, { stepMs: 60_000, from: Number(closing['start']), to: Number(closing['end']) })
  expect(Number(closing['volume'])).toBeCloseTo(bar?.units ?? NaN, 4)
  expect(closing['timestamp']).toBeLessThanOrEqual(Number(closing['end']))
  expect(closing['timestamp']).toBeGreaterThanOrEqual(Number(closing['start']))
})

it('gathers liquidations for half a second: side of the position, price at which its margin was gone', async () => {
  const { ask, next } = await connected('linear')
  await ask({ op: 'subscribe', args: ['allLiquidation.BTCUSDT'] })
  const before = market.liquidations(linear).length
  const rows: Json[] = []
  const halves: number[] = []
  while (rows.length < 10) {
    const message = await next(ofTopic('allLiquidation.BTCUSDT'), 100, () => ruin(market, linear))
    expect(shapeDifferences(payload('perp-liquidation-socket'), message)).toEqual([])
    halves.push(Math.floor(Number(message['ts']) / 500))
    rows.push(...(message['data'] as readonly Json[]))
  }
  const truth = market.liquidations(linear).slice(before, before + rows.length)
  expect(rows).toEqual(
    truth.map((each) => ({
      T: each.at,
      s: 'BTCUSDT',
      S: each.position === 'long' ? 'Buy' : 'Sell',
      v: (each.lots * linear.lot).toFixed(linear.lotDecimals),
      p: each.bankruptcyPrice.toFixed(linear.priceDecimals),
    })),
  )
  expect(new Set(rows.map(({ S }) => S)).size).toBe(2)
  expect(new Set(halves).size).toBe(halves.length)
  expect(halves.length).toBeLessThan(rows.length)
})

it('sends nothing more of what is no longer asked for', async () => {
  const { ask, next, messages } = await connected('spot')
  const args = ['publicTrade.BTCUSDT', 'tickers.BTCUSDT', 'kline.1.BTCUSDT']
  await ask({ op: 'subscribe', args })
  await next(ofTopic('publicTrade.BTCUSDT'), 1000)
  expect(await ask({ op: 'unsubscribe', args })).toMatchObject({
    success: true,
    ret_msg: 'unsubscribe',
    op: 'unsubscribe',
  })
  messages.length = 0
  await ask({ op: 'subscribe', args: ['publicTrade.ETHUSDT'] })
  await next(ofTopic('publicTrade.ETHUSDT'), 1000)
  expect(messages.filter(({ topic }) => String(topic).endsWith('BTCUSDT'))).toEqual([])
})

it('falls silent about what is taken off the list', async () => {
  const { ask, next, messages } = await connected('linear')
  await ask({ op: 'subscribe', args: ['tickers.ETHUSDT', 'kline.1.ETHUSDT', 'publicTrade.BTCUSDT'] })
  market.remove('perp', 'ETHUSDT')
  messages.length = 0
  await next(ofTopic('publicTrade.BTCUSDT'), 1000)
  expect(messages.filter(({ topic }) => String(topic).endsWith('ETHUSDT'))).toEqual([])
})

it('refuses a GET with a body', async () => {
  const status = await new Promise((resolve) => {
    const asks = request({ port: server.port, path: '/v5/market/time', headers: { 'content-length': 2 } })
    asks.on('response', (response) => resolve(response.resume().statusCode))
    asks.end('{}')
  })
  expect(status).toBe(403)
})

it('refuses everything for ten minutes after 600 questions in five seconds, in the words of the documents', () => {
  const counters = new RateCounters(bybit.rate)
  const ask = { method: 'GET', path: '/', query: new URLSearchParams(), body: undefined, header: () => undefined }
  for (let i = 0; i < 600; i++) expect(counters.count(ask).waitMs).toBe(0)
  expect(counters.count(ask).waitMs).toBe(600_000)
  expect(counters.count(ask).waitMs).toBeGreaterThan(590_000)
  expect(bybit.rate.refuse(600_000, '')).toEqual({ status: 403, body: fixture('bybit', 'error-banned').payload })
})

afterAll(() => server.close())
