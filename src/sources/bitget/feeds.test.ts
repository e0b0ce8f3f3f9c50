import { describe, expect, it } from 'vitest'
import { instant } from '../../core/instant.ts'
import { contextOf, fixture, fuzz, made } from '../../../test/support/wire.ts'
import type { Mapped, Reading } from '../source.ts'
import { feeds } from './feeds.ts'

const perp = made('bitget')
const spot = made('bitget', { market: 'spot', contract: 'none' })
const inverse = made('bitget', { instrument: 'BTCUSD', quote: 'USD', contract: 'inverse' })
const context = contextOf('bitget', [perp, spot, inverse])

const feed = (id: string) => feeds.find((each) => each.id === id) ?? expect.fail(`no feed ${id}`)
const text = (json: unknown): string => JSON.stringify(json)
const payloadOf = (name: string): unknown => fixture('bitget', name).payload
const replyOf = (name: string, reply: string): unknown => fixture('bitget', name).replies?.[reply]

describe('feeds', () => {
  it('name topics by the type of the instrument', () => {
    expect(feed('spot').topics(spot)).toEqual(['SPOT/trade/BTCUSDT'])
    expect(feed('perp').topics(perp)).toEqual(['USDT-FUTURES/trade/BTCUSDT'])
    expect(feed('perp').topics(inverse)).toEqual(['COIN-FUTURES/trade/BTCUSD'])
    expect(feed('perp-liquidations').topics(perp)).toEqual([])
    expect(feed('perp-liquidations').covers(inverse)).toBe(false)
  })

  it.each([
    ['spot', 'spot-trade-socket', ['SPOT/trade/BTCUSDT']],
    ['perp', 'perp-trade-socket', ['USDT-FUTURES/trade/BTCUSDT']],
    ['perp-liquidations', 'perp-liquidation-socket', ['usdt-futures/liquidation']],
    ['perp-liquidations', 'perp-trade-socket-v3', ['usdt-futures/publicTrade/BTCUSDT']],
  ])('%s subscribes in the documented words, and knows the acknowledgement', (id, name, topics) => {
    const { subscribe, read } = feed(id)
    expect(subscribe(topics, 1, instant(1_790_000_123_456)).map((message) => JSON.parse(message) as unknown)).toEqual([
      fixture('bitget', name).request,
    ])
    expect(read(text(replyOf(name, 'subscribed')), context)).toEqual({ is: 'acknowledged', topics })
  })

  it('keep a message under 4096 bytes and 25 topics, and leave no topic out', () => {
    const topics = Array.from({ length: 48 }, (_, i) => `USDT-FUTURES/trade/1000000BABYDOGE${i}USDT`)
    const messages = feed('perp').subscribe(topics, 1, instant(1_790_000_123_456))
    expect(messages).toHaveLength(2)
    for (const message of messages) expect(Buffer.byteLength(message)).toBeLessThan(4096)
    const names = messages.flatMap((message) => (JSON.parse(message) as { args: { instId: string }[] }).args)
    expect(names.map(({ instId }) => `USDT-FUTURES/trade/${instId}`)).toEqual(topics)
  })

  it('ping with a bare text every 30 seconds, and take the answer for a pulse', () => {
    for (const { ping, read } of feeds) {
      expect(ping).toEqual({ everyMs: 30_000, text: 'ping' })
      expect(read('pong', context)).toEqual({ is: 'pulse' })
    }
  })

  it('say why a topic was refused, and which where the venue tells', () => {
    expect(feed('perp').read(text(payloadOf('error-socketUnknown')), context)).toEqual({
      is: 'refused',
      why: "30001 instType:USDT-FUTURES,channel:books,instId:NOPEUSDT,precision:null doesn't exist",
      topics: ['USDT-FUTURES/books/NOPEUSDT'],
    })
    expect(feed('perp').read(text(payloadOf('error-socketParam')), context)).toMatchObject({
      is: 'refused',
      why: '30016 Param error',
    })
    const newer = feed('perp-liquidations').read(text(payloadOf('error-socketUnknown-v3')), context)
    expect(newer).toMatchObject({ is: 'refused' })
    expect(newer).not.toHaveProperty('topics')
    const limit = text({ event: 'error', code: 30007, msg: 'request over limit' })
    expect(feed('perp').read(limit, context)).toEqual({ is: 'refused', why: '30007 request over limit' })
  })

  it('read trades and liquidations', () => {
    const trades = feed('perp').read(text(payloadOf('perp-trade-socket')), context)
    expect(trades).toMatchObject({ is: 'rows', faults: [] })
    expect(trades.is === 'rows' && trades.rows).toHaveLength(2)
    const pairs = feed('spot').read(text(payloadOf('spot-trade-socket')), context)
    expect(pairs).toMatchObject({ is: 'rows', rows: [{ row: { market: 'spot' } }], faults: [] })
    const liquidations = feed('perp-liquidations').read(text(payloadOf('perp-liquidation-socket')), context)
    expect(liquidations).toMatchObject({ is: 'rows', rows: [{ row: { position: 'long' } }], faults: [] })
  })

  it('take trades beside liquidations for a beat, and ask for both', () => {
    const { read, sharedTopics, beats = [] } = feed('perp-liquidations')
    expect(read(text(payloadOf('perp-trade-socket-v3')), context)).toEqual({
      is: 'beat',
      sentAt: 1736371104297,
    })
    expect(read(text({ ...(payloadOf('perp-trade-socket-v3') as object), ts: undefined }), context)).toEqual({
      is: 'beat',
    })
    expect(sharedTopics).toEqual(['usdt-futures/liquidation'])
    expect(beats.map(({ topic }) => topic)).toEqual([
      'usdt-futures/publicTrade/BTCUSDT',
      'usdt-futures/publicTrade/ETHUSDT',
      'usdt-futures/publicTrade/SOLUSDT',
      'usdt-futures/publicTrade/XRPUSDT',
      'usdt-futures/publicTrade/DOGEUSDT',
    ])
  })

  it('read a snapshot and an update alike', () => {
    const event = payloadOf('perp-trade-socket') as object
    const update = feed('perp').read(text({ ...event, action: 'update' }), context)
    expect(update).toEqual(feed('perp').read(text(event), context))
  })

  it.each(['{"action":"upd', 'null', '[]', '""', '{}', '<html>', '{"event":"login"}'])('tell of %s', (message) => {
    expect(feed('perp').read(message, context)).toMatchObject({
      is: 'rows',
      rows: [],
      faults: [{ what: 'not as documented', raw: message }],
    })
  })

  it.each([
    ['spot', payloadOf('spot-trade-socket')],
    ['perp', payloadOf('perp-trade-socket')],
    ['perp', payloadOf('error-socketUnknown')],
    ['perp', replyOf('perp-trade-socket', 'subscribed')],
    ['perp-liquidations', payloadOf('perp-liquidation-socket')],
    ['perp-liquidations', payloadOf('error-socketUnknown-v3')],
  ])('%s outlives any damage to a message', (id, payload) => {
    const mapped = (reading: Reading): Mapped => (reading.is === 'rows' ? reading : { rows: [], faults: [] })
    fuzz(payload, (json) => mapped(feed(id).read(text(json), context)))
  })
})
