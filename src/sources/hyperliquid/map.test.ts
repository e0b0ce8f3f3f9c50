import { describe, expect, it } from 'vitest'
import { contextOf, expectSound, fixture, fuzz, made } from '../../../test/support/wire.ts'
import { instant } from '../../core/instant.ts'
import type { Mapped } from '../source.ts'
import { mapCandles, mapContexts, mapFundingPaid, mapRecentTrades, mapTradesMessage } from './map.ts'

const payloadOf = (name: string): unknown => fixture('hyperliquid', name).payload
const perp = (instrument: string, multiplier = 1) =>
  made('hyperliquid', { instrument, asset: instrument.replace(/^k/, ''), quote: 'USDC', multiplier, fundingHours: 1 })
const [btc, eth, hpos, kpepe] = [perp('BTC'), perp('ETH'), perp('HPOS'), perp('kPEPE', 1000)]
const context = contextOf('hyperliquid', [btc, eth, hpos, kpepe])
const later = instant(4_000_000_000_000)
const rowsOf = ({ rows, faults }: Mapped): readonly unknown[] => {
  expect(faults).toEqual([])
  return rows.map(({ row }) => row)
}
const series = { venue: 'hyperliquid', market: 'perp', instrument: 'BTC' }

describe('mapCandles', () => {
  it('reads the documented candle: volume in units, no quote and no taker volume', () => {
    const rows = rowsOf(mapCandles(payloadOf('perp-candle-rest'), btc, '15m', later))
    expect(rows).toEqual([
      {
        ...series,
        interval: '15m',
        at: 1681923600000,
        knownAt: 1681924500000,
        open: 29295,
        high: 29309,
        low: 29250,
        close: 29258,
        volume: 0.98639,
        trades: 189,
      },
    ])
  })

  it('keeps a bar that closes at this very moment and leaves out one that is still open', () => {
    const [payload, first, second] = [payloadOf('perp-candle-rest-hours'), 1791255600000, 1791259200000]
    expect(rowsOf(mapCandles(payload, btc, '1h', instant(second - 1)))).toMatchObject([{ knownAt: first }])
    expect(rowsOf(mapCandles(payload, btc, '1h', instant(second)))).toMatchObject([
      { knownAt: first, volume: 526.02537 },
      { knownAt: second, volume: 611.8724 },
    ])
  })

  it('leaves the prices and volumes of a kilo name in units of a thousand tokens', () => {
    const rows = rowsOf(mapCandles(payloadOf('perp-candle-rest-kilo'), kpepe, '1h', later))
    expect(rows).toHaveLength(24)
    expect(rows[0]).toMatchObject({ instrument: 'kPEPE', open: 0.001601, volume: 520665683, trades: 709 })
  })

  it('tells of a candle of another coin or interval than was asked for', () => {
    const mapped = mapCandles(payloadOf('perp-candle-rest'), eth, '15m', later)
    expect(mapped.rows).toEqual([])
    expect(mapped.faults).toMatchObject([{ what: 'impossible', why: 'BTC 15m was not asked for' }])
    expect(mapCandles(payloadOf('perp-candle-rest'), btc, '1h', later).rows).toEqual([])
  })

  it('tells of the null that the venue answers to some unknown coins', () => {
    expect(mapCandles(null, btc, '1m', later).faults).toMatchObject([{ why: 'not a list' }])
  })
})

const [firstTrade, secondTrade] = [
  {
    ...series,
    at: 1791275814004,
    knownAt: 1791275814004,
    tradeId: '284092582946010',
    price: 85812,
    quantity: 0.00347,
    takerBuy: false,
  },
  {
    ...series,
    at: 1791275814806,
    knownAt: 1791275814806,
    tradeId: '744489298526402',
    price: 85813,
    quantity: 0.01757,
    takerBuy: true,
  },
]

describe('trades', () => {
  it('reads the trades of REST: A sold, B bought, tid as text', () => {
    expect(rowsOf(mapRecentTrades(payloadOf('perp-trade-rest'), btc))).toEqual([firstTrade, secondTrade])
  })

  it('gives the same rows from the socket as from REST', () => {
    const message = { channel: 'trades', data: payloadOf('perp-trade-rest') }
    expect(rowsOf(mapTradesMessage(message, context))).toEqual([firstTrade, secondTrade])
  })

  it('reads the messages of the socket, live and repeated', () => {
    expect(rowsOf(mapTradesMessage(payloadOf('perp-trade-socket'), context))).toEqual([
      {
        ...series,
        at: 1790232216193,
        knownAt: 1790232216193,
        tradeId: '1045359869404765',
        price: 84143,
        quantity: 0.00036,
        takerBuy: false,
      },
    ])
    expect(rowsOf(mapTradesMessage(payloadOf('perp-trade-socket-replay'), context))).toMatchObject([
      { tradeId: '447757798903687', price: 63719, takerBuy: true },
      { tradeId: '355416041315622', price: 63530, takerBuy: true },
    ])
  })

  it('tells of a coin in another case, which is no coin of the venue', () => {
    const message = structuredClone(payloadOf('perp-trade-socket')) as { data: { coin: string }[] }
    message.data[0]!.coin = 'btc'
    expect(mapTradesMessage(message, context).faults).toMatchObject([
      { what: 'unknown instrument', path: 'data[0].coin', why: '"btc" is not listed' },
    ])
  })

  it('tells of a trade of another coin than was asked for', () => {
    expect(mapRecentTrades(payloadOf('perp-trade-rest'), eth)).toMatchObject({
      rows: [],
      faults: [{ why: 'BTC was not asked for' }, { why: 'BTC was not asked for' }],
    })
  })
})

const at = instant(1791275820000)

describe('mapContexts', () => {
  it('reads open interest as published, sides unknown; expected funding of one hour; the ticker', () => {
    const rows = rowsOf(mapContexts(payloadOf('perp-ticker-rest-live'), context, at))
    expect(rows.slice(0, 3)).toEqual([
      {
        ...series,
        interval: 'live',
        at,
        knownAt: at,
        published: 39310.43958,
        countedIn: 'units',
        sides: 'unknown',
        coins: 39310.43958,
        quoteValue: 39310.43958 * 85810.5,
        price: 85810.5,
        convention: 'hyperliquid/open_interest/sides-unknown',
      },
      {
        ...series,
        state: 'expected',
        at,
        knownAt: at,
        rate: 0.0000125,
        hours: 1,
        markPrice: 85810.5,
        convention: 'hyperliquid/funding/hourly',
      },
      {
        ...series,
        at,
        knownAt: at,
        last: 85812.5,
        mark: 85810.5,
        index: 85836.1,
        volume24h: 21219.11844,
        quoteVolume24h: 1820651593.0427697,
      },
    ])
  })

  it('passes over delisted contracts, whose names are not listed here', () => {
    const rows = rowsOf(mapContexts(payloadOf('perp-ticker-rest-live'), context, at)) as { instrument: string }[]
    expect(rows.map(({ instrument }) => instrument)).toEqual([
      'BTC',
      'BTC',
      'BTC',
      'ETH',
      'ETH',
      'ETH',
      'HPOS',
      'HPOS',
      'HPOS',
    ])
  })

  it('reads the example of the documents, which has no volume in coins', () => {
    const rows = rowsOf(mapContexts(payloadOf('perp-ticker-rest'), context, at)) as Readonly<Record<string, unknown>>[]
    expect(rows).toHaveLength(9)
    expect(rows[2]).not.toHaveProperty('volume24h')
  })

  it('divides the thousand of a kilo name out of coins and price, and leaves the value', () => {
    const rows = rowsOf(mapContexts(contextsOf('kPEPE', { openInterest: '5000.0', markPx: '0.004' }), context, at))
    expect(rows[0]).toMatchObject({ published: 5000, coins: 5_000_000, price: 0.000004, quoteValue: 20 })
  })

  it('leaves out the rate that says 0 without a premium, and the ticker of an empty book', () => {
    const thin = { premium: null, midPx: null, impactPxs: null, funding: '0.0', openInterest: '0.0' }
    const { rows, faults } = mapContexts(contextsOf('BTC', thin), context, at)
    expect(faults).toEqual([])
    expect(rows.map(({ record }) => record.name)).toEqual(['openInterest'])
    expect(rows[0]?.row).toMatchObject({ published: 0, coins: 0 })
  })

  it('keeps nothing where names and contexts cannot be joined by place', () => {
    const payload = structuredClone(payloadOf('perp-ticker-rest-live')) as [unknown, unknown[]]
    payload[1].pop()
    const mapped = mapContexts(payload, context, at)
    expect(mapped.rows).toEqual([])
    expect(mapped.faults).toMatchObject([{ what: 'not as documented', path: '[1]', why: '3 contexts for 4 names' }])
  })

  it('keeps nothing where another token than USDC is the margin', () => {
    const payload = structuredClone(payloadOf('perp-ticker-rest-live')) as [{ collateralToken: number }, unknown]
    payload[0].collateralToken = 235
    expect(mapContexts(payload, context, at)).toMatchObject({ rows: [], faults: [{ path: '[0].collateralToken' }] })
  })
})

function contextsOf(name: string, fields: Readonly<Record<string, unknown>>): unknown {
  const [, contexts] = payloadOf('perp-ticker-rest-live') as [unknown, Readonly<Record<string, unknown>>[]]
  return [{ universe: [{ name }], collateralToken: 0 }, [{ ...contexts[0], ...fields }]]
}

describe('mapFundingPaid', () => {
  it('reads the rate of an hour at its full hour, known when it was told', () => {
    expect(rowsOf(mapFundingPaid(payloadOf('perp-funding-rest-hourly'), btc))).toEqual([
      {
        ...series,
        state: 'paid',
        at: 1791255600000,
        knownAt: 1791255600057,
        rate: 0.0000125,
        hours: 1,
        convention: 'hyperliquid/funding/hourly',
      },
      {
        ...series,
        state: 'paid',
        at: 1791259200000,
        knownAt: 1791259200041,
        rate: -0.0000032,
        hours: 1,
        convention: 'hyperliquid/funding/hourly',
      },
    ])
  })

  it('reads rates of eight hours until the day on which they became hourly', () => {
    const rows = rowsOf(mapFundingPaid(payloadOf('perp-funding-rest-switch'), btc)) as { hours: number }[]
    expect(rows.map(({ hours }) => hours)).toEqual([8, 8, 8, 8, 8, 8, 8, 1, 1, 1, 1, 1])
    expect(rows[6]).toMatchObject({ at: Date.UTC(2023, 5, 8, 0), convention: 'hyperliquid/funding/eight-hourly' })
    expect(rows[7]).toMatchObject({ at: Date.UTC(2023, 5, 8, 1), convention: 'hyperliquid/funding/hourly' })
    expect(rowsOf(mapFundingPaid(payloadOf('perp-funding-rest'), eth))).toMatchObject([{ hours: 8, rate: -0.00022196 }])
  })

  it('tells of a payment of another coin than was asked for', () => {
    expect(mapFundingPaid(payloadOf('perp-funding-rest'), btc)).toMatchObject({
      rows: [],
      faults: [{ path: '[0].coin' }],
    })
  })
})

describe('damaged payloads', () => {
  const cases: readonly [string, (json: unknown) => Mapped][] = [
    ['perp-candle-rest', (json) => mapCandles(json, btc, '15m', later)],
    ['perp-candle-rest-hours', (json) => mapCandles(json, btc, '1h', later)],
    ['perp-candle-rest-kilo', (json) => mapCandles(json, kpepe, '1h', later)],
    ['perp-trade-rest', (json) => mapRecentTrades(json, btc)],
    ['perp-trade-socket', (json) => mapTradesMessage(json, context)],
    ['perp-trade-socket-replay', (json) => mapTradesMessage(json, context)],
    ['perp-ticker-rest', (json) => mapContexts(json, context, at)],
    ['perp-ticker-rest-live', (json) => mapContexts(json, context, at)],
    ['perp-funding-rest', (json) => mapFundingPaid(json, eth)],
    ['perp-funding-rest-hourly', (json) => mapFundingPaid(json, btc)],
    ['perp-funding-rest-switch', (json) => mapFundingPaid(json, btc)],
  ]

  it.each(cases)('of %s throw nothing and leave nothing unsound', (name, map) => {
    expectSound(map(payloadOf(name)))
    fuzz(payloadOf(name), map)
  })
})
