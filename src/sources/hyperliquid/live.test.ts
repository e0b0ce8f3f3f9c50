import { describe, expect, it } from 'vitest'
import { contextOf, fixture, made } from '../../../test/support/wire.ts'
import { instant } from '../../core/instant.ts'
import type { Mapped, VenueRequest } from '../source.ts'
import { feeds, polls } from './live.ts'

const [btc, kpepe] = ['BTC', 'kPEPE'].map((instrument) => made('hyperliquid', { instrument, quote: 'USDC' }))
const context = contextOf('hyperliquid', [btc!, kpepe!])
const [feed] = feeds
const read = (json: unknown) => feed!.read(JSON.stringify(json), context)
const { payload, replies = {} } = fixture('hyperliquid', 'perp-trade-socket')

describe('the feed of trades', () => {
  it('subscribes to one coin a message, its case kept', () => {
    const messages = feed!
      .subscribe([btc!, kpepe!].flatMap(feed!.topics), 1, instant(1_790_000_123_456))
      .map((text) => JSON.parse(text) as unknown)
    expect(messages).toEqual([
      fixture('hyperliquid', 'perp-trade-socket').request,
      { method: 'subscribe', subscription: { type: 'trades', coin: 'kPEPE' } },
    ])
  })

  it('reads the acknowledgement of one topic', () => {
    expect(read(replies['subscribed'])).toEqual({ is: 'acknowledged', topics: feed!.topics(btc!) })
    expect(read(replies['unsubscribed'])).toEqual({ is: 'pulse' })
  })

  it('reads a refusal that names no topic, and one that does', () => {
    const error = fixture('hyperliquid', 'error-socketParse').payload as { data: string }
    expect(read(replies['error'])).toEqual({ is: 'refused', why: error.data })
    expect(read(error)).toEqual({ is: 'refused', why: error.data })
    const request = JSON.stringify({ method: 'subscribes', subscription: { type: 'trades', coin: 'BTC' } })
    const why = `Error parsing JSON into valid websocket request: ${request}`
    expect(read({ channel: 'error', data: why })).toEqual({ is: 'refused', why, topics: feed!.topics(btc!) })
  })

  it('takes "already subscribed" as acknowledged, and "already unsubscribed" as nothing', () => {
    expect(read(fixture('hyperliquid', 'error-socketAlreadySubscribed').payload)).toEqual({
      is: 'acknowledged',
      topics: [],
    })
    const subscription = JSON.stringify({ type: 'trades', coin: 'BTC' })
    expect(read({ channel: 'error', data: `Already subscribed: ${subscription}` })).toEqual({
      is: 'acknowledged',
      topics: feed!.topics(btc!),
    })
    expect(read({ channel: 'error', data: `Already unsubscribed: ${subscription}` })).toEqual({ is: 'pulse' })
  })

  it('sends the documented ping and takes its answer for a pulse', () => {
    expect(JSON.parse(String(feed!.ping!.text))).toEqual(replies['ping'])
    expect(feed!.ping!.everyMs).toBeLessThan(60_000)
    expect(read(replies['pong'])).toEqual({ is: 'pulse' })
  })

  it('reads trades', () => {
    expect(read(payload)).toMatchObject({ is: 'rows', rows: [{ row: { tradeId: '1045359869404765' } }], faults: [] })
  })

  it('tells of what it does not know: another channel, another form of a known one, JSON cut short', () => {
    const unknown = [
      { channel: 'l2Book', data: {} },
      { channel: 'error' },
      { channel: 'subscriptionResponse' },
      null,
      [],
      7,
    ]
    for (const json of unknown) {
      expect(read(json)).toMatchObject({ is: 'rows', rows: [], faults: [{ what: 'not as documented' }] })
    }
    expect(feed!.read('{"channel":"tra', context)).toMatchObject({ faults: [{ raw: '{"channel":"tra' }] })
  })
})

describe('the poll of contexts', () => {
  it('asks once for all contracts and stamps the rows with the time of the answer', async () => {
    const asked: VenueRequest[] = []
    let now = instant(1_791_275_820_000)
    const io = {
      ask: async (request: VenueRequest): Promise<unknown> => {
        asked.push(request)
        now = instant(now + 40_000)
        return fixture('hyperliquid', 'perp-ticker-rest-live').payload
      },
      now: () => now,
      signal: new AbortController().signal,
    }
    const parts: Mapped[] = []
    for await (const part of polls[0]!.fetch(io, context, [btc!])) parts.push(part)
    expect(asked.map(({ body, weight }) => ({ body, weight }))).toEqual([
      { body: { type: 'metaAndAssetCtxs' }, weight: 20 },
    ])
    const names = parts.flatMap(({ rows }) => rows.map(({ record }) => record.name))
    expect(names).toEqual(['openInterest', 'funding', 'ticker'])
    expect(parts[0]?.rows[0]?.row).toMatchObject({ at: 1_791_275_860_000, knownAt: 1_791_275_860_000 })
  })
})
