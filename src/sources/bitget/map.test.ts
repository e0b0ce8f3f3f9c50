import { describe, expect, it } from 'vitest'
import { contextOf, fixture, fixtureNames, fuzz, made } from '../../../test/support/wire.ts'
import { instant } from '../../core/instant.ts'
import type { Mapped } from '../source.ts'
import { mapPerpListing, mapSpotListing } from './listing.ts'
import { mapCandles } from './mapCandles.ts'
import { mapFundingExpected, mapFundingPaid } from './mapFunding.ts'
import { mapLiquidationEvent, mapLiquidations } from './mapLiquidations.ts'
import { mapRatios } from './mapPositioning.ts'
import { mapOpenInterest, mapPerpTickers, mapSpotTickers } from './mapTickers.ts'
import { mapPastTrades, mapTradeEvent } from './mapTrades.ts'

const perp = made('bitget')
const spot = made('bitget', { market: 'spot', contract: 'none' })
const spotEth = made('bitget', { ...spot, instrument: 'ETHUSDT', asset: 'ETH' })
const inverse = made('bitget', { instrument: 'BTCUSD', quote: 'USD', contract: 'inverse' })
const pepe = made('bitget', { instrument: '1000PEPEUSDT', asset: 'PEPE', multiplier: 1000 })
const context = contextOf('bitget', [perp, spot, spotEth, inverse, pepe])

const payloadOf = (name: string): unknown => fixture('bitget', name).payload
const listOf = (name: string): readonly unknown[] => (payloadOf(name) as { data: readonly unknown[] }).data
const rowsOf = ({ rows }: Mapped): readonly unknown[] => rows.map(({ row }) => row)
const LATE = 4_000_000_000_000

function soundRows(mapped: Mapped): readonly unknown[] {
  expect(mapped.faults).toEqual([])
  return rowsOf(mapped)
}

const series = { venue: 'bitget', market: 'perp', instrument: 'BTCUSDT' }
const spotSeries = { venue: 'bitget', market: 'spot', instrument: 'BTCUSDT' }

describe('listing', () => {
  it('lists a pair that is online', () => {
    expect(mapSpotListing(listOf('spot-instrument-rest'))).toEqual({
      listed: [
        {
          instrument: { venue: 'bitget', market: 'spot', instrument: 'BTCUSDT', quote: 'USDT', contract: 'none' },
          ticker: 'BTC',
        },
      ],
      faults: [],
    })
  })

  it('lists a perpetual with the hours of its funding; a contract has no size of its own', () => {
    expect(mapPerpListing(listOf('perp-instrument-rest'), 'USDT-FUTURES')).toEqual({
      listed: [
        {
          instrument: {
            venue: 'bitget',
            market: 'perp',
            instrument: 'BTCUSDT',
            quote: 'USDT',
            contract: 'linear',
            fundingHours: 8,
          },
          ticker: 'BTC',
        },
      ],
      faults: [],
    })
  })

  it('lists contracts settled in the coin as inverse, and when a contract began', () => {
    const row = { ...(listOf('perp-instrument-rest')[0] as object), symbol: 'BTCUSD', quoteCoin: 'USD' }
    const { listed } = mapPerpListing([{ ...row, launchTime: '1690000000000' }], 'COIN-FUTURES')
    expect(listed[0]?.instrument).toMatchObject({ contract: 'inverse', quote: 'USD', listedAt: 1690000000000 })
  })

  it('leaves out what does not trade and what has a delivery', () => {
    const [pair] = listOf('spot-instrument-rest') as readonly object[]
    const [contract] = listOf('perp-instrument-rest') as readonly object[]
    expect(mapSpotListing([{ ...pair, status: 'halt' }]).listed).toEqual([])
    expect(mapPerpListing([{ ...contract, symbolType: 'delivery' }], 'USDT-FUTURES').listed).toEqual([])
    expect(mapPerpListing([{ ...contract, symbolStatus: 'off' }], 'USDT-FUTURES').listed).toEqual([])
  })

  it('tells of a row that is not as documented and lists the others', () => {
    const [pair] = listOf('spot-instrument-rest')
    const { listed, faults } = mapSpotListing([{}, pair])
    expect(listed).toHaveLength(1)
    expect(faults[0]).toMatchObject({ what: 'not as documented', path: 'data[0].symbol' })
  })
})

describe('trades', () => {
  it('reads trades of the past, with the milliseconds that their ids hold', () => {
    const eth = { ...spotSeries, instrument: 'ETHUSDT' }
    expect(soundRows(mapPastTrades(listOf('spot-trade-history'), spotEth))).toEqual([
      {
        ...eth,
        at: 1744275603972,
        knownAt: 1744275603972,
        tradeId: '1294151170843025500',
        price: 1592.58,
        quantity: 2.1982,
        takerBuy: true,
      },
      {
        ...eth,
        at: 1744275603970,
        knownAt: 1744275603970,
        tradeId: '1294151170834636801',
        price: 1592.57,
        quantity: 0.0045,
        takerBuy: false,
      },
    ])
    expect(soundRows(mapPastTrades(listOf('perp-trade-history-captured'), perp))).toEqual([
      {
        ...series,
        at: 1692073521588,
        knownAt: 1692073521588,
        tradeId: '1075199767891652609',
        price: 29376.5,
        quantity: 6.035,
        takerBuy: true,
      },
    ])
  })

  it('knows only the second of a trade whose id holds no time', () => {
    expect(soundRows(mapPastTrades(listOf('perp-trade-history'), perp))).toEqual([
      {
        ...series,
        at: 1695865151000,
        knownAt: 1695865151000,
        tradeId: '1',
        price: 26372.5,
        quantity: 9.25,
        takerBuy: false,
      },
      {
        ...series,
        at: 1695865115000,
        knownAt: 1695865115000,
        tradeId: '2',
        price: 26383,
        quantity: 12.12,
        takerBuy: true,
      },
    ])
  })

  it('reads the newest trades too', () => {
    const bft = made('bitget', { ...spot, instrument: 'BFTUSDT', asset: 'BFT' })
    expect(soundRows(mapPastTrades(listOf('spot-trade-rest'), bft))).toMatchObject([
      { tradeId: '1', at: 1622097282000, price: 2.38735, quantity: 2470.6224, takerBuy: true },
      { tradeId: '2', at: 1622097280000, price: 2.38649, quantity: 3239.7976, takerBuy: false },
    ])
    expect(soundRows(mapPastTrades(listOf('perp-trade-rest'), perp))).toMatchObject([
      { tradeId: '1', at: 1627116776000, price: 29990.5, quantity: 0.0166, takerBuy: false },
      { tradeId: '2', at: 1627116600000, price: 30007, quantity: 0.0166, takerBuy: true },
    ])
  })

  it('reads trades of the sockets', () => {
    expect(soundRows(mapTradeEvent(payloadOf('spot-trade-socket'), 'spot', context))).toEqual([
      {
        ...spotSeries,
        at: 1695709835000,
        knownAt: 1695709835000,
        tradeId: '1000000000',
        price: 26293.4,
        quantity: 0.0013,
        takerBuy: true,
      },
    ])
    expect(soundRows(mapTradeEvent(payloadOf('perp-trade-socket'), 'perp', context))).toMatchObject([
      { ...series, at: 1695716760000, price: 27000.5, quantity: 0.001, takerBuy: true, tradeId: '1111111111' },
      { ...series, at: 1695716759000, price: 27000, quantity: 0.001, takerBuy: false, tradeId: '1111111111' },
    ])
  })

  it('makes one row of a trade that comes from the socket and from the past', () => {
    const seen = { tradeId: '1116461060594286593', price: '43854.01', size: '0.0535' }
    const pushed = { ...seen, side: 'buy', ts: '1701910980366' }
    const past = { ...seen, side: 'Buy', ts: '1701910980000', symbol: 'BTCUSDT' }
    const arg = { instType: 'SPOT', channel: 'trade', instId: 'BTCUSDT' }
    const event = { action: 'update', arg, data: [pushed], ts: 1701910980730 }
    const [row] = soundRows(mapTradeEvent(event, 'spot', context))
    expect(soundRows(mapPastTrades([past], spot))).toEqual([row])
    expect(row).toMatchObject({ at: 1701910980366, tradeId: '1116461060594286593' })
  })

  it('tells of a symbol that is not listed', () => {
    const mapped = mapTradeEvent(payloadOf('perp-trade-socket'), 'perp', contextOf('bitget', []))
    expect(mapped.rows).toEqual([])
    expect(mapped.faults).toMatchObject([{ what: 'unknown instrument', path: 'arg.instId' }])
  })
})

describe('candles', () => {
  const row = { ...series, interval: '5m', open: 26210.5, high: 26210.5, low: 26194.5, close: 26194.5 }
  const expected = [
    { ...row, at: 1695835800000, knownAt: 1695836100000, volume: 26.26, quoteVolume: 687897.63 },
    {
      ...row,
      at: 1695836100000,
      knownAt: 1695836400000,
      open: 26194.5,
      high: 26194.5,
      low: 26171,
      close: 26171,
      volume: 17.98,
      quoteVolume: 470618.72,
    },
  ]

  it.each(['perp-candle-history', 'perp-candle-rest'])('reads the contract candles of %s', (name) => {
    expect(soundRows(mapCandles(listOf(name), perp, '5m', LATE))).toEqual(expected)
  })

  it('reads spot candles by their shape; the examples repeat their times', () => {
    const rows = soundRows(mapCandles(listOf('spot-candle-history'), spot, '1m', LATE))
    expect(rows).toHaveLength(5)
    expect(rows[0]).toEqual({
      ...spotSeries,
      interval: '1m',
      at: 1646064000000,
      knownAt: 1646064060000,
      open: 43500.8,
      high: 48207.2,
      low: 38516,
      close: 46451.9,
      volume: 2581.4668,
      quoteVolume: 118062073.82644,
    })
    expect(rows[2]).toMatchObject({ volume: 0, quoteVolume: 0 })
    expect(soundRows(mapCandles(listOf('spot-candle-rest'), spot, '1m', LATE))).toHaveLength(2)
  })

  it('leaves out a bar that is still open', () => {
    const list = listOf('perp-candle-rest')
    expect(rowsOf(mapCandles(list, perp, '5m', 1695836400000 - 1))).toEqual(expected.slice(0, 1))
    expect(rowsOf(mapCandles(list, perp, '5m', 1695836400000))).toEqual(expected)
  })

  it('takes for the quote volume of a pair the one that fits its price, in either order', () => {
    const ethBtc = made('bitget', { ...spot, instrument: 'ETHBTC', asset: 'ETH', quote: 'BTC' })
    const bar = ['1700000000000', '0.05', '0.051', '0.049', '0.05', '100']
    for (const volumes of [
      ['5.01', '185000'],
      ['185000', '5.01'],
    ]) {
      const rows = soundRows(mapCandles([[...bar, ...volumes]], ethBtc, '1h', LATE))
      expect(rows).toMatchObject([{ volume: 100, quoteVolume: 5.01 }])
    }
  })

  it('tells the base volume of an inverse contract from the quote volume by the price', () => {
    const bar = ['1700000000000', '60000', '60100', '59900', '60000']
    for (const volumes of [
      ['2.5', '150010'],
      ['150010', '2.5'],
    ]) {
      const rows = soundRows(mapCandles([[...bar, ...volumes]], inverse, '1h', LATE))
      expect(rows).toMatchObject([{ volume: 2.5, quoteVolume: 150010 }])
    }
    const none = soundRows(mapCandles([[...bar, '0', '0']], inverse, '1h', LATE))
    expect(none).toMatchObject([{ volume: 0, quoteVolume: 0 }])
  })

  it('keeps volume in units of the instrument', () => {
    const bar = ['1700000000000', '0.01', '0.01', '0.01', '0.01', '500', '5']
    expect(soundRows(mapCandles([bar], pepe, '1h', LATE))).toMatchObject([{ volume: 500, quoteVolume: 5 }])
  })
})

describe('open interest and tickers', () => {
  it('reads open interest in coins, as published, at the mark price', () => {
    expect(soundRows(mapOpenInterest(listOf('perp-ticker-rest'), context))).toEqual([
      {
        ...series,
        interval: 'live',
        at: 1750332210370,
        knownAt: 1750332210370,
        published: 7452.6421,
        countedIn: 'units',
        sides: 'unknown',
        coins: 7452.6421,
        quoteValue: 7452.6421 * 104824.2,
        price: 104824.2,
        convention: 'bitget/open_interest/base-coin',
      },
    ])
  })

  it('reads an inverse contract, without a value where there is no mark price, and leaves out the dated one', () => {
    expect(soundRows(mapOpenInterest(listOf('inverse-ticker-rest'), context))).toEqual([
      {
        ...series,
        instrument: 'BTCUSD',
        interval: 'live',
        at: 1695794271400,
        knownAt: 1695794271400,
        published: 125.6844,
        countedIn: 'units',
        sides: 'unknown',
        coins: 125.6844,
        convention: 'bitget/open_interest/base-coin',
      },
    ])
  })

  it('counts a thousand coins in a unit of 1000PEPE', () => {
    const row = { ...(listOf('perp-ticker-rest')[0] as object), symbol: '1000PEPEUSDT' }
    const [mapped] = soundRows(mapOpenInterest([{ ...row, holdingAmount: '200', markPrice: '0.01' }], context))
    expect(mapped).toMatchObject({ published: 200, coins: 200_000, price: 0.00001, quoteValue: 2 })
  })

  it('reads what is shown of contracts', () => {
    expect(soundRows(mapPerpTickers(listOf('perp-ticker-rest'), context))).toEqual([
      {
        ...series,
        at: 1750332210370,
        knownAt: 1750332210370,
        last: 104823.8,
        mark: 104824.2,
        index: 104881.953125,
        bid: 104823.5,
        ask: 104823.8,
        volume24h: 79089.5675,
        quoteVolume24h: 8274870921.80485,
      },
    ])
    expect(soundRows(mapPerpTickers(listOf('inverse-ticker-rest'), context))).toMatchObject([
      { instrument: 'BTCUSD', last: 29904.5, bid: 29903.5, index: 29132.353333, volume24h: 0 },
    ])
  })

  it('reads what is shown of pairs', () => {
    expect(soundRows(mapSpotTickers(listOf('spot-ticker-rest'), context))).toEqual([
      {
        ...spotSeries,
        at: 1700532903261,
        knownAt: 1700532903261,
        last: 37583.69,
        bid: 37583.68,
        ask: 37583.69,
        volume24h: 13907.0386,
        quoteVolume24h: 519127705.303,
      },
    ])
  })

  it('takes a time of 0 for the time of the answer, and a price of 0 for none', () => {
    const now = instant(1700532904000)
    const row = listOf('spot-ticker-rest')[0] as object
    const map = (fields: object): Mapped => mapSpotTickers([{ ...row, ...fields }], contextOf('bitget', [spot], now))
    const [zeroTime] = soundRows(map({ ts: '0', bidPr: '0', askPr: '' }))
    expect(zeroTime).toMatchObject({ at: now, knownAt: now })
    expect(zeroTime).not.toHaveProperty('bid')
    expect(zeroTime).not.toHaveProperty('ask')
    expect(soundRows(map({ lastPr: '0' }))).toEqual([])
  })
})

describe('funding', () => {
  const paid = { ...series, state: 'paid', convention: 'bitget/funding/for-one-interval' }

  it('reads what was paid; a time that no interval fits tells no hours', () => {
    expect(soundRows(mapFundingPaid(listOf('perp-funding-history'), perp))).toEqual([
      { ...paid, at: 1695776400000, knownAt: 1695776400000, rate: 0.0005 },
      { ...paid, at: 1695715200000, knownAt: 1695715200000, rate: 0.000013 },
    ])
  })

  it('tells the hours of a payment from the one before it, also where the interval changed', () => {
    const at = (hour: number) => String(1695715200000 + hour * 3_600_000)
    const list = [12, 8, 0].map((hour) => ({ symbol: 'BTCUSDT', fundingRate: '0.0001', fundingTime: at(hour) }))
    const hoursOf = (mapped: Mapped) => mapped.rows.map(({ row }) => row['hours'])
    expect(hoursOf(mapFundingPaid(list, perp))).toEqual([4, 8, undefined])
    expect(hoursOf(mapFundingPaid(list, perp, { fundingTime: at(-8) }))).toEqual([4, 8, 8])
  })

  it('reads what is expected, with the interval that the answer names', () => {
    const now = instant(1745500709429)
    const expected = { ...series, state: 'expected', at: now, knownAt: now, hours: 8 }
    const known = contextOf('bitget', [made('bitget', { fundingHours: 4 })], now)
    expect(soundRows(mapFundingExpected(listOf('perp-funding-rest'), known))).toEqual([
      { ...expected, rate: -0.000013, convention: 'bitget/funding/for-one-interval' },
    ])
    const [older] = soundRows(mapFundingExpected(listOf('perp-funding-rest-documented'), known))
    expect(older).toMatchObject({ rate: 0.0005, hours: 4 })
  })

  it('leaves out contracts with a delivery and such as are not listed, without a word', () => {
    const row = listOf('perp-funding-rest')[0] as object
    const list = [
      { ...row, symbol: 'BTCUSDU26', nextUpdate: '0' },
      { ...row, symbol: 'TESTUSDT', maxFundingRate: null },
    ]
    expect(mapFundingExpected(list, context)).toEqual({ rows: [], faults: [] })
  })
})

describe('positioning', () => {
  const accounts = { measure: 'top_accounts', interval: '5m', now: LATE } as const
  const positions = { measure: 'top_positions', interval: '5m', now: LATE } as const

  it('computes the ratio of accounts from their shares', () => {
    expect(soundRows(mapRatios(listOf('perp-positioning-account-captured'), perp, accounts))).toEqual([
      {
        ...series,
        measure: 'top_accounts',
        interval: '5m',
        at: 1729312200000,
        knownAt: 1729312500000,
        ratio: 0.58 / 0.42,
        longShare: 0.58,
        convention: 'bitget/top_accounts/large-holders',
      },
    ])
  })

  it('has no ratio where nobody is short', () => {
    const [row] = listOf('perp-positioning-account-captured') as Readonly<Record<string, unknown>>[]
    const oneSided = [{ ...row, longAccountRatio: '1', shortAccountRatio: '0' }]
    expect(mapRatios(oneSided, perp, accounts)).toEqual({ rows: [], faults: [] })
  })

  it('reads the documented shares of accounts, which are stand-ins, by their shape', () => {
    expect(soundRows(mapRatios(listOf('perp-positioning-account'), perp, accounts))).toHaveLength(2)
  })

  it('computes the ratio of positions, and leaves out an interval that is not over', () => {
    const list = listOf('perp-positioning-position')
    const rows = soundRows(mapRatios(list, perp, positions))
    expect(rows).toHaveLength(4)
    expect(rows[0]).toMatchObject({
      measure: 'top_positions',
      at: 1758602400000,
      knownAt: 1758602700000,
      ratio: 0.5061 / 0.4939,
      longShare: 0.5061 / (0.5061 + 0.4939),
      convention: 'bitget/top_positions/large-holders',
    })
    expect(soundRows(mapRatios(list, perp, { ...positions, now: 1758603600000 - 1 }))).toHaveLength(3)
  })
})

describe('liquidations', () => {
  it('takes the side for that of the position and the amount for quote units', () => {
    expect(soundRows(mapLiquidationEvent(payloadOf('perp-liquidation-socket'), context))).toEqual([
      {
        ...series,
        at: 1736371332162,
        knownAt: 1736371332162,
        liquidationId: '1736371332162/buy/37.722858/89000',
        position: 'long',
        publishedSide: 'buy',
        price: 89000,
        published: 37.722858,
        coins: 37.722858 / 89000,
        quoteValue: (37.722858 / 89000) * 89000,
        convention: 'bitget/liquidation/all',
      },
    ])
  })

  it('knows that since 2026-06-23 only the largest of a second are sent', () => {
    const row = { symbol: '1000PEPEUSDT', side: 'sell', price: '0.010', amount: '500', ts: '1785000000000' }
    expect(soundRows(mapLiquidations([row], context))).toMatchObject([
      {
        position: 'short',
        publishedSide: 'sell',
        price: 0.00001,
        coins: 50_000_000,
        convention: 'bitget/liquidation/largest-a-second',
      },
    ])
  })

  it('gives a liquidation one id, however its numbers are written', () => {
    const row = { symbol: 'BTCUSDT', side: 'buy', price: '89000', amount: '37.7', ts: '1736371332162' }
    const ids = mapLiquidations([row, { ...row, price: '89000.0', amount: '37.70' }], context).rows.map(
      (each) => each.row['liquidationId'],
    )
    expect(new Set(ids).size).toBe(1)
  })
})

describe('a payload that is damaged', () => {
  const list = (name: string, map: (list: readonly unknown[]) => Mapped) =>
    [name, listOf(name), (json: unknown) => map(json as readonly unknown[])] as const
  const listing = (json: unknown, map: (list: readonly unknown[]) => ReturnType<typeof mapSpotListing>): Mapped => ({
    rows: [],
    faults: map(json as readonly unknown[]).faults,
  })
  const ratios = { interval: '5m', now: LATE } as const

  it.each([
    list('spot-trade-history', (json) => mapPastTrades(json, spotEth)),
    list('perp-trade-history', (json) => mapPastTrades(json, perp)),
    list('perp-trade-history-captured', (json) => mapPastTrades(json, perp)),
    list('spot-trade-rest', (json) => mapPastTrades(json, spot)),
    list('perp-trade-rest', (json) => mapPastTrades(json, perp)),
    list('spot-candle-history', (json) => mapCandles(json, spot, '1m', LATE)),
    list('spot-candle-rest', (json) => mapCandles(json, spot, '1m', LATE)),
    list('perp-candle-history', (json) => mapCandles(json, perp, '5m', LATE)),
    list('perp-candle-rest', (json) => mapCandles(json, inverse, '5m', LATE)),
    list('perp-ticker-rest', (json) => mapOpenInterest(json, context)),
    list('perp-ticker-rest', (json) => mapPerpTickers(json, context)),
    list('inverse-ticker-rest', (json) => mapOpenInterest(json, context)),
    list('inverse-ticker-rest', (json) => mapPerpTickers(json, context)),
    list('spot-ticker-rest', (json) => mapSpotTickers(json, context)),
    list('perp-funding-history', (json) => mapFundingPaid(json, perp)),
    list('perp-funding-rest', (json) => mapFundingExpected(json, context)),
    list('perp-funding-rest-documented', (json) => mapFundingExpected(json, context)),
    list('perp-positioning-account', (json) => mapRatios(json, perp, { ...ratios, measure: 'top_accounts' })),
    list('perp-positioning-account-captured', (json) => mapRatios(json, perp, { ...ratios, measure: 'top_accounts' })),
    list('perp-positioning-position', (json) => mapRatios(json, perp, { ...ratios, measure: 'top_positions' })),
    list('spot-instrument-rest', (json) => listing(json, mapSpotListing)),
    list('perp-instrument-rest', (json) => listing(json, (rows) => mapPerpListing(rows, 'USDT-FUTURES'))),
    ['spot-trade-socket', payloadOf('spot-trade-socket'), (json) => mapTradeEvent(json, 'spot', context)] as const,
    ['perp-trade-socket', payloadOf('perp-trade-socket'), (json) => mapTradeEvent(json, 'perp', context)] as const,
    [
      'perp-liquidation-socket',
      payloadOf('perp-liquidation-socket'),
      (json) => mapLiquidationEvent(json, context),
    ] as const,
    [
      'rows of perp-liquidation-socket',
      (payloadOf('perp-liquidation-socket') as { data: unknown }).data,
      (json) => mapLiquidations(json as readonly unknown[], context),
    ] as const,
  ] as readonly (readonly [string, unknown, (json: unknown) => Mapped])[])(
    'of %s costs no more than its own rows, and says what is wrong',
    (_, payload, map) => fuzz(payload, map),
  )
})

describe('fixtures', () => {
  /** Doors and channels that are documented and not collected, or without a payload. */
  const NOT_READ = [
    /-v3$/,
    /^error-/,
    /-(candle|ticker)-socket$/,
    /^inverse-instrument-rest$/,
    /^perp-(fundingTime|openInterest|price|riskTier|liquidation)-rest$/,
    /^perp-positioning-longShort$/,
  ]
  const READ = `all-time-rest inverse-ticker-rest perp-candle-history perp-candle-rest perp-funding-history
    perp-funding-rest perp-funding-rest-documented perp-instrument-rest perp-liquidation-socket perp-positioning-account
    perp-positioning-account-captured perp-positioning-position perp-ticker-rest perp-trade-history
    perp-trade-history-captured perp-trade-rest perp-trade-socket spot-candle-history spot-candle-rest
    spot-instrument-rest spot-ticker-rest spot-trade-history spot-trade-rest spot-trade-socket`.split(/\s+/)

  it('are all read, or known not to be', () => {
    const read = fixtureNames('bitget').filter((name) => !NOT_READ.some((pattern) => pattern.test(name)))
    expect(read.toSorted()).toEqual(READ)
  })
})
