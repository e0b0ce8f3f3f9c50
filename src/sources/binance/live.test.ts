import { describe, expect, it } from 'vitest'
import { contextOf, fixture, made } from '../../../test/support/wire.ts'
import { instant } from '../../core/instant.ts'
import { RequestRefusedError, ServerFailedError } from '../../net/httpErrors.ts'
import type { Feed, Mapped, Poll, VenueIo, VenueRequest } from '../source.ts'
import { binance } from './binance.ts'

const btc = made('binance')
const bnb = made('binance', { instrument: 'BNBUSDT', asset: 'BNB' })
const spot = made('binance', { market: 'spot', instrument: 'BNBBTC', quote: 'BTC', contract: 'none' })
const context = contextOf('binance', [btc, bnb, spot])

const feed = (id: string): Feed => binance.feeds.find((each) => each.id === id)!
const poll = (id: string): Poll => binance.polls.find((each) => each.id === id)!
const read = (id: string, message: unknown) =>
  feed(id).read(typeof message === 'string' ? message : JSON.stringify(message), context)

describe('feeds', () => {
  it('subscribe by the names of the venue, on the path for market data', () => {
    expect(feed('perp').topics(btc)).toEqual(['btcusdt@aggTrade', 'btcusdt@kline_1m', 'btcusdt@forceOrder'])
    expect(feed('spot').topics(spot)).toEqual(['bnbbtc@aggTrade', 'bnbbtc@kline_1m'])
    expect(feed('perp').path).toBe('/market/ws')
    expect(feed('perp').subscribe(['a@aggTrade', 'b@aggTrade'], 7, instant(0))).toEqual([
      '{"method":"SUBSCRIBE","params":["a@aggTrade","b@aggTrade"],"id":7}',
    ])
    for (const { address } of binance.feeds) expect(binance.addresses).toHaveProperty(address)
  })

  it.each(['spot', 'perp'])('know an acknowledgement, of all that was asked for: %s', (id) => {
    const { subscribe } = fixture('binance', `${id}-control-socket`).payload as { subscribe: { reply: unknown } }
    expect(read(id, subscribe.reply)).toEqual({ is: 'acknowledged', topics: 'all' })
  })

  it.each(['spot', 'perp'])('know every documented refusal: %s', (id) => {
    const { errors } = fixture('binance', `${id}-control-socket`).replies as { errors: { code: number; msg: string }[] }
    expect(errors.length).toBeGreaterThan(5)
    for (const error of errors) {
      expect(read(id, error)).toEqual({ is: 'refused', why: `${error.msg} (${error.code})` })
      expect(read(id, { ...error, id: 1 })).toMatchObject({ is: 'refused' })
    }
  })

  it('pass over the word that a connection will end', () => {
    const { data } = fixture('binance', 'spot-envelope-socket-combined').payload as { data: unknown }
    expect(read('spot', data)).toEqual({ is: 'pulse' })
  })

  it.each([
    ['spot', 'spot-trade-socket', ['trade']],
    ['spot', 'spot-candle-socket', []],
    ['perp', 'perp-trade-socket', ['trade']],
    ['perp', 'perp-candle-socket-captured', []],
    ['perp', 'perp-liquidation-socket', ['liquidation']],
  ])('of %s read %s as %s', (id, name, kinds) => {
    const reading = read(id, fixture('binance', name).payload)
    expect(reading).toMatchObject({ is: 'rows', faults: [] })
    expect((reading as Mapped).rows.map(({ record }) => record.name)).toEqual(kinds)
  })

  it.each([
    ['{"e":"aggTrade","E":1672', 'not a JSON object'],
    ['', 'not a JSON object'],
    ['<html>busy</html>', 'not a JSON object'],
    ['null', 'not a JSON object'],
    ['7', 'not a JSON object'],
    ['[]', 'a message of no known kind'],
    ['{}', 'a message of no known kind'],
    ['{"e":"depthUpdate"}', 'a message of no known kind'],
    ['{"result":["a@aggTrade"],"id":1}', 'a message of no known kind'],
  ])('tell of %s', (text, why) => {
    expect(read('perp', text)).toEqual({
      is: 'rows',
      rows: [],
      faults: [{ channel: 'socket', what: 'not as documented', path: '', why, raw: text }],
    })
  })

  it('keep but a part of a long message that they cannot read', () => {
    const reading = read('perp', 'x'.repeat(10_000)) as Mapped
    expect(reading.faults[0]?.raw).toHaveLength(501)
  })
})

describe('polls', () => {
  /** A venue that answers by path; what was asked of it is kept. */
  function venue(answer: (request: VenueRequest) => unknown): { io: VenueIo; asked: VenueRequest[] } {
    const asked: VenueRequest[] = []
    const ask = async (request: VenueRequest): Promise<unknown> => {
      asked.push(request)
      const given = answer(request)
      if (given instanceof Error) throw given
      return given
    }
    return { io: { ask, now: () => instant(0), signal: new AbortController().signal }, asked }
  }

  async function run(id: string, answer: (request: VenueRequest) => unknown) {
    const { io, asked } = venue(answer)
    const mapped: Mapped[] = []
    for await (const each of poll(id).fetch(io, context, [btc, bnb])) mapped.push(each)
    for (const { address, budget } of asked) {
      expect(binance.addresses).toHaveProperty(address)
      expect(binance.budgets).toHaveProperty(budget)
    }
    return { asked, rows: mapped.flatMap(({ rows }) => rows), faults: mapped.flatMap(({ faults }) => faults) }
  }

  const payload = (name: string) => fixture('binance', name).payload

  it('have names of their own', () => {
    const ids = binance.polls.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('ask for open interest one by one', async () => {
    const { asked, rows, faults } = await run('open interest', () => payload('perp-openInterest-rest'))
    expect(asked.map(({ query }) => query?.['symbol'])).toEqual(['BTCUSDT', 'BNBUSDT'])
    expect(rows.map(({ row }) => row['instrument'])).toEqual(['BTCUSDT', 'BNBUSDT'])
    expect(faults).toEqual([])
  })

  it('go on with the others where one is not listed any more', async () => {
    const gone = new RequestRefusedError('', 400, JSON.stringify(payload('error-bad-symbol')))
    const { rows, faults } = await run('open interest', ({ query }) =>
      query?.['symbol'] === 'BTCUSDT' ? gone : payload('perp-openInterest-rest'),
    )
    expect(rows.map(({ row }) => row['instrument'])).toEqual(['BNBUSDT'])
    expect(faults).toMatchObject([{ what: 'unknown instrument', why: '"BTCUSDT" is not listed any more' }])
  })

  it('end with what the venue failed with', async () => {
    const failed = new ServerFailedError('', 503, '')
    await expect(run('open interest', () => failed)).rejects.toBe(failed)
    const refused = new RequestRefusedError('', 400, JSON.stringify(payload('error-bad-interval')))
    await expect(run('open interest', () => refused)).rejects.toBe(refused)
  })

  it('ask once for the expected funding of all', async () => {
    const { asked, rows } = await run('premium index', () => [payload('perp-markPrice-rest')])
    expect(asked).toEqual([{ address: 'perp', path: '/fapi/v1/premiumIndex', budget: 'perp', weight: 10 }])
    expect(rows.map(({ record }) => record.name)).toEqual(['funding'])
  })

  it('ask once for the tickers of all; on spot only of what trades', async () => {
    const perp = await run('perp tickers', () => [payload('perp-ticker-rest')])
    expect(perp.asked).toMatchObject([{ path: '/fapi/v1/ticker/24hr', weight: 40 }])
    expect(perp.rows).toHaveLength(1)
    const ofSpot = await run('spot tickers', () => payload('spot-ticker-rest-all'))
    expect(ofSpot.asked).toMatchObject([
      { path: '/api/v3/ticker/24hr', query: { symbolStatus: 'TRADING' }, weight: 80 },
    ])
    expect(ofSpot.rows).toHaveLength(1)
  })
})
