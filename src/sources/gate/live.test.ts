import { describe, expect, it } from 'vitest'
import { contextOf, fixture, fixtureNames, made } from '../../../test/support/wire.ts'
import { instant, type InstantMs } from '../../core/instant.ts'
import type { Feed, Reading, VenueIo } from '../source.ts'
import { feeds } from './live.ts'
import { polls } from './polls.ts'

const btc = made('gate', { instrument: 'BTC_USDT', contractSize: 0.0001 })
const inverse = made('gate', { instrument: 'BTC_USD', contract: 'inverse', contractSize: 1, quote: 'USD' })
const gt = made('gate', { instrument: 'GT_USDT', market: 'spot', contract: 'none', asset: 'GT' })
const context = contextOf('gate', [btc, inverse, gt])
const [spot, linear, btcSettled] = feeds as [(typeof feeds)[0], (typeof feeds)[0], (typeof feeds)[0]]

const read = (message: unknown): Reading => linear.read(JSON.stringify(message), context)

describe('the feeds', () => {
  it('stand apart by what contracts are settled in', () => {
    expect(feeds.map(({ id, address, path }) => [id, address, path])).toEqual([
      ['spot', 'spotSocket', '/ws/v4/'],
      ['perp-usdt', 'perpSocket', '/v4/ws/usdt'],
      ['perp-btc', 'perpSocket', '/v4/ws/btc'],
    ])
    expect([linear.covers(btc), linear.covers(inverse)]).toEqual([true, false])
    expect([btcSettled.covers(btc), btcSettled.covers(inverse)]).toEqual([false, true])
  })

  it('subscribe by channel, a few names in each message', () => {
    const topics = [...linear.sharedTopics, ...Array.from({ length: 21 }, (_, i) => `futures.trades/C${i}_USDT`)]
    const messages = linear.subscribe(topics, 7, instant(1_790_000_123_456)).map((text) => JSON.parse(text))
    expect(messages).toMatchObject([
      { id: 7, channel: 'futures.public_liquidates', event: 'subscribe', payload: ['!all'] },
      { id: 8, channel: 'futures.trades', event: 'subscribe' },
      { id: 9, channel: 'futures.trades', event: 'subscribe', payload: ['C20_USDT'] },
    ])
    expect(messages[1].payload).toHaveLength(20)
    for (const { time } of messages) expect(time).toBe(1_790_000_123)
  })

  it('ping in the venue’s own way, with the time of the ping', () => {
    const pingAt = ({ ping }: Feed, ms: number) => JSON.parse((ping!.text as (now: InstantMs) => string)(instant(ms)))
    const pings = [spot, linear].map((feed) => pingAt(feed, 1_790_000_123_456))
    expect(pings.map(({ channel }) => channel)).toEqual(['spot.ping', 'futures.ping'])
    expect(pings.map(({ time }) => time)).toEqual([1_790_000_123, 1_790_000_123])
    expect(pingAt(spot, 1_790_000_138_456)).toMatchObject({ time: 1_790_000_138 })
  })
})

describe('reading a message', () => {
  it.each([
    ['spot-trade-socket', 1],
    ['perp-trade-socket-2021', 3],
    ['perp-liquidation-socket', 2],
    ['perp-liquidation-socket-2025', 1],
  ])('gives the records of %s', (name, count) => {
    const reading = read(fixture('gate', name).payload)
    expect(reading).toMatchObject({ is: 'rows', faults: [] })
    expect(reading.is === 'rows' && reading.rows).toHaveLength(count)
  })

  it('sees topics subscribed, by name where the venue names them', () => {
    const { subscribed, subscribedToday } = fixture('gate', 'spot-trade-socket').replies!
    expect(read(subscribed)).toEqual({ is: 'acknowledged', topics: 'all' })
    expect(read(subscribedToday)).toEqual({ is: 'acknowledged', topics: ['spot.obu/ob.MAF_USDT.400'] })
  })

  it.each(['error-socket-unknown-contract', 'error-socket-unknown-pair', 'error-socket-unsupported'])(
    'sees that %s refuses',
    (name) => {
      expect(read(fixture('gate', name).payload)).toMatchObject({ is: 'refused', why: expect.stringMatching(/^2 /) })
    },
  )

  it('names the topics that were refused, all of a message for one that is unknown', () => {
    expect(read(fixture('gate', 'error-socket-unknown-pair').payload)).toEqual({
      is: 'refused',
      why: '2 unknown currency pair: LUNARLENS_USDT',
      topics: ['spot.trades/LUNARLENS_USDT', 'spot.trades/ETH_USDT'],
    })
  })

  it('takes a result that says "fail" for a refusal', () => {
    const message = { time: 1, channel: 'futures.trades', event: 'subscribe', result: { status: 'fail' } }
    expect(read(message)).toEqual({ is: 'refused', why: 'futures.trades failed' })
  })

  it('takes pongs and notes of the venue for signs of life', () => {
    const note = { time: 1, time_ms: 1000, channel: 'futures.system', event: 'update', result: { type: 'upgrade' } }
    expect(read(note)).toEqual({ is: 'pulse' })
    expect(read(fixture('gate', 'error-socket-upgrade').payload)).toEqual({ is: 'pulse' })
    for (const name of fixtureNames('gate').filter((each) => each.endsWith('-socket'))) {
      const pong = fixture('gate', name).replies?.['pong']
      if (pong !== undefined) expect(read(pong)).toEqual({ is: 'pulse' })
    }
  })

  it.each(['', 'no JSON', '{"time":1', '{}', '[]', '{"channel":"spot.tickers","event":"update","result":{}}'])(
    'tells of "%s"',
    (text) => {
      expect(spot.read(text, context)).toMatchObject({ is: 'rows', rows: [], faults: [{ channel: 'socket' }] })
    },
  )
})

describe('the polls', () => {
  it('ask for all instruments of a settlement at once', async () => {
    const asked: string[] = []
    const answers: Readonly<Record<string, unknown>> = {
      '/api/v4/spot/tickers': [],
      '/api/v4/futures/usdt/contracts': fixture('gate', 'perp-instrument-rest').payload,
      '/api/v4/futures/btc/contracts': fixture('gate', 'inverse-instrument-rest').payload,
      '/api/v4/futures/usdt/tickers': fixture('gate', 'perp-ticker-rest').payload,
      '/api/v4/futures/btc/tickers': [],
    }
    const io: VenueIo = {
      ask: async ({ path, query }) => {
        asked.push(`${path}?${query?.['offset'] ?? ''}`)
        return answers[path]
      },
      now: () => instant(0),
      signal: new AbortController().signal,
    }
    const kinds: string[] = []
    for (const poll of polls) {
      for await (const { rows, faults } of poll.fetch(io, context, [btc, inverse])) {
        expect(faults).toEqual([])
        kinds.push(...rows.map(({ record, row }) => `${record.name} ${String(row['instrument'])}`))
      }
    }
    expect(kinds).toEqual([
      'openInterest BTC_USDT',
      'funding BTC_USDT',
      'ticker BTC_USDT',
      'openInterest BTC_USD',
      'funding BTC_USD',
    ])
    expect(asked).toEqual([
      '/api/v4/spot/tickers?',
      '/api/v4/futures/usdt/contracts?0',
      '/api/v4/futures/usdt/contracts?1',
      '/api/v4/futures/usdt/tickers?',
      '/api/v4/futures/btc/contracts?0',
      '/api/v4/futures/btc/contracts?1',
      '/api/v4/futures/btc/tickers?',
    ])
  })
})
