import { describe, expect, it } from 'vitest'
import { contextOf, fixture, made } from '../../../test/support/wire.ts'
import { instant } from '../../core/instant.ts'
import type { Feed, VenueIo, VenueRequest } from '../source.ts'
import { bybit } from './bybit.ts'
import { feeds, polls } from './live.ts'

const linear = made('bybit')
const eth = made('bybit', { instrument: 'ETHUSDT', asset: 'ETH' })
const rose = made('bybit', { instrument: 'ROSEUSDT', asset: 'ROSE' })
const inverse = made('bybit', { instrument: 'BTCUSD', quote: 'USD', contract: 'inverse', contractSize: 1 })
const spot = made('bybit', { market: 'spot', contract: 'none' })
const context = contextOf('bybit', [linear, rose, inverse, spot])

const feedOf = (id: string): Feed => feeds.find((feed) => feed.id === id)!
const read = (json: unknown, id = 'linear') => feedOf(id).read(JSON.stringify(json), context)
const replies = (name: string) => fixture('bybit', name).replies as Readonly<Record<string, object>>

describe('subscriptions', () => {
  it('go to the socket of their category', () => {
    const coveredBy = (id: string) => [spot, linear, inverse].map(feedOf(id).covers)
    expect(coveredBy('spot')).toEqual([true, false, false])
    expect(coveredBy('linear')).toEqual([false, true, false])
    expect(coveredBy('inverse-candles')).toEqual([false, false, true])
    const paths = ['spot', 'linear', 'inverse'].flatMap((category) => Array(2).fill(`/v5/public/${category}`))
    expect(feeds.map(({ path }) => path)).toEqual(paths)
  })

  it('are one request for each instrument, whose id is its topics', () => {
    const { topics, subscribe } = feedOf('linear')
    expect(
      subscribe([...topics(linear), ...topics(eth)], 1, instant(1_790_000_123_456)).map(
        (text) => JSON.parse(text) as unknown,
      ),
    ).toEqual([
      {
        req_id: 'publicTrade.BTCUSDT,allLiquidation.BTCUSDT',
        op: 'subscribe',
        args: ['publicTrade.BTCUSDT', 'allLiquidation.BTCUSDT'],
      },
      {
        req_id: 'publicTrade.ETHUSDT,allLiquidation.ETHUSDT',
        op: 'subscribe',
        args: ['publicTrade.ETHUSDT', 'allLiquidation.ETHUSDT'],
      },
    ])
    expect(feedOf('spot-candles').topics(spot)).toEqual(['kline.1.BTCUSDT'])
  })

  it('of spot never hold more than ten topics a request', () => {
    for (const feed of feeds) expect(feed.topics(spot).length).toBeLessThanOrEqual(10)
  })
})

describe('a reply', () => {
  it('acknowledges the topics that its id names', () => {
    const { subscribed } = replies('spot-ticker-socket')
    expect(read({ ...subscribed, req_id: 'publicTrade.BTCUSDT' })).toEqual({
      is: 'acknowledged',
      topics: ['publicTrade.BTCUSDT'],
    })
    expect(read(replies('perp-trade-socket')['subscribed']).is).toBe('acknowledged')
  })

  it('refuses all topics of its request', () => {
    const { error } = replies('spot-ticker-socket')
    expect(read(error)).toMatchObject({ is: 'refused', why: /^error:already subscribed/ })
    expect((read(error) as { topics: readonly string[] }).topics).toHaveLength(14)
  })

  it('without an id refuses the topic in its text', () => {
    expect(read(fixture('bybit', 'error-socket-badTopic').payload)).toEqual({
      is: 'refused',
      why: 'error:handler not found,topic:publicTrade.NAS100USDT',
      topics: ['publicTrade.NAS100USDT'],
    })
    expect(read(fixture('bybit', 'error-socket-badOp').payload)).toEqual({ is: 'refused', why: 'error:invalid op' })
  })

  it('to a ping is a pulse', () => {
    expect(feedOf('linear').ping).toEqual({ everyMs: 20_000, text: '{"op":"ping"}' })
    for (const name of ['spot-ticker-socket', 'perp-trade-socket'])
      expect(read(replies(name)['pong'])).toEqual({ is: 'pulse' })
  })
})

describe('a message', () => {
  it.each([
    ['perp-trade-socket', 'linear', 'trade'],
    ['spot-trade-socket-captured', 'spot', undefined],
    ['perp-liquidation-socket', 'linear', 'liquidation'],
  ])('of %s is rows', (name, id, kind) => {
    const reading = read(fixture('bybit', name).payload, id)
    if (reading.is !== 'rows') throw new Error(reading.is)
    expect(reading.rows[0]?.record.name).toBe(kind)
  })

  it('of a bar that is open is no row', () => {
    expect(read(fixture('bybit', 'perp-candle-socket').payload, 'linear-candles')).toEqual({
      is: 'rows',
      rows: [],
      faults: [],
    })
  })

  it('that nobody documents is told, cut short as well', () => {
    for (const text of [
      '{"topic":"publicTrade.BTC',
      '<html>',
      'null',
      '7',
      '{"op":"auth","success":true,"ret_msg":""}',
      '{"topic":"orderbook.1.X"}',
    ])
      expect(feedOf('linear').read(text, context)).toMatchObject({
        is: 'rows',
        faults: [{ what: 'not as documented', raw: text }],
      })
  })
})

describe('a poll', () => {
  it.each([
    ['spot tickers', 'spot-ticker-rest', ['ticker']],
    ['inverse tickers', 'inverse-ticker-rest', ['ticker', 'openInterest', 'funding']],
  ])('of %s is one question', async (id, name, kinds) => {
    const asked: VenueRequest[] = []
    const poll = polls.find((each) => each.id === id)!
    const io: VenueIo = {
      ask: (request) => {
        asked.push(request)
        return Promise.resolve(fixture('bybit', name).payload)
      },
      now: () => instant(0),
      signal: new AbortController().signal,
    }
    for await (const { rows, faults } of poll.fetch(io, context, [])) {
      expect(rows.map(({ record }) => record.name)).toEqual(kinds)
      expect(faults).toEqual([])
    }
    expect(asked).toMatchObject([{ path: '/v5/market/tickers', query: { category: id.split(' ')[0] } }])
  })
})

describe('the clock', () => {
  it('is the time of the answer', async () => {
    const io: VenueIo = {
      ask: () => Promise.resolve(fixture('bybit', 'clock-rest').payload),
      now: () => instant(0),
      signal: new AbortController().signal,
    }
    expect(await bybit.fetchTime(io)).toBe(1688639403423)
  })
})
