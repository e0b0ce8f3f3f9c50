import { describe, expect, it } from 'vitest'
import { asking, listening, ruin, type Headers } from '../../../../test/support/doors.ts'
import { shapeDifferences } from '../../../../test/support/sameShape.ts'
import { fixture } from '../../../../test/support/wire.ts'
import { WORLD_ASSETS } from '../../market/live/assets.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { newWorld } from '../../market/live/world.ts'
import { gate } from './gate.ts'

type Fields = Readonly<Record<string, unknown>>

/** Where a payload differs from its example, field by field, each with the reason. */
interface Deviation {
  readonly leavesOut?: Readonly<Record<string, string>>
  /** Fields that the document names, or that were captured, but that the example lacks: with such a value. */
  readonly adds?: Readonly<Record<string, readonly [value: unknown, why: string]>>
}

const PRIVATE = "only in answers about trades of one's own"
const UNDATED = 'not in live rows of contracts that trade'
const TABLE = 'in the table of the page, not in its example'
const SINCE_2026 = 'in the table since 2026-04-27'

const SPOT_TRADE: Deviation = {
  leavesOut: Object.fromEntries(
    ['order_id', 'role', 'fee', 'fee_currency', 'point_fee', 'gt_fee', 'text'].map((field) => [field, PRIVATE]),
  ),
  adds: { currency_pair: ['BTC_USDT', TABLE] },
}
const CONTRACT: Deviation = { leavesOut: { delisting_time: UNDATED, delisted_time: UNDATED } }
const CONTRACT_2026: Deviation = {
  leavesOut: {
    cross_leverage_default: 'captured, not documented',
    voucher_leverage: 'captured, not documented',
    is_pre_market: 'captured, not documented',
  },
}
const SPOT_TICKER: Deviation = {
  leavesOut: Object.fromEntries(
    ['etf_net_value', 'etf_pre_net_value', 'etf_pre_timestamp', 'etf_leverage'].map((field) => [
      field,
      'only of leveraged tokens',
    ]),
  ),
}
const stats = (sizes: string | number): Deviation => ({
  adds: Object.fromEntries([
    ...['long_liq_usd_new', 'short_liq_usd_new'].map((field) => [field, [0, SINCE_2026]]),
    ...['top_long_size', 'top_short_size', 'long_taker_size', 'short_taker_size'].map((f) => [f, [sizes, SINCE_2026]]),
    ...['top_long_account', 'top_short_account', 'long_users', 'short_users'].map((f) => [f, [sizes, SINCE_2026]]),
  ]) as NonNullable<Deviation['adds']>,
})

/** An example with the deviations in each of its rows. */
function adapted(example: unknown, { leavesOut = {}, adds = {} }: Deviation = {}): unknown {
  if (Array.isArray(example)) return example.map((row) => adapted(row, { leavesOut, adds }))
  if (typeof example !== 'object' || example === null) return example
  const kept = Object.entries(example as Fields).filter(([field]) => !(field in leavesOut))
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(Object.entries(adds).map(([name, [value]]) => [name, value])),
  }
}

/** Asks for sizes as text, as the documents of today have them. */
const SIZES: Headers = { 'x-gate-size-decimal': '1' }
const START = Date.UTC(2025, 3, 22)
const now = START + 600_000
const assets = WORLD_ASSETS.slice(0, 2)
const world = newWorld({ seed: 'payloads', assets, venues: ['gate'], startAt: START, rate: 6, pastHours: 48 })
const market = world.venues.get('gate') as VenueMarket
const perps = market.listings.filter((listing) => listing.market === 'perp')
world.advanceTo(now - 60_000)
for (const listing of perps) ruin(market, listing)
world.advanceTo(now)
const ask = asking(gate, market)
const listen = (path: string, headers: Headers = {}) => listening(gate, { world, market }, path, headers)

describe('the answer of', () => {
  const FUTURES = '/api/v4/futures'
  const cases: readonly (readonly [path: string, example: string, deviation?: Deviation, header?: 'no header'])[] = [
    ['/api/v4/spot/time', 'spot-time-rest'],
    ['/api/v4/spot/currency_pairs', 'spot-instrument-rest', { adds: { type: ['normal', TABLE] } }],
    ['/api/v4/spot/trades?currency_pair=BTC_USDT', 'spot-trade-rest', SPOT_TRADE],
    ['/api/v4/spot/candlesticks?currency_pair=BTC_USDT&interval=1m', 'spot-candle-rest-2024'],
    ['/api/v4/spot/tickers?timezone=all', 'spot-ticker-rest', SPOT_TICKER],
    [
      '/api/v4/spot/tickers?timezone=all&currency_pair=BTC_USDT',
      'spot-ticker-rest',
      { ...SPOT_TICKER, adds: { lowest_size: ['1', 'where one pair is named'], highest_size: ['1', 'the same'] } },
    ],
    [`${FUTURES}/usdt/contracts`, 'perp-instrument-rest', CONTRACT],
    [`${FUTURES}/btc/contracts`, 'perp-instrument-rest', CONTRACT],
    [`${FUTURES}/usdt/contracts`, 'perp-instrument-rest-2026', CONTRACT_2026, 'no header'],
    [`${FUTURES}/usdt/candlesticks?contract=BTC_USDT&interval=1m`, 'perp-candle-rest'],
    [`${FUTURES}/btc/candlesticks?contract=BTC_USD&interval=1h`, 'perp-candle-rest'],
    [`${FUTURES}/usdt/candlesticks?contract=mark_BTC_USDT&interval=1d`, 'perp-candle-rest-mark'],
    [
      `${FUTURES}/usdt/trades?contract=BTC_USDT`,
      'perp-trade-rest',
      { adds: { create_time_ms: [1634673380.182, TABLE] } },
    ],
    [`${FUTURES}/usdt/tickers`, 'perp-ticker-rest'],
    [`${FUTURES}/btc/tickers?contract=BTC_USD`, 'perp-ticker-rest'],
    [`${FUTURES}/usdt/contract_stats?contract=BTC_USDT`, 'perp-openInterest-history', stats('1')],
    [`${FUTURES}/usdt/funding_rate?contract=BTC_USDT`, 'perp-funding-rest'],
    [`${FUTURES}/usdt/liq_orders`, 'perp-liquidation-rest'],
    [
      `${FUTURES}/usdt/liq_orders?contract=BTC_USDT`,
      'perp-liquidation-rest-2023',
      { adds: { order_size: [1, 'since 2025-01-20'] } },
      'no header',
    ],
    [`${FUTURES}/usdt/risk_limit_tiers`, 'perp-riskTier-rest'],
    [
      `${FUTURES}/usdt/risk_limit_tiers?contract=BTC_USDT`,
      'perp-riskTier-rest',
      { leavesOut: { contract: 'by the page, only where no contract is named' } },
    ],
  ]

  it.each(
    cases.map(([path, example, deviation = {}, header = 'header']) => [path, example, deviation, header] as const),
  )('%s is like %s', (path, example, deviation, header) => {
    const { body } = ask(path, { headers: header === 'header' ? SIZES : {} })!
    if (Array.isArray(body)) expect(body.length).toBeGreaterThan(0)
    expect(shapeDifferences(adapted(fixture('gate', example).payload, deviation), body)).toEqual([])
  })

  it('POST funding_rates is like its example', () => {
    const { body } = ask(`${FUTURES}/usdt/funding_rates`, {
      method: 'POST',
      body: { contracts: ['BTC_USDT', 'ETH_USDT'] },
    })!
    const [example] = fixture('gate', 'perp-funding-rest-batch').payload as readonly unknown[]
    const [rows] = body as readonly (readonly unknown[])[]
    expect(rows).toHaveLength(2)
    expect(shapeDifferences(example, rows)).toEqual([])
  })

  it('a contract that the path names is one of the list', () =>
    expect([ask(`${FUTURES}/btc/contracts/BTC_USD`)?.body]).toEqual(ask(`${FUTURES}/btc/contracts`)?.body))

  const OLD = `&from=${Math.floor((now - 400 * 86_400_000) / 1000)}`
  it.each([
    [`${FUTURES}/usdt/trades?contract=BTC_USDTT`, 'error-bad-contract'],
    [`${FUTURES}/usdt/contracts/BTC_USD`, 'error-bad-contract'],
    ['/api/v4/spot/trades?currency_pair=BTC_USDTT', 'error-bad-pair'],
    ['/api/v4/spot/trades?currency_pair=BTC_USDT&limit=abc', 'error-bad-parameter'],
    [`/api/v4/spot/candlesticks?currency_pair=BTC_USDT&interval=1m${OLD}`, 'error-candle-too-old'],
    [
      `/api/v4/spot/candlesticks?currency_pair=BTC_USDT&interval=1m&from=${Math.floor(now / 1000) - 60_000}`,
      'error-candle-range',
    ],
    [`${FUTURES}/usdt/contract_stats?contract=BTC_USDT${OLD}`, 'error-retention'],
    [`${FUTURES}/usdt/open_interest`, 'error-key-required'],
  ])('%s is refused as in %s', (path, example) => {
    const { status, payload } = fixture('gate', example) as unknown as { status: number; payload: Fields }
    const answer = ask(path)!
    expect(answer.status).toBe(status)
    expect(shapeDifferences(payload, answer.body)).toEqual([])
    expect((answer.body as Fields)['label']).toBe(payload['label'])
    if (example.startsWith('error-candle') || example === 'error-retention') expect(answer.body).toEqual(payload)
  })

  it('too many questions is like its example, with the headers', () => {
    const { status, headers, payload } = fixture('gate', 'error-rate-limited') as unknown as Fields
    const answer = gate.rate.refuse(1500, '')
    expect([answer.status, answer.body]).toEqual([status, payload])
    expect(shapeDifferences(headers, answer.headers)).toEqual([])
  })
})

describe('the message on', () => {
  const cases: readonly (readonly [
    path: string,
    channel: string,
    payload: readonly string[],
    example: string,
    deviation?: Deviation,
    header?: 'no header',
  ])[] = [
    ['/ws/v4/', 'spot.trades', ['BTC_USDT'], 'spot-trade-socket'],
    ['/ws/v4/', 'spot.tickers', ['BTC_USDT'], 'spot-ticker-socket'],
    ['/ws/v4/', 'spot.candlesticks', ['1m', 'BTC_USDT'], 'spot-candle-socket'],
    [
      '/v4/ws/usdt',
      'futures.trades',
      ['BTC_USDT'],
      'perp-trade-socket',
      { leavesOut: { is_internal: 'sent only where true: nothing is taken over in the world' } },
    ],
    ['/v4/ws/usdt', 'futures.tickers', ['BTC_USDT'], 'perp-ticker-socket'],
    ['/v4/ws/usdt', 'futures.candlesticks', ['1m', 'BTC_USDT'], 'perp-candle-socket'],
    ['/v4/ws/usdt', 'futures.contract_stats', ['BTC_USDT', '1m'], 'perp-openInterest-socket'],
    ['/v4/ws/btc', 'futures.contract_stats', ['BTC_USD', '5m'], 'perp-openInterest-socket'],
    ['/v4/ws/usdt', 'futures.public_liquidates', ['!all'], 'perp-liquidation-socket'],
    ['/v4/ws/usdt', 'futures.public_liquidates', ['!all'], 'perp-liquidation-socket-integer', {}, 'no header'],
    ['/v4/ws', 'futures.public_liquidates', ['BTC_USD'], 'perp-liquidation-socket'],
  ]

  it.each(
    cases.map(
      ([path, channel, payload, example, deviation = {}, header = 'header']) =>
        [path, channel, payload, example, deviation, header] as const,
    ),
  )('%s %s %s is like %s', (path, channel, payload, example, deviation, header) => {
    const { send, sent, live } = listen(path, header === 'header' ? SIZES : {})
    send({ channel, event: 'subscribe', payload })
    for (const listing of perps) ruin(market, listing)
    live(11_000)
    const found = sent.filter(({ event }) => event === 'update')
    expect(found.length).toBeGreaterThan(0)
    const { result, ...envelope } = fixture('gate', example).payload as Fields
    for (const message of found) {
      expect(shapeDifferences({ ...envelope, result: adapted(result, deviation) }, message)).toEqual([])
    }
  })

  it('futures.contract_info is like its example, once, as it stands', () => {
    const { send, sent } = listen('/v4/ws/usdt', SIZES)
    send({ channel: 'futures.contract_info', event: 'subscribe', payload: ['BTC_USDT'] })
    expect(sent).toHaveLength(2)
    expect(shapeDifferences(fixture('gate', 'perp-instrument-socket').payload, sent[1])).toEqual([])
  })
})

describe('the reply to', () => {
  const spotReplies = fixture('gate', 'spot-trade-socket').replies as Readonly<Record<string, Fields>>
  const perpReplies = fixture('gate', 'perp-trade-socket').replies as Readonly<Record<string, Fields>>

  it('a subscription to spot is like the one captured', () => {
    const { send, sent } = listen('/ws/v4/')
    send({ channel: 'spot.trades', event: 'subscribe', payload: ['BTC_USDT'] })
    expect(shapeDifferences(spotReplies['subscribedToday'], sent[0])).toEqual([])
    send({ id: 7, channel: 'spot.trades', event: 'subscribe', payload: ['BTC_USDT'] })
    const { subscribed } = fixture('gate', 'spot-ticker-socket-2024').replies as Readonly<Record<string, Fields>>
    expect(shapeDifferences(subscribed, sent[1])).toEqual([])
    expect(sent[1]).toMatchObject({ id: 7, payload: ['BTC_USDT'], result: { status: 'success' } })
  })

  it('a subscription to contracts is like the documented refusal, but for the error', () => {
    const { send, sent } = listen('/v4/ws/usdt')
    send({ channel: 'futures.trades', event: 'subscribe', payload: ['BTC_USDT'] })
    const example = adapted(perpReplies['errorDocumented'], { leavesOut: { error: 'nothing is wrong' } })
    expect(shapeDifferences(example, sent[0])).toEqual([])
  })

  it('an unknown pair or contract is like its example', () => {
    const spot = listen('/ws/v4/')
    spot.send({ id: 1, channel: 'spot.trades', event: 'subscribe', payload: ['LUNARLENS_USDT', 'ETH_USDT'] })
    const { error } = spotReplies
    expect(shapeDifferences(error, spot.sent[0])).toEqual([])
    expect(spot.sent[0]).toMatchObject({ error: error?.['error'], result: { status: 'fail' } })
    const perp = listen('/v4/ws/usdt')
    perp.send({ channel: 'futures.trades', event: 'subscribe', payload: ['BTC_USDT_20220318'] })
    expect(shapeDifferences(perpReplies['errorDocumented'], perp.sent[0])).toEqual([])
    expect(perp.sent[0]).toMatchObject({ error: perpReplies['error']?.['error'] })
  })

  it('a ping is like its example', () => {
    const spot = listen('/ws/v4/')
    spot.send({ channel: 'spot.ping' })
    expect(shapeDifferences(spotReplies['pong'], spot.sent[0])).toEqual([])
    const perp = listen('/v4/ws/usdt')
    perp.send({ channel: 'futures.ping' })
    expect(shapeDifferences(perpReplies['pong'], perp.sent[0])).toEqual([])
  })
})
