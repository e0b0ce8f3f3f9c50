import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { shapeDifferences } from '../../../../test/support/sameShape.ts'
import { simulated } from '../../../../test/support/simulated.ts'
import { fixture, fixtureNames } from '../../../../test/support/wire.ts'

const options = { assets: 2, rate: 0.25, speed: 120, minutesBefore: 17 * 60 }
const { world, servers, freeze } = await simulated({ venues: ['okx'], ...options })
const market = world.venues.get('okx')!
const server = servers.get('okx')!

interface Got {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

async function get(pathAndQuery: string): Promise<Got> {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/v5/${pathAndQuery}`)
  return { status: response.status, headers: response.headers, body: await response.json() }
}

/** Examples of doors, and a question that is answered like them. */
const DOORS: readonly (readonly [example: string, ask: string])[] = [
  ['both-time-rest', 'public/time'],
  ['spot-instrument-rest', 'public/instruments?instType=SPOT'],
  ['perp-instrument-rest', 'public/instruments?instType=SWAP'],
  ['spot-candle-rest', 'market/candles?instId=BTC-USDT&bar=1m&limit=300'],
  ['perp-candle-rest', 'market/candles?instId=BTC-USD-SWAP&bar=1m&limit=3'],
  ['spot-candle-history', 'market/history-candles?instId=BTC-USDT&bar=1Dutc&limit=300'],
  ['perp-candle-history', 'market/history-candles?instId=BTC-USDT-SWAP&bar=1Dutc&limit=300'],
  ['spot-trade-rest', 'market/trades?instId=BTC-USDT&limit=500'],
  ['spot-trade-history', 'market/history-trades?instId=BTC-USDT&type=1&after=1000&limit=100'],
  ['perp-openInterest-rest', 'public/open-interest?instType=SWAP&instId=BTC-USDT-SWAP'],
  ['perp-openInterest-history', 'rubik/stat/contracts/open-interest-history?instId=BTC-USDT-SWAP&period=5m'],
  ['perp-positioning-accounts', 'rubik/stat/contracts/long-short-account-ratio-contract?instId=BTC-USDT-SWAP'],
  ['perp-positioning-accounts-real', 'rubik/stat/contracts/long-short-account-ratio-contract?instId=BTC-USDT-SWAP'],
  [
    'perp-positioning-topAccounts',
    'rubik/stat/contracts/long-short-account-ratio-contract-top-trader?instId=BTC-USDT-SWAP',
  ],
  [
    'perp-positioning-topPositions',
    'rubik/stat/contracts/long-short-position-ratio-contract-top-trader?instId=BTC-USDT-SWAP',
  ],
  ['perp-positioning-takerVolume', 'rubik/stat/taker-volume-contract?instId=BTC-USDT-SWAP&period=5m'],
  ['perp-funding-rest', 'public/funding-rate?instId=BTC-USDT-SWAP'],
  ['perp-funding-history', 'public/funding-rate-history?instId=BTC-USD-SWAP&limit=400'],
  ['spot-ticker-rest', 'market/tickers?instType=SPOT'],
  ['perp-ticker-rest', 'market/tickers?instType=SWAP'],
  ['perp-markPrice-rest', 'public/mark-price?instType=SWAP&instId=BTC-USDT-SWAP'],
  ['perp-positionTier-rest', 'public/position-tiers?instType=SWAP&tdMode=cross&instFamily=BTC-USDT'],
]

/** Examples of channels, by the path and the argument that they answer. */
const CHANNELS: readonly (readonly [example: string, place: string, arg: Readonly<Record<string, string>>])[] = [
  ['spot-trade-socket', 'public', { channel: 'trades', instId: 'BTC-USDT' }],
  ['spot-trade-socket-all', 'business', { channel: 'trades-all', instId: 'BTC-USDT' }],
  ['spot-candle-socket', 'business', { channel: 'candle1D', instId: 'BTC-USDT' }],
  ['spot-candle-socket-real', 'business', { channel: 'candle1D', instId: 'BTC-USDT' }],
  ['spot-ticker-socket', 'public', { channel: 'tickers', instId: 'BTC-USDT' }],
  ['spot-ticker-socket-real', 'public', { channel: 'tickers', instId: 'BTC-USDT' }],
  ['perp-funding-socket', 'public', { channel: 'funding-rate', instId: 'BTC-USD-SWAP' }],
  ['perp-openInterest-socket', 'public', { channel: 'open-interest', instId: 'BTC-USDT-SWAP' }],
  ['perp-markPrice-socket', 'public', { channel: 'mark-price', instId: 'BTC-USDT-SWAP' }],
  ['perp-liquidation-socket', 'public', { channel: 'liquidation-orders', instType: 'SWAP' }],
]

/** Doors and channels of swaps for which the documents show spot only: the same shape. */
const LIKE_SPOT = {
  'perp-trade-rest': 'spot-trade-rest',
  'perp-trade-history': 'spot-trade-history',
  'perp-trade-socket': 'spot-trade-socket',
  'perp-candle-socket': 'spot-candle-socket',
  'perp-ticker-socket': 'spot-ticker-socket',
} as const

/** Refusals of doors: what is asked, and with which status it is refused. */
const REFUSALS: readonly (readonly [example: string, ask: string])[] = [
  ['error-badInstrument', 'market/ticker?instId=GONE-USDT'],
  ['error-missingParameter', 'market/tickers'],
  ['error-doorGone', 'public/liquidation-orders?instType=SWAP&instFamily=BTC-USDT&state=filled'],
]

/** What is said on a socket that is not the answer to a subscription as it should be. */
const NOTICES: readonly (readonly [example: string, message: string])[] = [
  ['error-socketBadChannel', '{"op":"subscribe","args":[{"channel":"ticker","instId":"BTC-USDT"}]}'],
  ['error-socketBadChannel', '{"op":"subscribe","args":[{"channel":"tickers","instId":"GONE-USDT"}]}'],
  ['error-socketInvalidRequest', '{"op":"subscribe","argss":[{"channel":"trades","instId":"BTC-USDT"}]}'],
  ['error-socketInvalidRequest', 'not JSON'],
  ['error-socketWrongAddress', '{"op":"subscribe","args":[{"channel":"trades-all","instId":"BTC-USDT"}]}'],
]

/** Examples that nothing is compared with. */
const NOT_SENT: Readonly<Record<string, string>> = {
  'both-control-socket': 'several messages in one example: compared below',
  'perp-trade-socket-all': 'a capture of 2023, before there was "source"',
  'perp-openInterest-rest-real': 'a capture of 2022, before there was "oiUsd"',
  'perp-liquidation-rest': 'the door is gone from the documents: it answers 410',
  'error-rateLimited': 'compared below, with its headers',
  'error-socketTooFrequent': 'compared where the session is tested',
  'error-busy': 'the fault of a server, no answer to a client: put on by whoever tests',
  'error-geoBlocked': 'the same',
  'error-maintenance': 'the same',
  'error-rateLimitedInBody': 'the same',
  'error-restrictedRegion': 'the same',
  'error-systemError': 'the same',
  'error-timeout': 'the same',
}

it('is compared with every example that there is', () => {
  const compared = [...DOORS, ...CHANNELS, ...REFUSALS, ...NOTICES].map(([name]) => name)
  const named = new Set([...compared, ...Object.keys(LIKE_SPOT), ...Object.keys(NOT_SENT)])
  expect([...named].toSorted()).toEqual(fixtureNames('okx').toSorted())
})

const payloadOf = (name: string): unknown => fixture('okx', name).payload

describe('sockets', () => {
  const clients = new Map<string, WebSocket>()
  afterAll(() => clients.forEach((client) => client.terminate()))
  beforeAll(async () => {
    for (const place of ['public', 'business']) {
      const client = new WebSocket(`ws://127.0.0.1:${server.port}/ws/v5/${place}`)
      clients.set(place, client)
      await new Promise((resolve) => client.once('open', resolve))
    }
  })

  /** Says something, and waits for the first answer that is looked for. */
  function said(place: string, message: string, isIt: (text: string) => boolean): Promise<string> {
    const client = clients.get(place)!
    return new Promise((resolve) => {
      const listen = (data: Buffer): void => {
        if (!isIt(String(data))) return
        client.off('message', listen)
        resolve(String(data))
      }
      client.on('message', listen)
      client.send(message)
    })
  }

  const subscribe = (arg: unknown, op = 'subscribe'): string => JSON.stringify({ id: '1512', op, args: [arg] })
  const isData = (channel: string, instId?: string) => (text: string) => {
    const { arg, data } = JSON.parse(text)
    return data !== undefined && arg.channel === channel && arg.instId === instId
  }

  it.each(CHANNELS)('push what %s shows', async (name, place, arg) => {
    const stop = arg['channel'] === 'liquidation-orders' ? ruining() : () => undefined
    const got = await said(place, subscribe(arg), isData(arg['channel']!, arg['instId']))
    stop()
    expect(shapeDifferences(payloadOf(name), JSON.parse(got))).toEqual([])
  })

  it.each([
    ['perp-trade-socket', 'public', 'trades', 'BTC-USDT-SWAP'],
    ['perp-candle-socket', 'business', 'candle1m', 'BTC-USDT-SWAP'],
    ['perp-ticker-socket', 'public', 'tickers', 'BTC-USD-SWAP'],
  ] as const)('push for swaps what the example of spot shows: %s', async (name, place, channel, instId) => {
    const got = await said(place, subscribe({ channel, instId }), isData(channel, instId))
    expect(shapeDifferences(payloadOf(LIKE_SPOT[name]), JSON.parse(got))).toEqual([])
  })

  it('acknowledge each argument of a request, and its end', async () => {
    const { subscribed, unsubscribed } = fixture('okx', 'both-control-socket').replies!
    const arg = { channel: 'tickers', instId: 'ETH-USDT' }
    const ack = await said('public', subscribe(arg), (text) => text.includes('"event"'))
    expect(shapeDifferences(subscribed, JSON.parse(ack))).toEqual([])
    const end = await said('public', JSON.stringify({ op: 'unsubscribe', args: [arg] }), (text) =>
      text.includes('"event"'),
    )
    expect(shapeDifferences(unsubscribed, JSON.parse(end))).toEqual([])
  })

  it('answer a ping with a pong, as plain text', async () =>
    expect(await said('public', 'ping', (text) => text.startsWith('p'))).toBe('pong'))

  it.each(NOTICES)('refuse as %s shows: %s', async (name, message) => {
    const got = JSON.parse(await said('public', message, (text) => text.includes('"event"')))
    const example = payloadOf(name) as { readonly code: string }
    expect(shapeDifferences(example, got)).toEqual([])
    expect(got.code).toBe(example.code)
  })

  it('tell the id of a request that they refuse', async () => {
    const got = await said('public', subscribe({ channel: 'no' }), (text) => text.includes('"event"'))
    expect(shapeDifferences(fixture('okx', 'both-control-socket').replies!['error'], JSON.parse(got))).toEqual([])
  })

  /** Puts an account far under water at every trade, until it is stopped. */
  const ruining = (): (() => void) =>
    market.subscribe(({ is, listing }) => {
      if (is !== 'trade' || listing.contract !== 'linear') return
      const account = market.positions(listing)[0]!
      account.lots = 40
      account.entry = 2 * market.mark(listing)
    })
})

describe('doors', () => {
  beforeAll(freeze)

  it.each(DOORS)('answer what %s shows', async (name, ask) => {
    const { status, body } = await get(ask)
    expect(status).toBe(200)
    expect((body as { data: unknown[] }).data.length).toBeGreaterThan(0)
    expect(shapeDifferences(payloadOf(name), body)).toEqual([])
  })

  it.each([
    ['perp-trade-rest', 'market/trades?instId=BTC-USDT-SWAP'],
    ['perp-trade-history', 'market/history-trades?instId=BTC-USD-SWAP'],
  ] as const)('answer for swaps what the example of spot shows: %s', async (name, ask) =>
    expect(shapeDifferences(payloadOf(LIKE_SPOT[name]), (await get(ask)).body)).toEqual([]),
  )

  it.each(REFUSALS)('refuse as %s shows', async (name, ask) => {
    const example = fixture('okx', name) as unknown as { status: number; payload: { code: string } }
    const { status, body } = await get(ask)
    expect(status).toBe(example.status)
    expect((body as { code: string }).code).toBe(example.payload.code)
    expect(shapeDifferences(example.payload, body)).toEqual([])
  })

  it('refuse what is too much without data, without a header and at once, by instrument', async () => {
    const ask = 'rubik/stat/taker-volume-contract?instId='
    const got = await Promise.all(Array.from({ length: 6 }, () => get(`${ask}ETH-USDT-SWAP`)))
    const { status, headers, body } = got.find((each) => each.status !== 200)!
    expect(status).toBe(429)
    expect(body).toEqual(payloadOf('error-rateLimited'))
    expect([...headers.keys()].filter((name) => /rate|limit|retry/.test(name))).toEqual([])
    expect((await get(`${ask}ETH-USD-SWAP`)).status).toBe(200)
  })
})
