import { describe, expect, it } from 'vitest'
import { contextOf, expectSound, fixture, fuzz, made } from '../../../test/support/wire.ts'
import { instant } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { Mapped } from '../source.ts'
import { mapFundingHours, mapSpotListing, mapSwapListing } from './listing.ts'
import { mapCandlePush, mapCandles } from './mapCandles.ts'
import { mapFundingExpected, mapFundingPaid } from './mapFunding.ts'
import { mapLiquidationPush } from './mapLiquidations.ts'
import { mapOpenInterest, mapOpenInterestHistory } from './mapOpenInterest.ts'
import { mapRatios, mapTakers } from './mapPositioning.ts'
import { mapTickers } from './mapTickers.ts'
import { mapTradePush, mapTrades } from './mapTrades.ts'

const perp = (fields: Partial<Instrument>): Instrument => made('okx', { market: 'perp', ...fields })
const spot = made('okx', { market: 'spot', instrument: 'BTC-USDT', contract: 'none' })
const linear = perp({ instrument: 'BTC-USDT-SWAP', contractSize: 0.01 })
const inverse = perp({ instrument: 'BTC-USD-SWAP', quote: 'USD', contract: 'inverse', contractSize: 100 })
const iost = perp({ instrument: 'IOST-USDT-SWAP', asset: 'IOST', contractSize: 1000 })
const crv = perp({ instrument: 'CRV-USDT-SWAP', asset: 'CRV', contractSize: 1 })
const litecoin = perp({
  instrument: 'LTC-USD-SWAP',
  asset: 'LTC',
  quote: 'USD',
  contract: 'inverse',
  contractSize: 10,
})
const ether = made('okx', {
  market: 'spot',
  instrument: 'ETH-BTC',
  asset: 'ETH',
  quote: 'BTC',
  contract: 'none',
})
const context = contextOf('okx', [spot, linear, inverse, iost, crv, litecoin, ether])
const LATER = instant(4_000_000_000_000)
const buckets = { interval: '5m', now: LATER } as const

const payload = (name: string): unknown => fixture('okx', name).payload
const answerOf = (...data: readonly unknown[]): unknown => ({ code: '0', msg: '', data })
const rowsOf = ({ rows, faults }: Mapped): readonly Readonly<Record<string, unknown>>[] => {
  expect(faults).toEqual([])
  return rows.map(({ row }) => row)
}
const whysOf = ({ rows, faults }: Mapped): readonly string[] => {
  expect(rows).toEqual([])
  return faults.map(({ path, why }) => `${path}: ${why}`)
}

/** The documented candle push is of days; a minute's has the same form. */
function minutePush(name: string): unknown {
  const json = structuredClone(payload(name)) as { arg: { channel: string } }
  json.arg.channel = 'candle1m'
  return json
}

describe('candles', () => {
  it('of an inverse swap count units by the seventh column; the open bar is left out', () => {
    const rows = rowsOf(mapCandles(payload('perp-candle-rest'), inverse, '1m'))
    const series = { venue: 'okx', market: 'perp', instrument: 'BTC-USD-SWAP', interval: '1m' }
    expect(rows).toEqual([
      {
        ...series,
        at: 1_678_928_700_000,
        knownAt: 1_678_928_760_000,
        open: 24_324.1,
        high: 24_347.6,
        low: 24_321.7,
        close: 24_341.4,
        volume: 10.5401,
        quoteVolume: 256_500,
      },
      {
        ...series,
        at: 1_678_928_640_000,
        knownAt: 1_678_928_700_000,
        open: 24_300.2,
        high: 24_324.1,
        low: 24_288,
        close: 24_324.1,
        volume: 13.5937,
        quoteVolume: 330_400,
      },
    ])
  })

  it('of a linear swap count units, not contracts', () => {
    const bar = ['1678928640000', '100', '110', '90', '105', '5000', '50', '5250', '1']
    const [row] = rowsOf(mapCandles(answerOf(bar), linear, '1h'))
    expect(row).toMatchObject({ volume: 50, quoteVolume: 5250, knownAt: 1_678_932_240_000 })
  })

  it('of spot count the base by the sixth column', () => {
    const push = minutePush('spot-candle-socket-real') as { data: string[][] }
    expect(rowsOf(mapCandlePush(push, 'spot', context))).toEqual([])
    push.data[0]![8] = '1'
    expect(rowsOf(mapCandlePush(push, 'spot', context))).toEqual([
      {
        venue: 'okx',
        market: 'spot',
        instrument: 'BTC-USDT',
        interval: '1m',
        at: 1_629_993_600_000,
        knownAt: 1_629_993_660_000,
        open: 42_500,
        high: 48_199.9,
        low: 41_006.1,
        close: 41_006.1,
        volume: 3587.41204591,
        quoteVolume: 166_741_046.225_831_3,
      },
    ])
  })

  it.each(['spot-candle-rest', 'spot-candle-history', 'perp-candle-history'])('of %s are read', (name) => {
    const rows = rowsOf(mapCandles(payload(name), name.startsWith('spot') ? spot : linear, '1m'))
    expect(rows).toHaveLength(name === 'spot-candle-rest' ? 1 : 2)
  })
})

describe('trades', () => {
  it('have the same ids and units from REST and from the socket', () => {
    const rows = rowsOf(mapTrades(payload('spot-trade-history'), spot))
    expect(rows[0]).toEqual({
      venue: 'okx',
      market: 'spot',
      instrument: 'BTC-USDT',
      at: 1_654_161_646_974,
      knownAt: 1_654_161_646_974,
      tradeId: '242720720',
      price: 29_963.2,
      quantity: 0.00001,
      takerBuy: false,
    })
    expect(rowsOf(mapTrades(payload('spot-trade-rest'), spot))).toEqual(rows)
    const [raw] = (payload('spot-trade-rest') as { data: unknown[] }).data
    const push = { arg: { channel: 'trades-all', instId: 'BTC-USDT' }, data: [raw] }
    expect(rowsOf(mapTradePush(push, 'spot', context))).toEqual([rows[0]])
  })

  it('of spot are in units', () => {
    const [row] = rowsOf(mapTradePush(payload('spot-trade-socket-all'), 'spot', context))
    expect(row).toMatchObject({ tradeId: '130639474', price: 42_219.9, quantity: 0.12060306, takerBuy: true })
  })

  it('of swaps are contracts of so many coins, or of so many dollars', () => {
    expect(rowsOf(mapTradePush(payload('perp-trade-socket-all'), 'perp', context))).toEqual([
      {
        venue: 'okx',
        market: 'perp',
        instrument: 'CRV-USDT-SWAP',
        at: 1_694_952_634_493,
        knownAt: 1_694_952_634_493,
        tradeId: '112905979',
        price: 0.4376,
        quantity: 1,
        takerBuy: false,
      },
    ])
    const match = { instId: '', tradeId: '7', px: '50000', sz: '25', side: 'buy', source: '0', ts: '1694952634493' }
    expect(rowsOf(mapTrades(answerOf(match), linear))[0]).toMatchObject({ quantity: 0.25 })
    expect(rowsOf(mapTrades(answerOf(match), inverse))[0]).toMatchObject({ quantity: 0.05 })
  })

  it('without a contract size are refused', () => {
    const match = { instId: '', tradeId: '7', px: '50000', sz: '25', side: 'buy', source: '0', ts: '1694952634493' }
    expect(whysOf(mapTrades(answerOf(match), perp({})))[0]).toMatch(/^quantity: /)
  })
})

describe('liquidations', () => {
  const push = (details: Readonly<Record<string, string>>, instId = 'BTC-USDT-SWAP'): unknown => {
    const detail = { bkLoss: '0', bkPx: '50000', ccy: '', posSide: 'net', side: 'sell', sz: '20', ts: '1692266434010' }
    const one = { instFamily: '', instId, instType: 'SWAP', uly: '', details: [{ ...detail, ...details }] }
    return { arg: { channel: 'liquidation-orders', instType: 'SWAP' }, data: [one] }
  }

  it('name the side of the order and count contracts', () => {
    expect(rowsOf(mapLiquidationPush(payload('perp-liquidation-socket'), context))).toEqual([
      {
        venue: 'okx',
        market: 'perp',
        instrument: 'IOST-USDT-SWAP',
        at: 1_692_266_434_010,
        knownAt: 1_692_266_434_010,
        liquidationId: '1692266434010/buy/short/13/0.007831',
        position: 'short',
        publishedSide: 'buy',
        price: 0.007831,
        published: 13,
        coins: 13_000,
        quoteValue: 13_000 * 0.007831,
        convention: 'okx/liquidation/order-side',
      },
    ])
  })

  it('of an inverse swap are worth their contracts', () => {
    const [row] = rowsOf(mapLiquidationPush(push({}, 'BTC-USD-SWAP'), context))
    expect(row).toMatchObject({ position: 'long', coins: 0.04, quoteValue: 2000 })
  })

  it('whose two sides disagree are refused', () => {
    const mapped = mapLiquidationPush(push({ side: 'sell', posSide: 'short' }), context)
    expect(whysOf(mapped)).toEqual(['posSide: a sell order does not close a short position'])
  })

  it('of the door that is not documented any more have the same details', () => {
    const { partial } = fixture('okx', 'perp-liquidation-rest') as unknown as {
      partial: { details: Readonly<Record<string, string>>[] }
    }
    for (const details of partial.details) {
      const [row] = rowsOf(mapLiquidationPush(push(details), context))
      expect(row).toMatchObject({ position: 'short', published: Number(details['sz']) })
    }
  })
})

describe('open interest', () => {
  it('of a linear swap is contracts, worth coins and dollars, its sides unknown', () => {
    const socket = payload('perp-openInterest-socket') as { data: unknown[] }
    const [row] = rowsOf(mapOpenInterest(answerOf(...socket.data), context))
    expect(row).toEqual({
      venue: 'okx',
      market: 'perp',
      instrument: 'BTC-USDT-SWAP',
      interval: 'live',
      at: 1_743_041_250_440,
      knownAt: 1_743_041_250_440,
      published: 2_216_113.010_000_003,
      countedIn: 'contracts',
      sides: 'unknown',
      coins: expect.closeTo(22_161.1301, 6),
      quoteValue: expect.closeTo(1_939_251_795.5477, 3),
      price: expect.closeTo(87_507, 0),
      convention: 'okx/open_interest/contracts',
    })
  })

  it('without dollars has no value', () => {
    const [row] = rowsOf(mapOpenInterest(payload('perp-openInterest-rest-real'), context))
    expect(row).toMatchObject({ published: 2_125_419, coins: 21_254.19 })
    expect(row).not.toHaveProperty('quoteValue')
    expect(row).not.toHaveProperty('price')
  })

  it('of an inverse swap is coins', () => {
    const held = {
      instId: 'BTC-USD-SWAP',
      instType: 'SWAP',
      oi: '1000',
      oiCcy: '2',
      oiUsd: '100000',
      ts: '1743041250440',
    }
    const [row] = rowsOf(mapOpenInterest(answerOf(held), context))
    expect(row).toMatchObject({ published: 2, countedIn: 'coins', coins: 2, quoteValue: 100_000, price: 50_000 })
    expect(row).toMatchObject({ convention: 'okx/open_interest/coins-inverse' })
    const none = { ...held, oi: '0', oiCcy: '0', oiUsd: '0' }
    expect(rowsOf(mapOpenInterest(answerOf(none), context))[0]).toMatchObject({ published: 0, coins: 0 })
  })

  it('divides a multiplier out of the price and into the coins', () => {
    const kilo = perp({ instrument: '1000X-USDT-SWAP', asset: 'X', contractSize: 10, multiplier: 1000 })
    const held = { instId: kilo.instrument, instType: 'SWAP', oi: '5', oiCcy: '50', oiUsd: '100', ts: '1743041250440' }
    const [row] = rowsOf(mapOpenInterest(answerOf(held), contextOf('okx', [kilo])))
    expect(row).toMatchObject({ coins: 50_000, price: 0.002, quoteValue: 100 })
  })

  it('of the past is known when its interval is over, and left out before', () => {
    const json = payload('perp-openInterest-history')
    const rows = rowsOf(mapOpenInterestHistory(json, linear, '5m', LATER))
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatchObject({
      interval: '5m',
      at: 1_701_417_600_000,
      knownAt: 1_701_417_900_000,
      published: 731_377.57500501,
      coins: expect.closeTo(7313.7757500501, 8),
      convention: 'okx/open_interest_history/contracts',
    })
    expect(rowsOf(mapOpenInterestHistory(json, linear, '5m', 1_701_417_899_999))).toHaveLength(1)
    const [row] = rowsOf(mapOpenInterestHistory(json, inverse, '5m', LATER))
    expect(row).toMatchObject({ published: 111, coins: 111, convention: 'okx/open_interest_history/coins-inverse' })
  })
})

describe('positioning', () => {
  it('is one number, long over short', () => {
    const json = payload('perp-positioning-accounts-real')
    const rows = rowsOf(mapRatios(json, linear, 'long_short_accounts', buckets))
    expect(rows.map(({ at }) => at)).toEqual([1_729_323_600_000, 1_729_323_300_000, 1_729_323_000_000])
    expect(rows[0]).toEqual({
      venue: 'okx',
      market: 'perp',
      instrument: 'BTC-USDT-SWAP',
      measure: 'long_short_accounts',
      interval: '5m',
      at: 1_729_323_600_000,
      knownAt: 1_729_323_900_000,
      ratio: 0.939_860_281_461_982_4,
      longShare: expect.closeTo(0.484_499_1, 6),
      convention: 'okx/long_short_accounts/long-over-short',
    })
    const early = { interval: '5m', now: 1_729_323_899_999 } as const
    expect(rowsOf(mapRatios(json, linear, 'long_short_accounts', early))).toHaveLength(2)
  })

  it.each([
    ['long_short_accounts', 'perp-positioning-accounts'],
    ['top_accounts', 'perp-positioning-topAccounts'],
    ['top_positions', 'perp-positioning-topPositions'],
  ] as const)('keeps %s under its own definition', (measure, name) => {
    const rows = rowsOf(mapRatios(payload(name), linear, measure, buckets))
    expect(rows.map((row) => [row['measure'], row['ratio'], row['convention']])).toEqual([
      [measure, 1.1739, `okx/${measure}/long-over-short`],
      [measure, 0.1236, `okx/${measure}/long-over-short`],
    ])
  })

  it('of takers has what was sold first', () => {
    const rows = rowsOf(mapTakers(payload('perp-positioning-takerVolume'), linear, buckets))
    expect(rows[0]).toMatchObject({
      measure: 'taker_ratio',
      at: 1_701_417_600_000,
      knownAt: 1_701_417_900_000,
      soldCoins: 200,
      boughtCoins: 380,
      ratio: 1.9,
      convention: 'okx/taker_ratio/sell-first',
    })
    const early = { interval: '5m', now: 1_701_417_899_999 } as const
    expect(rowsOf(mapTakers(payload('perp-positioning-takerVolume'), linear, early))).toEqual([])
  })

  it('of takers who sold nothing is no ratio, and is told', () => {
    const mapped = mapTakers(answerOf(['1701417600000', '0', '3']), linear, buckets)
    expect(whysOf(mapped)).toEqual(['data[0][1]: takers sold nothing, so there is no ratio'])
  })
})

describe('funding', () => {
  it('paid is the realised rate; the interval is the distance to the row behind', () => {
    const rows = rowsOf(mapFundingPaid(payload('perp-funding-history'), inverse))
    const series = { venue: 'okx', market: 'perp', instrument: 'BTC-USD-SWAP', state: 'paid' }
    const known = { convention: 'okx/funding/realized' }
    expect(rows).toEqual([
      { ...series, at: 1_703_059_200_000, knownAt: 1_703_059_200_000, rate: 0.0000746572360545, hours: 8, ...known },
      { ...series, at: 1_703_030_400_000, knownAt: 1_703_030_400_000, rate: 0.0002279755647389, ...known },
    ])
  })

  it('paid has no interval where a row is missing', () => {
    const [newer, older] = (payload('perp-funding-history') as { data: Readonly<Record<string, string>>[] }).data
    const rows = rowsOf(mapFundingPaid(answerOf(newer, { ...older, fundingTime: '1703001600000' }), inverse))
    expect(rows.map((row) => row['hours'])).toEqual([undefined, undefined])
  })

  it('expected is the forecast, at the time of the answer', () => {
    expect(rowsOf(mapFundingExpected(payload('perp-funding-rest'), context))).toEqual([
      {
        venue: 'okx',
        market: 'perp',
        instrument: 'BTC-USDT-SWAP',
        state: 'expected',
        at: 1_743_588_686_291,
        knownAt: 1_743_588_686_291,
        rate: 0.0000182221218054,
        hours: 8,
        convention: 'okx/funding/realized',
      },
    ])
    expect([...mapFundingHours(payload('perp-funding-rest')).hours]).toEqual([['BTC-USDT-SWAP', 8]])
    const { data } = payload('perp-funding-socket') as { data: unknown[] }
    expect(rowsOf(mapFundingExpected(answerOf(...data), context))[0]).toMatchObject({ rate: 0.0001875391284828 })
  })
})

describe('tickers', () => {
  it('of spot count the base and the quote', () => {
    expect(rowsOf(mapTickers(payload('spot-ticker-rest'), 'spot', context))).toEqual([
      {
        venue: 'okx',
        market: 'spot',
        instrument: 'ETH-BTC',
        at: 1_621_440_583_784,
        knownAt: 1_621_440_583_784,
        last: 0.07319,
        bid: 0.0732,
        ask: 0.07322,
        volume24h: 167_493.829_229,
        quoteVolume24h: 11_788.887_619,
      },
    ])
  })

  it('of an inverse swap count coins, and contracts that are dollars', () => {
    const rows = rowsOf(mapTickers(payload('perp-ticker-rest'), 'perp', context))
    expect(rows.map((row) => [row['instrument'], row['volume24h'], row['quoteVolume24h']])).toEqual([
      ['LTC-USD-SWAP', 2222, 22_220],
      ['BTC-USD-SWAP', 2222, 222_200],
    ])
  })

  it('of a linear swap have no turnover, and of what never traded no row', () => {
    const [row] = (payload('perp-ticker-rest') as { data: Readonly<Record<string, string>>[] }).data
    const swap = { ...row, instId: 'BTC-USDT-SWAP', vol24h: '300', volCcy24h: '3', askPx: '' }
    const [mapped] = rowsOf(mapTickers(answerOf(swap), 'perp', context))
    expect(mapped).toMatchObject({ volume24h: 3, bid: 8888.88 })
    expect(mapped).not.toHaveProperty('quoteVolume24h')
    expect(mapped).not.toHaveProperty('ask')
    expect(rowsOf(mapTickers(answerOf({ ...swap, last: '' }), 'perp', context))).toEqual([])
  })

  it.each(['spot-ticker-socket', 'spot-ticker-socket-real'])('of %s have the fields of REST', (name) => {
    const { data } = payload(name) as { data: unknown[] }
    expect(rowsOf(mapTickers(answerOf(...data), 'spot', context))).toHaveLength(1)
  })

  it('of what is not listed are told', () => {
    expect(whysOf(mapTickers(payload('spot-ticker-rest'), 'spot', contextOf('okx', [])))).toEqual([
      'data[0].instId: "ETH-BTC" is not listed',
    ])
  })
})

describe('listing', () => {
  const swaps = { hours: new Map([['BTC-USDT-SWAP', 8]]), now: LATER }

  it('takes base and quote of a spot pair', () => {
    expect(mapSpotListing(payload('spot-instrument-rest'))).toEqual({
      listed: [
        {
          instrument: {
            venue: 'okx',
            market: 'spot',
            instrument: 'BTC-USDT',
            quote: 'USDT',
            contract: 'none',
            listedAt: 1_606_468_572_000,
          },
          ticker: 'BTC',
        },
      ],
      faults: [],
    })
  })

  it('takes base, quote and size of a swap from its underlying and its contract value', () => {
    const { listed, faults } = mapSwapListing(payload('perp-instrument-rest'), swaps)
    const common = { venue: 'okx', market: 'perp' }
    expect(faults).toEqual([])
    expect(listed).toEqual([
      {
        instrument: {
          ...common,
          instrument: 'BTC-USD-SWAP',
          quote: 'USD',
          contract: 'inverse',
          contractSize: 100,
          listedAt: 1_535_424_203_000,
        },
        ticker: 'BTC',
      },
      {
        instrument: {
          ...common,
          instrument: 'ETH-USDT-SWAP',
          quote: 'USDT',
          contract: 'linear',
          contractSize: 0.1,
          listedAt: 1_573_557_408_000,
        },
        ticker: 'ETH',
      },
      {
        instrument: {
          ...common,
          instrument: 'BTC-USDT-SWAP',
          quote: 'USDT',
          contract: 'linear',
          contractSize: 0.01,
          fundingHours: 8,
          listedAt: 1_573_557_408_000,
        },
        ticker: 'BTC',
      },
    ])
  })

  const swap = (fields: Readonly<Record<string, string>>): unknown => {
    const [inverseOne] = (payload('perp-instrument-rest') as { data: Readonly<Record<string, string>>[] }).data
    return answerOf({ ...inverseOne, ...fields })
  }

  it('multiplies the contract value by the multiplier', () => {
    expect(mapSwapListing(swap({ ctMult: '10' }), swaps).listed[0]?.instrument.contractSize).toBe(1000)
  })

  it('goes by the type of a contract, not by its name', () => {
    const { listed } = mapSwapListing(
      swap({ instId: 'BTC-USD_UM-SWAP', ctType: 'linear', ctVal: '0.01', ctValCcy: 'BTC', settleCcy: 'USD' }),
      swaps,
    )
    expect(listed[0]?.instrument).toMatchObject({ contract: 'linear', contractSize: 0.01, quote: 'USD' })
  })

  it('refuses a contract whose value is in another currency than its type says', () => {
    const { listed, faults } = mapSwapListing(swap({ ctValCcy: 'BTC' }), swaps)
    expect(listed).toEqual([])
    expect(faults.map(({ why }) => why)).toEqual(['a inverse contract of BTC-USD is not worth 100 BTC'])
  })

  it('leaves out what does not trade, without a word of its empty fields', () => {
    const preopen = { instId: 'ETH-USD_UM-SWAP', instType: 'SWAP', state: 'preopen', uly: '', ctVal: '' }
    expect(mapSwapListing(answerOf(preopen), swaps)).toEqual({ listed: [], faults: [] })
    expect(mapSpotListing(answerOf({ ...preopen, instType: 'SPOT' }))).toEqual({ listed: [], faults: [] })
  })
})

describe('whatever comes in', () => {
  it('an answer that is an error maps to nothing and is told', () => {
    const mapped = mapTrades(payload('error-badInstrument'), spot)
    expect(whysOf(mapped)).toEqual(["code: the answer is an error: 51001 Instrument ID doesn't exist"])
    expect(whysOf(mapTrades(payload('error-rateLimited'), spot))[0]).toMatch(/^data: /)
  })

  it('a field that is not documented is told, and the row kept', () => {
    const match = { instId: '', tradeId: '7', px: '5', sz: '2', side: 'buy', source: '0', ts: '1694952634493', odd: 1 }
    const { rows, faults } = mapTrades(answerOf(match), spot)
    expect(rows).toHaveLength(1)
    expect(faults.map(({ what, path }) => [what, path])).toEqual([['unknown field', 'data[0].odd']])
  })

  const listing = (map: (json: unknown) => Pick<Mapped, 'faults'>) => (json: unknown) => ({ rows: [], ...map(json) })
  const maps: readonly (readonly [name: string, map: (json: unknown) => Mapped])[] = [
    ['spot-candle-rest', (json) => mapCandles(json, spot, '1m')],
    ['spot-candle-history', (json) => mapCandles(json, spot, '1h')],
    ['perp-candle-rest', (json) => mapCandles(json, inverse, '1m')],
    ['perp-candle-history', (json) => mapCandles(json, linear, '1h')],
    ['spot-candle-socket', (json) => mapCandlePush(json, 'spot', context)],
    ['spot-candle-socket-real', (json) => mapCandlePush(json, 'spot', context)],
    ['spot-trade-rest', (json) => mapTrades(json, spot)],
    ['spot-trade-history', (json) => mapTrades(json, inverse)],
    ['spot-trade-socket-all', (json) => mapTradePush(json, 'spot', context)],
    ['perp-trade-socket-all', (json) => mapTradePush(json, 'perp', context)],
    ['perp-liquidation-socket', (json) => mapLiquidationPush(json, context)],
    ['perp-openInterest-rest', (json) => mapOpenInterest(json, context)],
    ['perp-openInterest-rest-real', (json) => mapOpenInterest(json, context)],
    ['perp-openInterest-history', (json) => mapOpenInterestHistory(json, inverse, '5m', LATER)],
    ['perp-positioning-accounts', (json) => mapRatios(json, linear, 'long_short_accounts', buckets)],
    ['perp-positioning-accounts-real', (json) => mapRatios(json, linear, 'long_short_accounts', buckets)],
    ['perp-positioning-topAccounts', (json) => mapRatios(json, linear, 'top_accounts', buckets)],
    ['perp-positioning-topPositions', (json) => mapRatios(json, linear, 'top_positions', buckets)],
    ['perp-positioning-takerVolume', (json) => mapTakers(json, linear, buckets)],
    ['perp-funding-history', (json) => mapFundingPaid(json, inverse)],
    ['perp-funding-rest', (json) => mapFundingExpected(json, context)],
    ['perp-funding-rest', listing(mapFundingHours)],
    ['spot-ticker-rest', (json) => mapTickers(json, 'spot', context)],
    ['perp-ticker-rest', (json) => mapTickers(json, 'perp', context)],
    ['spot-instrument-rest', listing(mapSpotListing)],
    ['perp-instrument-rest', listing((json) => mapSwapListing(json, { hours: new Map(), now: LATER }))],
  ]

  it.each(maps)('a damaged %s throws nothing and keeps nothing unsound', (name, map) => {
    fuzz(payload(name), map)
    for (const json of [null, undefined, [], {}, '', 0, '<html>', { code: '0' }]) expectSound(map(json))
  })
})
