import { describe, expect, it } from 'vitest'
import { contextOf, fixture, made } from '../../../test/support/wire.ts'
import { instant } from '../../core/instant.ts'
import type { Feed, Reading, VenueIo, VenueRequest } from '../source.ts'
import { okx } from './okx.ts'

const spot = made('okx', { market: 'spot', instrument: 'BTC-USDT', contract: 'none' })
const swap = made('okx', { instrument: 'BTC-USDT-SWAP', contractSize: 0.01 })
const crv = made('okx', { instrument: 'CRV-USDT-SWAP', asset: 'CRV', contractSize: 1 })
const iost = made('okx', { instrument: 'IOST-USDT-SWAP', asset: 'IOST', contractSize: 1000 })
const context = contextOf('okx', [spot, swap, crv, iost])

const feedOf = (id: string): Feed => okx.feeds.find((feed) => feed.id === id)!
const readOf = (id: string, message: unknown): Reading =>
  feedOf(id).read(typeof message === 'string' ? message : JSON.stringify(message), context)
const replies = (name: string, reply: string): unknown => fixture('okx', name).replies?.[reply]
const kindsOf = (reading: Reading): readonly string[] =>
  reading.is === 'rows' && reading.faults.length === 0 ? reading.rows.map(({ record }) => record.name) : [reading.is]

describe('feeds', () => {
  it('ask for matches and minutes on one path, for all liquidations on the other', () => {
    expect(okx.feeds.map(({ id, market, path, kinds }) => [id, market, path, kinds])).toEqual([
      ['spot', 'spot', '/ws/v5/business', ['trade', 'candle']],
      ['perp', 'perp', '/ws/v5/business', ['trade', 'candle']],
      ['perp-liquidations', 'perp', '/ws/v5/public', ['liquidation']],
    ])
    expect(okx.feeds.every((feed) => feed.covers(swap) && feed.address in okx.addresses)).toBe(true)
  })

  it('subscribe as documented', () => {
    const topics = feedOf('perp').topics(swap)
    expect(topics).toEqual(['trades-all:BTC-USDT-SWAP', 'candle1m:BTC-USDT-SWAP'])
    const sent = feedOf('perp').subscribe(topics, 1512, instant(1_790_000_123_456))
    const [channel, candles] = ['perp-trade-socket-all', 'perp-candle-socket'].map(
      (name) => fixture('okx', name).request as { args: readonly Readonly<Record<string, string>>[] },
    )
    const args = [{ ...channel?.args[0], instId: 'BTC-USDT-SWAP' }, candles?.args[0]]
    expect(sent.map((text) => JSON.parse(text) as unknown)).toEqual([{ id: '1512', op: 'subscribe', args }])
    const { sharedTopics, beats = [], subscribe, topics: each } = feedOf('perp-liquidations')
    expect(each(swap)).toEqual([])
    const [liquidations, marks, tickers] = [
      'perp-liquidation-socket',
      'perp-markPrice-socket',
      'perp-ticker-socket',
    ].map((name) => fixture('okx', name).request as { args: readonly Readonly<Record<string, string>>[] })
    const shared = [liquidations?.args[0], { ...marks?.args[0], instId: 'BTC-USDT-SWAP' }, tickers?.args[0]]
    const more = ['ETH', 'SOL', 'XRP', 'DOGE'].map((asset) => ({ ...tickers?.args[0], instId: `${asset}-USDT-SWAP` }))
    const asked = [...sharedTopics, ...beats.map(({ topic }) => topic)]
    expect(subscribe(asked, 1512, instant(1_790_000_123_456)).map((text) => JSON.parse(text) as unknown)).toEqual([
      { id: '1512', op: 'subscribe', args: [...shared, ...more] },
    ])
  })

  it('fill a connection with one request of less than 64 KB', () => {
    const { topicsPerSocket, subscribe } = feedOf('spot')
    const topics = Array.from({ length: topicsPerSocket }, (_, i) => `trades-all:VERYLONGNAME${i}-USDT-SWAP`)
    const sent = subscribe(topics, 1, instant(1_790_000_123_456))
    expect(sent).toHaveLength(1)
    expect(sent[0]!.length).toBeLessThan(65_536)
  })

  it('ping by text before 30 s of silence are over', () => {
    for (const { ping } of okx.feeds)
      expect(ping).toEqual({ everyMs: 25_000, text: replies('both-control-socket', 'ping') })
  })
})

describe('a message', () => {
  it('acknowledges one topic, by the name it was asked for', () => {
    expect(readOf('spot', replies('spot-trade-socket-all', 'subscribed'))).toEqual({
      is: 'acknowledged',
      topics: ['trades-all:BTC-USDT'],
    })
    expect(readOf('perp-liquidations', replies('perp-liquidation-socket', 'subscribed'))).toEqual({
      is: 'acknowledged',
      topics: ['liquidation-orders:SWAP'],
    })
    const beat = replies('perp-markPrice-socket', 'subscribed') as { arg: object }
    expect(readOf('perp-liquidations', { ...beat, arg: { ...beat.arg, instId: 'BTC-USDT-SWAP' } })).toEqual({
      is: 'acknowledged',
      topics: ['mark-price:BTC-USDT-SWAP'],
    })
    const { sharedTopics, beats = [] } = feedOf('perp-liquidations')
    expect(sharedTopics).toEqual(['liquidation-orders:SWAP'])
    expect(beats.map(({ topic }) => topic)).toEqual([
      'mark-price:BTC-USDT-SWAP',
      'tickers:BTC-USDT-SWAP',
      'tickers:ETH-USDT-SWAP',
      'tickers:SOL-USDT-SWAP',
      'tickers:XRP-USDT-SWAP',
      'tickers:DOGE-USDT-SWAP',
    ])
  })

  it.each(['BadChannel', 'InvalidRequest', 'TooFrequent', 'WrongAddress'])('refuses: %s', (name) => {
    const payload = fixture('okx', `error-socket${name}`).payload as { code: string; msg: string }
    expect(readOf('spot', payload)).toEqual({ is: 'refused', why: `${payload.code} ${payload.msg}` })
  })

  it('of no interest is a pulse', () => {
    for (const reply of ['pong', 'unsubscribed', 'notice']) {
      expect(readOf('spot', replies('both-control-socket', reply))).toEqual({ is: 'pulse' })
    }
  })

  it.each(['perp-markPrice-socket', 'spot-ticker-socket'])('of a mark price or a ticker is a beat: %s', (name) => {
    const payload = fixture('okx', name).payload as { data: readonly { ts: string }[] }
    expect(readOf('perp-liquidations', payload)).toEqual({ is: 'beat', sentAt: Number(payload.data[0]?.ts) })
    expect(readOf('perp-liquidations', { ...payload, data: [] })).toEqual({ is: 'beat' })
  })

  it('brings rows', () => {
    expect(kindsOf(readOf('spot', fixture('okx', 'spot-trade-socket-all').payload))).toEqual(['trade'])
    expect(kindsOf(readOf('perp', fixture('okx', 'perp-trade-socket-all').payload))).toEqual(['trade'])
    const liquidations = fixture('okx', 'perp-liquidation-socket').payload
    expect(kindsOf(readOf('perp-liquidations', liquidations))).toEqual(['liquidation'])
    const bar = ['1629993600000', '42500', '48199.9', '41006.1', '41006.1', '3587', '35.87', '1667410', '0']
    const arg = { channel: 'candle1m', instId: 'BTC-USDT-SWAP' }
    expect(kindsOf(readOf('perp', { arg, data: [bar] }))).toEqual([])
    expect(kindsOf(readOf('perp', { arg, data: [bar.with(8, '1')] }))).toEqual(['candle'])
  })

  it('that was seen before gives the same record again', () => {
    const { payload } = fixture('okx', 'perp-liquidation-socket')
    expect(readOf('perp-liquidations', payload)).toEqual(readOf('perp-liquidations', payload))
  })

  it.each(['', '{"arg":{"chan', '[]', 'null', '{}', '{"event":"login"}', '{"arg":{"channel":"books"},"data":[]}'])(
    'that is not known is told: %s',
    (text) => {
      const reading = readOf('spot', text)
      expect(reading).toMatchObject({
        is: 'rows',
        rows: [],
        faults: [{ why: 'a message of no known kind', raw: text }],
      })
    },
  )

  it('of days is not taken for minutes', () => {
    expect(readOf('spot', fixture('okx', 'spot-candle-socket').payload)).toMatchObject({ rows: [], faults: [{}] })
  })
})

describe('polls', () => {
  const answers: Readonly<Record<string, string>> = {
    '/api/v5/public/open-interest SWAP': 'perp-openInterest-rest',
    '/api/v5/public/funding-rate ANY': 'perp-funding-rest',
    '/api/v5/market/tickers SPOT': 'spot-ticker-socket',
    '/api/v5/market/tickers SWAP': 'perp-ticker-rest',
  }
  const io: VenueIo = {
    ask: ({ path, query, budget }: VenueRequest) => {
      expect(okx.budgets).toHaveProperty(budget)
      const name = answers[`${path} ${query?.['instType'] ?? query?.['instId']}`]!
      const { data } = fixture('okx', name).payload as { data: unknown[] }
      return Promise.resolve({ code: '0', msg: '', data })
    },
    now: () => instant(1_743_588_686_291),
    signal: new AbortController().signal,
  }
  const all = contextOf('okx', [
    spot,
    swap,
    ...['LTC-USD-SWAP', 'BTC-USD-SWAP'].map((instrument) =>
      made('okx', { instrument, quote: 'USD', contract: 'inverse', contractSize: 10 }),
    ),
  ])

  it('bring everything by one question each', async () => {
    const brought: string[] = []
    for (const poll of okx.polls) {
      expect(poll.everyMs).toBe(60_000)
      for await (const { rows, faults } of poll.fetch(io, all, [])) {
        expect(faults).toEqual([])
        brought.push(...rows.map(({ record, row }) => `${record.name} ${String(row['instrument'])}`))
      }
    }
    expect(brought).toEqual([
      'openInterest BTC-USDT-SWAP',
      'funding BTC-USDT-SWAP',
      'ticker BTC-USDT',
      'ticker LTC-USD-SWAP',
      'ticker BTC-USD-SWAP',
    ])
  })
})
