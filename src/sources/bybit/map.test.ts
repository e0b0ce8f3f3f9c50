import { describe, expect, it } from 'vitest'
import { contextOf, fixture, fuzz, made } from '../../../test/support/wire.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { Mapped } from '../source.ts'
import { mapAccountRatios } from './mapAccountRatios.ts'
import { mapCandlePush, mapCandles } from './mapCandles.ts'
import { mapFundingPaid } from './mapFunding.ts'
import { mapLiquidationPush } from './mapLiquidations.ts'
import { mapMarks, mapOpenInterests, type Marks } from './mapOpenInterest.ts'
import { mapContractTickers, mapSpotTickers } from './mapTickers.ts'
import { mapTradePush, mapTrades } from './mapTrades.ts'

const payload = (name: string): unknown => fixture('bybit', name).payload
const rowsOf = ({ rows, faults }: Mapped): readonly unknown[] => {
  expect(faults).toEqual([])
  return rows.map(({ row }) => row)
}
/** The payload with fields of its frame, or of one element of its list, changed. */
const withFrame = (name: string, fields: object): unknown => ({ ...(payload(name) as object), ...fields })
const withElement = (name: string, fields: object): unknown => {
  const copy = structuredClone(payload(name)) as { result: { list: object[] } }
  Object.assign(copy.result.list[0] as object, fields)
  return copy
}

const linear = made('bybit')
const inverse = made('bybit', { instrument: 'BTCUSD', quote: 'USD', contract: 'inverse', contractSize: 1 })
const spot = made('bybit', { market: 'spot', contract: 'none' })
const usdc = made('bybit', { market: 'spot', contract: 'none', instrument: 'BTCUSDC', quote: 'USDC' })
const rose = made('bybit', { instrument: 'ROSEUSDT', asset: 'ROSE' })
const ethPerp = made('bybit', { instrument: 'ETHPERP', asset: 'ETH', quote: 'USDC' })
const ethInverse = made('bybit', { ...inverse, instrument: 'ETHUSD', asset: 'ETH' })
const pepe = made('bybit', { instrument: '1000PEPEUSDT', asset: 'PEPE', multiplier: 1000 })
const context = contextOf('bybit', [linear, inverse, spot, usdc, rose, pepe])

const seriesOf = ({ market, instrument }: Instrument) => ({ venue: 'bybit', market, instrument })

describe('candles', () => {
  it('count inverse volume in coins, which the venue calls turnover', () => {
    const rows = rowsOf(mapCandles(payload('inverse-candle-rest'), inverse, '1h'))
    expect(rows).toHaveLength(3)
    expect(rows[0]).toEqual({
      ...seriesOf(inverse),
      interval: '1h',
      at: 1670608800000,
      knownAt: 1670612400000,
      open: 17071,
      high: 17073,
      low: 17027,
      close: 17055.5,
      volume: 15.74462667,
      quoteVolume: 268611,
    })
  })

  it('count linear and spot volume as the venue does', () => {
    const renamed = withFrame('inverse-candle-rest', {
      result: {
        ...(payload('inverse-candle-rest') as { result: object }).result,
        symbol: 'BTCUSDT',
        category: 'linear',
      },
    })
    for (const is of [linear, spot]) {
      const [row] = rowsOf(mapCandles(renamed, is, '1h'))
      expect(row).toMatchObject({ ...seriesOf(is), volume: 268611, quoteVolume: 15.74462667 })
    }
  })

  it('leave out a bar that was open when the venue answered, and keep it from its close on', () => {
    const justBefore = mapCandles(withFrame('inverse-candle-rest', { time: 1670612399999 }), inverse, '1h')
    const atClose = mapCandles(withFrame('inverse-candle-rest', { time: 1670612400000 }), inverse, '1h')
    expect([rowsOf(justBefore).length, rowsOf(atClose).length]).toEqual([2, 3])
  })

  it('of another instrument than was asked for are refused', () => {
    const { rows, faults } = mapCandles(payload('inverse-candle-rest'), linear, '1h')
    expect(rows).toEqual([])
    expect(faults[0]).toMatchObject({ what: 'impossible', path: 'symbol' })
  })

  it('of the socket are kept once they are closed', () => {
    const open = payload('perp-candle-socket') as { data: object[] }
    expect(rowsOf(mapCandlePush(open, 'perp', context))).toEqual([])
    const closed = { ...open, data: [{ ...open.data[0], confirm: true }] }
    expect(rowsOf(mapCandlePush(closed, 'perp', context))).toEqual([
      {
        ...seriesOf(linear),
        interval: '5m',
        at: 1672324800000,
        knownAt: 1672325100000,
        open: 16649.5,
        high: 16677,
        low: 16608,
        close: 16677,
        volume: 2.081,
        quoteVolume: 34666.4005,
      },
    ])
  })
})

describe('trades', () => {
  it('of spot carry the id of the socket and of REST alike', () => {
    expect(rowsOf(mapTrades(payload('spot-trade-rest'), spot))).toEqual([
      {
        ...seriesOf(spot),
        at: 1672052955758,
        knownAt: 1672052955758,
        tradeId: '2100000000007764263',
        price: 16618.49,
        quantity: 0.00012,
        takerBuy: true,
      },
    ])
    const pushed = rowsOf(mapTradePush(payload('spot-trade-socket-captured'), 'spot', context))
    expect(pushed).toHaveLength(2)
    expect(pushed[1]).toEqual({
      ...seriesOf(usdc),
      at: 1761520812163,
      knownAt: 1761520812163,
      tradeId: '2240000000970262967',
      price: 114513.1,
      quantity: 0.05548,
      takerBuy: false,
    })
  })

  it('captured from REST map without a fault', () => {
    const rows = rowsOf(mapTrades(payload('spot-trade-rest-captured'), usdc))
    expect(rows).toHaveLength(6)
    expect(rows[0]).toMatchObject({ tradeId: '2240000000970262766', quantity: 0.000036, takerBuy: true })
  })

  it('of linear contracts are in coins', () => {
    expect(rowsOf(mapTradePush(payload('perp-trade-socket'), 'perp', context))).toEqual([
      {
        ...seriesOf(linear),
        at: 1672304486865,
        knownAt: 1672304486865,
        tradeId: '20f43950-d8dd-5b31-9112-a178eb6023af',
        price: 16578.5,
        quantity: 0.001,
        takerBuy: true,
      },
    ])
  })

  it('of inverse contracts are turned from dollars into coins', () => {
    const [row] = rowsOf(mapTrades(payload('inverse-trade-rest'), ethInverse))
    expect(row).toMatchObject({ ...seriesOf(ethInverse), price: 1162.95, quantity: 1 / 1162.95, takerBuy: false })
  })

  it('of an instrument that is not listed are told, one that is left out is not', () => {
    const push = payload('perp-trade-socket')
    expect(mapTradePush(push, 'perp', contextOf('bybit', [])).faults[0]).toMatchObject({ what: 'unknown instrument' })
    const leftOut = { ...contextOf('bybit', []), instrument: () => 'left out' as const }
    expect(mapTradePush(push, 'perp', leftOut)).toEqual({ rows: [], faults: [] })
  })
})

describe('liquidations', () => {
  const push = payload('perp-liquidation-socket') as { data: object[] }

  it('name the position: Sell is a short that was bought back, at its bankruptcy price', () => {
    expect(rowsOf(mapLiquidationPush(push, context))).toEqual([
      {
        ...seriesOf(rose),
        at: 1739502302929,
        knownAt: 1739502302929,
        liquidationId: '1739502302929/Sell/20000/0.04499',
        position: 'short',
        publishedSide: 'sell',
        price: 0.04499,
        published: 20000,
        coins: 20000,
        quoteValue: 20000 * 0.04499,
        convention: 'bybit/liquidation/linear-all',
      },
    ])
  })

  it('of inverse contracts are counted in dollars', () => {
    const long = { ...push.data[0], s: 'BTCUSD', S: 'Buy', v: '50000', p: '80000' }
    const [row] = rowsOf(mapLiquidationPush({ ...push, data: [long] }, context))
    expect(row).toMatchObject({
      position: 'long',
      publishedSide: 'buy',
      published: 50000,
      coins: 0.625,
      quoteValue: 50000,
      convention: 'bybit/liquidation/inverse-all',
    })
  })

  it('of a thousand coins a unit give coins, and a price per coin', () => {
    const each = { ...push.data[0], s: '1000PEPEUSDT', v: '500', p: '0.008' }
    const [row] = rowsOf(mapLiquidationPush({ ...push, data: [each] }, context))
    expect(row).toMatchObject({ price: 0.000008, published: 500, coins: 500_000, quoteValue: 4 })
  })

  it('that are alike in one message are two, with the same ids when it is read again', () => {
    const twice = { ...push, data: [push.data[0], push.data[0]] }
    const idsOf = (mapped: Mapped) => mapped.rows.map(({ row }) => row['liquidationId'])
    expect(idsOf(mapLiquidationPush(twice, context))).toEqual([
      '1739502302929/Sell/20000/0.04499',
      '1739502302929/Sell/20000/0.04499/2',
    ])
    expect(idsOf(mapLiquidationPush(twice, context))).toEqual(idsOf(mapLiquidationPush(twice, context)))
  })
})

describe('open interest', () => {
  const marks: Marks = new Map([[1780963200000, 80_000]])
  const ofHistory = (name: string, is: Instrument, given: Marks = new Map()) =>
    mapOpenInterests(payload(name), { is, interval: '5m', marks: given })

  it('is half of the two-sided number, which the one-sided one is a rounding of', () => {
    const rows = rowsOf(ofHistory('perp-openInterest-history-captured', linear))
    expect(rows[1]).toEqual({
      ...seriesOf(linear),
      interval: '5m',
      at: 1789458300000,
      knownAt: 1789458300000,
      published: 52673.343,
      countedIn: 'units',
      sides: 'two',
      coins: 26336.6715,
      convention: 'bybit/open_interest_history/linear-two-sided-beside-single',
    })
  })

  it('of a row stamped in seconds stands at its instant', () => {
    expect(rowsOf(ofHistory('perp-openInterest-history-captured', linear))[2]).toMatchObject({ at: 1789458000000 })
  })

  it('of inverse contracts is counted in coins at the mark price of its instant', () => {
    const { rows, faults } = ofHistory('inverse-openInterest-history', inverse, marks)
    expect(rows.map(({ row }) => row)).toEqual([
      {
        ...seriesOf(inverse),
        interval: '5m',
        at: 1780963200000,
        knownAt: 1780963200000,
        published: 63910691,
        countedIn: 'quote',
        sides: 'two',
        coins: 63910691 / 80_000 / 2,
        quoteValue: 63910691 / 2,
        price: 80_000,
        convention: 'bybit/open_interest_history/inverse-two-sided',
      },
    ])
    expect(faults).toHaveLength(4)
    expect(faults[0]).toMatchObject({ what: 'impossible', path: 'openInterest' })
  })

  it('is told and not kept where the one-sided number is not half of the other', () => {
    const oneSided = withElement('perp-openInterest-history-captured', { singleOpenInterest: '52664.642' })
    const { rows, faults } = mapOpenInterests(oneSided, { is: linear, interval: '5m', marks: new Map() })
    expect(rows).toHaveLength(2)
    expect(faults).toMatchObject([{ what: 'impossible', path: 'singleOpenInterest' }])
  })

  it.each([
    ['2023-01-02', 'two-sided-unsaid'],
    ['2025-04-22', 'two-sided'],
    ['2026-06-11', 'two-sided-beside-single'],
  ])('of %s was two-sided by the entry of its day', (day, short) => {
    for (const is of [linear, inverse]) {
      const at = Date.parse(day)
      const row = { openInterest: '100', timestamp: String(at) }
      const result = { symbol: is.instrument, category: is.contract, list: [row], nextPageCursor: '' }
      const json = withFrame('clock-rest', { result })
      const [kept] = rowsOf(mapOpenInterests(json, { is, interval: '5m', marks: new Map([[at, 50]]) }))
      const convention = `bybit/open_interest_history/${is.contract}-${short}`
      expect(kept).toMatchObject({ convention, coins: is === linear ? 50 : 1 })
    }
  })

  it('takes marks from the opens of mark price candles', () => {
    const { marks: read, faults } = mapMarks(payload('perp-markCandle-rest'), linear)
    expect([...read]).toEqual([[1670608800000, 17164.16]])
    expect(faults).toEqual([])
  })
})

describe('funding', () => {
  it('that was paid is a fraction, without hours where nothing stands before it', () => {
    expect(rowsOf(mapFundingPaid(payload('perp-funding-history'), ethPerp))).toEqual([
      {
        ...seriesOf(ethPerp),
        state: 'paid',
        at: 1672041600000,
        knownAt: 1672041600000,
        rate: 0.0001,
        convention: 'bybit/funding/fraction',
      },
    ])
  })

  it('takes its hours from the row before, where that was read', () => {
    const row = (hour: number, rate = '0.0001') => ({
      symbol: 'BTCUSDT',
      fundingRate: rate,
      fundingRateTimestamp: String(1672041600000 + hour * 3_600_000),
    })
    const hoursOf = (list: readonly object[]) =>
      mapFundingPaid(withFrame('clock-rest', { result: { category: 'linear', list } }), linear).rows.map(
        ({ row: { hours } }) => hours,
      )
    expect(hoursOf([row(20), row(16), row(8), row(0)])).toEqual([undefined, 8, 8, 4])
    expect(hoursOf([row(8), row(4, 'broken'), row(0)])).toEqual([undefined, undefined])
    expect(hoursOf([row(24), row(0)])).toEqual([undefined, undefined])
  })
})

describe('accounts', () => {
  it('are shares, known when their interval is over', () => {
    const rows = rowsOf(mapAccountRatios(payload('perp-positioning-accountRatio'), linear, '1h'))
    expect(rows).toHaveLength(2)
    expect(rows[0]).toEqual({
      ...seriesOf(linear),
      measure: 'long_short_accounts',
      interval: '1h',
      at: 1696262400000,
      knownAt: 1696266000000,
      ratio: 0.49 / 0.51,
      longShare: 0.49,
      convention: 'bybit/long_short_accounts/shares',
    })
  })

  it('that hold neither longs nor shorts make no ratio', () => {
    const none = withElement('perp-positioning-accountRatio', { buyRatio: '0', sellRatio: '0' })
    expect(mapAccountRatios(none, linear, '1h').rows).toHaveLength(1)
    expect(mapAccountRatios(none, linear, '1h').faults).toMatchObject([{ what: 'impossible', path: 'ratio' }])
  })
})

describe('tickers', () => {
  it('of spot have no mark', () => {
    expect(rowsOf(mapSpotTickers(payload('spot-ticker-rest'), context))).toEqual([
      {
        ...seriesOf(spot),
        at: 1673859087947,
        knownAt: 1673859087947,
        last: 20533.13,
        bid: 20517.96,
        ask: 20527.77,
        volume24h: 11801.27771,
        quoteVolume24h: Number('243765620.65899866'),
      },
    ])
  })

  it('of inverse contracts tell price, open interest in coins at the mark, and the funding expected', () => {
    const at = 1760352369814
    const both = 240113967 / 114898.43
    expect(rowsOf(mapContractTickers(payload('inverse-ticker-rest'), context))).toEqual([
      {
        ...seriesOf(inverse),
        at,
        knownAt: at,
        last: 120635.5,
        mark: 114898.43,
        index: 114890.92,
        bid: 103401,
        ask: 109152.8,
        volume24h: 115.6907,
        quoteVolume24h: 13713832,
      },
      {
        ...seriesOf(inverse),
        interval: 'live',
        at,
        knownAt: at,
        published: 240113967,
        countedIn: 'quote',
        sides: 'two',
        coins: both / 2,
        quoteValue: (both / 2) * 114898.43,
        price: 114898.43,
        convention: 'bybit/open_interest/inverse-two-sided',
      },
      {
        ...seriesOf(inverse),
        state: 'expected',
        at,
        knownAt: at,
        rate: 0.0001,
        hours: 8,
        markPrice: 114898.43,
        convention: 'bybit/funding/fraction',
      },
    ])
    expect(both / 2).toBeCloseTo(2089.79 / 2, 2)
  })

  it('of linear contracts give the coins and the value that the venue itself halves', () => {
    const { tickDirection: _, ...data } = (payload('perp-ticker-socket-captured') as { data: Record<string, string> })
      .data
    const time = 1786659827683
    const json = withFrame('inverse-ticker-rest', { result: { category: 'linear', list: [data] }, time })
    const [shown, held] = rowsOf(mapContractTickers(json, context))
    expect(shown).toMatchObject({ volume24h: 55362.91, quoteVolume24h: 3515096831.964 })
    expect(held).toMatchObject({ coins: 29986.128, convention: 'bybit/open_interest/linear-two-sided-beside-single' })
    expect((held as { quoteValue: number }).quoteValue).toBeCloseTo(1905942284.58, 1)
  })

  it('look up the entry of their day', () => {
    const before = withElement('inverse-ticker-rest', { symbol: 'BTCUSDT' })
    const since = withFrame('inverse-ticker-rest', { time: Date.parse('2026-06-11') })
    expect(mapContractTickers(before, context).rows[1]?.row['convention']).toBe('bybit/open_interest/linear-two-sided')
    expect(mapContractTickers(since, context).rows[1]?.row['convention']).toBe(
      'bybit/open_interest/inverse-two-sided-beside-single',
    )
  })

  it('leave dated futures and contracts before their trading out without a word', () => {
    for (const fields of [
      { symbol: 'BTCUSDZ26', fundingRate: '' },
      { symbol: 'NEW', curPreListingPhase: 'CallAuction' },
    ])
      expect(mapContractTickers(withElement('inverse-ticker-rest', fields), context)).toEqual({ rows: [], faults: [] })
  })

  it('leave out what has no price', () => {
    const priceless = withElement('inverse-ticker-rest', { lastPrice: '', markPrice: '', bid1Price: '0' })
    const { rows, faults } = mapContractTickers(priceless, context)
    expect(rows.map(({ record }) => record.name)).toEqual(['funding'])
    expect(faults).toMatchObject([{ what: 'impossible', path: 'openInterest' }])
  })
})

describe('whatever is sent', () => {
  const at = { is: linear, interval: '5m', marks: new Map() } as const
  it.each<[string, string, (json: unknown) => Mapped]>([
    ['candles', 'inverse-candle-rest', (json) => mapCandles(json, inverse, '1h')],
    ['candles of the socket', 'perp-candle-socket', (json) => mapCandlePush(json, 'perp', context)],
    ['trades', 'spot-trade-rest-captured', (json) => mapTrades(json, usdc)],
    ['trades of inverse contracts', 'inverse-trade-rest', (json) => mapTrades(json, ethInverse)],
    ['trades of the socket', 'spot-trade-socket-captured', (json) => mapTradePush(json, 'spot', context)],
    ['trades of the linear socket', 'perp-trade-socket', (json) => mapTradePush(json, 'perp', context)],
    ['liquidations', 'perp-liquidation-socket', (json) => mapLiquidationPush(json, context)],
    ['open interest', 'perp-openInterest-history-captured', (json) => mapOpenInterests(json, at)],
    [
      'open interest of inverse contracts',
      'inverse-openInterest-history',
      (json) => mapOpenInterests(json, { ...at, is: inverse }),
    ],
    ['marks', 'perp-markCandle-rest', (json) => mapMarks(json, linear)],
    ['funding', 'perp-funding-history', (json) => mapFundingPaid(json, ethPerp)],
    ['accounts', 'perp-positioning-accountRatio', (json) => mapAccountRatios(json, linear, '5m')],
    ['spot tickers', 'spot-ticker-rest', (json) => mapSpotTickers(json, context)],
    ['contract tickers', 'inverse-ticker-rest', (json) => mapContractTickers(json, context)],
  ])('%s keep nothing unsound and throw nothing', (_, name, map) => {
    fuzz(payload(name), map)
    for (const odd of [null, undefined, 7, 'text', [], {}]) expect(map(odd).faults).not.toEqual([])
  })
})
