import { inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { listenTo, postTo } from '../../../../test/support/doorClient.ts'
import { shapeDifferences } from '../../../../test/support/sameShape.ts'
import { simulatedWorld } from '../../../../test/support/simulated.ts'
import { fixture, fixtureNames } from '../../../../test/support/wire.ts'
import { HOUR_MS } from '../../../core/instant.ts'
import { hyperliquid } from './hyperliquid.ts'

const { world } = simulatedWorld({ venues: ['hyperliquid'], assets: 13, rate: 2, minutesBefore: 200 })
const market = world.venues.get('hyperliquid')!
const BTC = market.listing('perp', 'BTC')!
// Somebody is liquidated, so that fills of both users show it.
const victim = market.positions(BTC).find(({ lots }) => lots > 0)!
victim.entry *= 2
world.advanceTo(world.now() + 60_000)
const liquidation = market.liquidations(BTC).find(({ account }) => account === victim.id)!
const forced = market.trades(BTC).findLast(({ at, taker }) => taker === victim.id && at === liquidation.at)!

const info = (body: unknown): unknown => postTo(hyperliquid, market, { path: '/info', body }).body
const page = { startTime: world.now() - 3 * HOUR_MS, endTime: world.now() }
const accountOf = (margin: string): string =>
  market.positions(BTC).find((each) => each.margin === margin && each.lots !== 0)!.id

/** What a socket sends of a topic, its acknowledgement first, while some seconds pass. */
async function heardOf(subscription: object, method = 'subscribe'): Promise<readonly unknown[]> {
  const session = listenTo(hyperliquid, market, '/ws')
  session.message(JSON.stringify({ method: 'subscribe', subscription }))
  if (method !== 'subscribe') session.message(JSON.stringify({ method, subscription }))
  for (let second = 0; second < 3; second++) {
    world.advanceTo(world.now() + 1000)
    await Promise.resolve()
    session.tick(world.now())
  }
  return session.heard
}

const pushOf = async (subscription: object): Promise<unknown> => (await heardOf(subscription))[1]

interface Compared {
  /** What is sent in the place of the example. */
  readonly sent: () => unknown
  /** Where it differs from the example, and why. */
  readonly differs?: Readonly<Record<string, string>>
  /** The documented example where it is not the payload as it stands. */
  readonly documented?: (payload: unknown) => unknown
}

interface AllContexts {
  readonly ctxs: readonly (readonly [dex: string, contexts: readonly unknown[]])[]
}

type Fields = Readonly<Record<string, unknown>>

const pick = (value: unknown, names: readonly string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, (value as Fields)[name]]))

/** Two lists that belong together, under names: each may be as long as it is. */
const named = (both: unknown): Fields => {
  const [meta, contexts] = both as readonly unknown[]
  return { meta, contexts }
}

const liquidated = (fills: unknown): unknown => (fills as readonly Fields[]).find((fill) => 'liquidation' in fill)

/** Every documented example, by its file, and what is sent in its place. */
const COMPARED: Readonly<Record<string, Compared>> = {
  'account-leaderboard-rest': {
    sent: () => postTo(hyperliquid, market, { path: '/Mainnet/leaderboard', method: 'GET', body: undefined }).body,
    differs: { 'leaderboardRows[].displayName: null, documented as text': 'null where none was chosen, says a fact' },
  },
  'perp-candle-rest': { sent: () => info({ type: 'candleSnapshot', req: { coin: 'BTC', interval: '15m', ...page } }) },
  'perp-candle-rest-hours': {
    sent: () => info({ type: 'candleSnapshot', req: { coin: 'BTC', interval: '1h', ...page } }),
  },
  'perp-candle-rest-kilo': {
    sent: () => info({ type: 'candleSnapshot', req: { coin: 'kPEPE', interval: '1h', ...page } }),
  },
  'perp-candle-socket': { sent: () => pushOf({ type: 'candle', coin: 'BTC', interval: '1m' }) },
  'perp-dexs-rest': {
    sent: () => info({ type: 'perpDexs' }),
    documented: (payload) => (payload as unknown[]).slice(0, 1),
  },
  'perp-fill-rest': {
    sent: () => info({ type: 'userFills', user: market.positions(BTC).at(-1)!.id }),
    differs: {
      '[].twapId: not documented': 'the page is older than the answers: see perp-liquidation-rest',
    },
  },
  'perp-fill-socket': {
    sent: () => pushOf({ type: 'userFills', user: market.positions(BTC).at(-1)!.id }),
    differs: {
      'data.fills[].liquidationMarkPx: missing': 'the shape of 2024',
      'data.fills[].cloid: missing': 'optional: orders without an id of the client have none',
      'data.fills[].feeToken: not documented': 'as REST has it',
      'data.fills[].twapId: not documented': 'as REST has it',
    },
  },
  'perp-funding-rest': { sent: () => info({ type: 'fundingHistory', coin: 'ETH', ...page }) },
  'perp-funding-rest-hourly': { sent: () => info({ type: 'fundingHistory', coin: 'BTC', ...page }) },
  'perp-funding-rest-switch': { sent: () => info({ type: 'fundingHistory', coin: 'BTC', startTime: 0 }) },
  'perp-instruments-rest': {
    sent: () => info({ type: 'meta', dex: '' }),
    differs: {
      'universe[].marginTableId: not documented': 'the page is older than the answers: see perp-instruments-rest-live',
      'universe[].isDelisted: not documented': 'documented in a row with two more optional fields',
      'collateralToken: not documented': 'the page is older than the answers',
    },
  },
  'perp-instruments-rest-live': { sent: () => info({ type: 'meta' }) },
  'perp-liquidation-rest': {
    sent: () => [forced.taker, forced.maker].map((user) => liquidated(info({ type: 'userFills', user }))),
    differs: { '[].cloid: missing': 'optional: orders without an id of the client have none' },
  },
  'perp-marginTable-rest': {
    sent: () => info({ type: 'marginTable', id: 56 }),
    documented: () => ({ description: '', marginTiers: [{ lowerBound: '0.0', maxLeverage: 50 }] }),
  },
  'perp-mids-rest': {
    sent: () => pick(info({ type: 'allMids' }), ['BTC', 'kPEPE']),
    documented: (payload) => pick(payload, ['BTC', 'kPEPE']),
  },
  'perp-mids-rest-mixed': {
    sent: () => pick(info({ type: 'allMids' }), ['BTC', 'ETH']),
    documented: (payload) => pick(payload, ['BTC', 'ETH']),
  },
  'perp-mids-socket': {
    sent: async () => {
      const message = (await pushOf({ type: 'allMids' })) as { data: { mids: unknown } }
      return { ...message, data: { ...message.data, mids: pick(message.data.mids, ['BTC']) } }
    },
    documented: () => ({ channel: 'allMids', data: { mids: { BTC: '270.075' } } }),
  },
  'perp-mids-socket-fast': {
    sent: async () => {
      const { data } = (await pushOf({ type: 'fastAssetCtxs' })) as { data: string }
      const all: unknown = JSON.parse(inflateRawSync(Buffer.from(data, 'base64')).toString())
      return { NEO: (all as Record<string, unknown>)['BTC'] }
    },
    documented: (payload) => pick(payload, ['NEO']),
  },
  'perp-position-rest': { sent: () => info({ type: 'clearinghouseState', user: accountOf('isolated') }) },
  'perp-position-rest-cross': {
    sent: () => info({ type: 'clearinghouseState', user: accountOf('cross') }),
    differs: {
      'assetPositions[].position.maxTradeSzs: missing': 'the shape of 2023: see perp-position-rest',
      'assetPositions[].position.cumFunding: not documented': 'the same',
      'assetPositions[].position.maxLeverage: not documented': 'the same',
      'crossMaintenanceMarginUsed: not documented': 'the same',
      'time: not documented': 'the same',
    },
  },
  'perp-position-socket': { sent: () => pushOf({ type: 'clearinghouseState', user: accountOf('cross') }) },
  'perp-predictedFunding-rest': {
    sent: () => info({ type: 'predictedFundings' }),
    differs: {
      '[][][][]: null, documented as object': 'nothing of other venues is known to this one: null, says a fact',
      '[][][][].fundingIntervalHours: not documented': 'live rows have it, says a fact',
    },
  },
  'perp-ticker-rest': {
    sent: () => named(info({ type: 'metaAndAssetCtxs', dex: '' })),
    documented: named,
    differs: {
      'meta.universe[].marginTableId: not documented': 'the page is older than the answers: see perp-ticker-rest-live',
      'meta.universe[].isDelisted: not documented': 'optional: for a delisted coin',
      'contexts[].dayBaseVlm: not documented': 'the page is older than the answers',
      'contexts[].premium: null, documented as text': 'a delisted coin',
      'contexts[].midPx: null, documented as text': 'a delisted coin',
      'contexts[].impactPxs: null, documented as list': 'a delisted coin',
    },
  },
  'perp-ticker-rest-live': { sent: () => named(info({ type: 'metaAndAssetCtxs' })), documented: named },
  'perp-ticker-socket': { sent: () => pushOf({ type: 'activeAssetCtx', coin: 'BTC' }) },
  'perp-ticker-socket-all': {
    sent: async () => {
      const { channel, data } = (await pushOf({ type: 'allDexsAssetCtxs' })) as { channel: string; data: AllContexts }
      return { channel, data: { ctxs: data.ctxs.map(([dex, [first]]) => [dex, [first]]) } }
    },
    documented: (payload) => {
      const { channel, data } = payload as { channel: string; data: AllContexts }
      return { channel, data: { ctxs: data.ctxs.slice(0, 1) } }
    },
  },
  'perp-trade-rest': { sent: () => info({ type: 'recentTrades', coin: 'BTC' }) },
  'perp-trade-socket': { sent: async () => (await heardOf({ type: 'trades', coin: 'BTC' }))[2] },
  'perp-trade-socket-replay': { sent: () => pushOf({ type: 'trades', coin: 'BTC' }) },
  'spot-instruments-rest': { sent: () => info({ type: 'spotMeta' }) },
  'spot-ticker-rest': { sent: () => named(info({ type: 'spotMetaAndAssetCtxs' })), documented: named },
  'status-rest': { sent: () => info({ type: 'exchangeStatus' }) },
}

/** Documented doors that are not simulated. */
const NOT_SERVED: Readonly<Record<string, string>> = {
  'account-web-socket': 'holds no market data',
  'error-upstream': 'a fault, which is put on the server',
  'error-unknownCoin-book': 'no books',
  'perp-bbo-socket': 'no books',
  'perp-book-rest': 'no books',
  'perp-book-socket': 'no books',
  'perp-book-socket-fast': 'no books',
  'perp-book-socket-kilo': 'no books',
  'perp-instruments-rest-builderDex': 'the first dex alone',
  'perp-ticker-rest-builderDex': 'the first dex alone',
  'perp-liquidation-archive': 'a file that is sold',
  'perp-ticker-socket-dex': 'no example is known',
  'spot-ticker-socket-all': 'no example is known',
  'spot-candle-rest': 'no pair of spot',
  'spot-ticker-rest-live': 'no pair of spot',
  'spot-ticker-socket': 'no pair of spot',
  'spot-trade-rest': 'no pair of spot',
}

const ERRORS = fixtureNames('hyperliquid').filter((name) => name.startsWith('error-') && !(name in NOT_SERVED))

describe('what is sent, beside what is documented', () => {
  it('leaves no documented example out', () =>
    expect([...Object.keys(COMPARED), ...Object.keys(NOT_SERVED), ...ERRORS].toSorted()).toEqual(
      fixtureNames('hyperliquid').toSorted(),
    ))

  it.each(Object.entries(COMPARED))('has the shape of %s', async (name, { sent, differs = {}, documented }) => {
    const { payload } = fixture('hyperliquid', name)
    const found = shapeDifferences(documented === undefined ? payload : documented(payload), await sent())
    const places = new Set(found.map((difference) => difference.replaceAll(/\[\d+\]/g, '[]')))
    expect([...places].filter((place) => !(place in differs))).toEqual([])
    expect(Object.keys(differs).filter((place) => !places.has(place))).toEqual([])
  })
})

describe('errors, as documented', () => {
  it.each([
    ['error-badBody', {}],
    ['error-badJson', {}],
    ['error-badContentType', { contentType: 'text/plain' }],
    ['error-badMethod', { method: 'GET' }],
    ['error-unknownCoin-funding', {}],
    ['error-unknownDex', {}],
  ])('%s', (name, how) => {
    const { request, status, headers, payload } = fixture('hyperliquid', name) as unknown as ErrorFixture
    const answer = postTo(hyperliquid, market, { path: '/info', body: request, ...how })
    expect(answer.status).toBe(status)
    expect(answer.body).toEqual(payload)
    // What is no text goes out as JSON.
    const type = headers?.['content-type']
    if (type === 'text/plain') expect(answer.headers?.['content-type']).toBe(type)
  })

  it('error-rateLimited', () => {
    const { status, payload } = fixture('hyperliquid', 'error-rateLimited') as unknown as ErrorFixture
    expect(hyperliquid.rate.refuse(1000, '')).toEqual({ status, body: payload })
  })

  it('error-socketUnknownCoin', async () => {
    const session = listenTo(hyperliquid, market, '/ws')
    session.message('{"method":"subscribe","subscription":{"type":"trades","coin":"NOPE"}}')
    expect(session.heard).toEqual([])
    expect(session.isCut()).toBe(true)
  })

  it('error-socketParse', () => {
    const { request, payload } = fixture('hyperliquid', 'error-socketParse')
    const session = listenTo(hyperliquid, market, '/ws')
    session.message(JSON.stringify(request))
    expect(session.heard).toEqual([payload])
    expect(session.isCut()).toBe(false)
  })

  it('error-socketAlreadySubscribed', () => {
    const { data } = fixture('hyperliquid', 'error-socketAlreadySubscribed').payload as { data: string }
    const session = listenTo(hyperliquid, market, '/ws')
    const subscription = { type: 'activeAssetCtx', coin: 'SOL' }
    for (let i = 0; i < 2; i++) session.message(JSON.stringify({ method: 'subscribe', subscription }))
    const message = { channel: 'error', data: `${data.split('{')[0]}${JSON.stringify(subscription)}` }
    expect(session.heard.at(-1)).toEqual(message)
  })
})

interface ErrorFixture {
  readonly request: unknown
  readonly status: number
  readonly headers: Readonly<Record<string, string>> | null
  readonly payload: unknown
}

describe('what a socket replies, as documented', () => {
  const names = fixtureNames('hyperliquid').filter((name) => /-socket/.test(name) && name in COMPARED)

  it.each(names)('%s', (name) => {
    const { subscribed, unsubscribed, ping, pong } = fixture('hyperliquid', name).replies as Readonly<
      Record<string, { readonly data: { readonly subscription: object } }>
    >
    const session = listenTo(hyperliquid, market, '/ws')
    const last = (message: unknown): unknown => {
      session.heard.length = 0
      session.message(JSON.stringify(message))
      return session.heard[0]
    }
    const { subscription } = subscribed!.data
    expect(last({ method: 'subscribe', subscription })).toEqual(subscribed)
    expect(last({ method: 'unsubscribe', subscription })).toEqual(unsubscribed)
    expect(last({ method: 'unsubscribe', subscription })).toMatchObject({ channel: 'error' })
    expect(last(ping)).toEqual(pong)
  })
})
