import { DDoSProtection, type Ticker, type Trade } from 'ccxt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ccxtAt, readsOf, type Read } from '../../../../test/support/ccxt.ts'
import { steppedVenue } from '../../../../test/support/steppedVenue.ts'
import type { SimTrade } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { SimTicker } from '../../market/live/venueMarket.ts'
import { bitget } from './bitget.ts'

const SECOND = 1000
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const venue = await steppedVenue(bitget, { assets: 2, rate: 1, minutesBefore: 490, pastHours: 75 * 24 })
const { market, server } = venue
const exchange = await ccxtAt('bitget', server.port)
await exchange.loadMarkets()
afterAll(async () => {
  venue.stop()
  await exchange.close()
  await server.close()
})

/** An instrument by the names of both. */
interface Tried {
  readonly symbol: string
  readonly listing: Listing
}

const pair: Tried = { symbol: 'BTC/USDT', listing: market.listing('spot', 'BTCUSDT')! }
const contract: Tried = { symbol: 'BTC/USDT:USDT', listing: market.listing('perp', 'BTCUSDT')! }

it('the class says yes to what is tried here', () =>
  expect(readsOf(exchange)).toEqual([...Object.keys(FETCHED), ...Object.keys(WATCHED)]))

it.each(Object.entries(notOfSpot()))('%s of spot is refused by the class or not documented: %s', async (read, why) => {
  const method = (exchange as unknown as Record<string, (asked: unknown) => Promise<unknown>>)[read]!
  await expect(method.call(exchange, read.endsWith('Rates') ? [pair.symbol] : pair.symbol)).rejects.toThrow(why)
})

describe('while the market moves', () => {
  beforeAll(venue.start)
  afterAll(venue.stop)
  for (const [read, check] of Object.entries(WATCHED)) {
    it.each([pair, contract])(`${read} of $symbol is what happened`, check)
  }
})

describe('while the market stands', () => {
  for (const [read, check] of Object.entries(FETCHED)) {
    const tried = read in notOfSpot() ? [contract] : [pair, contract]
    it.each(tried)(`${read} of $symbol is what is`, check)
  }

  it('one ask too many is told by its status and code', async () => {
    const asked = Array.from({ length: 21 }, () => exchange.fetchMarkPrice(contract.symbol))
    const refused = (await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    for (const each of refused) expect((each as PromiseRejectedResult).reason).toBeInstanceOf(DDoSProtection)
  })
})

/** What is read of contracts only, and with which words it fails for spot. */
function notOfSpot(): Partial<Readonly<Record<Read, string>>> {
  return {
    fetchFundingRate: 'supports swap contracts only',
    // The class takes spot for a family of contracts and is refused by the venue.
    fetchFundingRates: 'Parameter SPOT cannot be empty',
    fetchFundingRateHistory: 'Parameter SPOT cannot be empty',
    fetchOpenInterest: 'supports contract markets only',
    fetchMarkPrice: 'is not supported for spot markets',
    // The ratio of margin accounts, a door that no example documents.
    fetchLongShortRatioHistory: '404',
  }
}

type Checks = Partial<Readonly<Record<Read, (tried: Tried) => Promise<void>>>>

const FETCHED: Checks = {
  fetchTime: async () => expect(await exchange.fetchTime()).toBe(market.now()),

  fetchMarkets: async ({ listing: { market: which } }) => {
    const found = await exchange.fetchMarkets()
    expect(found).toHaveLength(market.listings.length)
    for (const listing of market.listings.filter((each) => each.market === which)) {
      const isPerp = which === 'perp'
      expect(found.find((each) => each?.id === listing.name && each.swap === isPerp)).toMatchObject({
        base: listing.base,
        quote: listing.quote,
        settle: isPerp ? listing.quote : undefined,
        active: true,
        spot: !isPerp,
        ...(isPerp ? { linear: true, inverse: false, contractSize: 1 } : {}),
        precision: { price: listing.tick, amount: listing.lot },
        limits: { amount: { min: listing.lot } },
      })
    }
  },

  fetchTicker: async ({ symbol, listing }) => {
    const found = await exchange.fetchTicker(symbol)
    expectTicker(found, listing)
  },

  fetchTickers: async ({ symbol, listing }) => {
    const found = await exchange.fetchTickers(undefined, familyOf(listing))
    expect(Object.keys(found)).toHaveLength(market.listings.filter((each) => each.market === listing.market).length)
    expectTicker(found[symbol], listing)
  },

  fetchOHLCV: async ({ symbol, listing }) => {
    for (const [timeframe, stepMs] of Object.entries(STEPS)) {
      const found = await exchange.fetchOHLCV(symbol, timeframe)
      // Spot has no bar of two hours; the venue answers a name that it does not know with an empty list.
      if (timeframe === '2h' && listing.market === 'spot') expect(found).toEqual([])
      else {
        const bars = market.candles(listing, { stepMs, from: market.now() - 1000 * stepMs, to: market.now() + 1 })
        const rows = bars.map((bar) => [bar.at, bar.open, bar.high, bar.low, bar.close, fixed(bar.units)])
        expect(found, timeframe).toEqual(rows)
        expect(found.length, timeframe).toBeGreaterThan(15)
      }
    }
    expectJoined(await exchange.fetchOHLCV(symbol, '1w'), listing, (at) => at + 7 * DAY)
    expectJoined(await exchange.fetchOHLCV(symbol, '1M'), listing, nextMonth)
    expect(Object.keys(exchange.timeframes).toSorted()).toEqual([...Object.keys(STEPS), '1w', '1M'].toSorted())
    await expectOlder({ symbol, listing })
  },

  fetchTrades: async ({ symbol, listing }) => {
    const all = market.trades(listing)
    const found = await exchange.fetchTrades(symbol)
    expectPast(found, all.slice(-500), listing)
    const before = await exchange.fetchTrades(symbol, undefined, 700, { idLessThan: found[0]!.id })
    expectPast(before, all.slice(-1200, -500), listing)
    const since = Math.floor(market.now() / SECOND) * SECOND - 5 * MINUTE
    const later = await exchange.fetchTrades(symbol, since, 1000)
    expectPast(
      later,
      all.filter(({ at }) => at >= since),
      listing,
    )
    const newest = await exchange.fetchTrades(symbol, undefined, 500, { method: newestOf(listing) })
    expectTrades(newest, all.slice(-100), listing)
  },

  fetchFundingRate: async ({ symbol, listing }) => {
    const { rate, at } = market.expectedFunding(listing)
    const found = await exchange.fetchFundingRate(symbol)
    expect(found).toMatchObject({ symbol, fundingRate: rate, fundingTimestamp: at, interval: '8h' })
    const timed = await exchange.fetchFundingRate(symbol, { method: 'publicMixGetV2MixMarketFundingTime' })
    expect(timed).toMatchObject({ fundingTimestamp: at, interval: '8h' })
  },

  fetchFundingRates: async ({ symbol, listing }) => {
    const { rate } = market.expectedFunding(listing)
    const found = await exchange.fetchFundingRates([symbol])
    const mark = market.mark(listing)
    expect(found[symbol]).toMatchObject({ fundingRate: rate, markPrice: mark, timestamp: market.now() })
    const byRate = { method: 'publicMixGetV2MixMarketCurrentFundRate' }
    expect((await exchange.fetchFundingRates([symbol], byRate))[symbol]).toMatchObject({ fundingRate: rate })
  },

  fetchFundingRateHistory: async ({ symbol, listing }) => {
    const found = await exchange.fetchFundingRateHistory(symbol, undefined, 100)
    const paid = market.fundings(listing)
    expect(found.map(({ timestamp, fundingRate }) => ({ at: timestamp, rate: fundingRate }))).toEqual(
      paid.map(({ at, rate }) => ({ at, rate })),
    )
    expect(paid.length).toBeGreaterThan(0)
  },

  fetchOpenInterest: async ({ symbol, listing }) => {
    const found = await exchange.fetchOpenInterest(symbol)
    const truth = coins(market.snapshot(listing).longLots, listing)
    expect(found).toMatchObject({ symbol, openInterestAmount: truth, timestamp: market.now() })
  },

  // The class passes on what the venue writes as the ratio: a hundredth of it. The shares are what they are.
  fetchLongShortRatioHistory: async ({ symbol, listing }) => {
    const found = await exchange.fetchLongShortRatioHistory(symbol, '5m')
    const period = 5 * MINUTE
    const truth = market
      .snapshots(listing)
      .filter(({ at }) => at + period <= market.now())
      .slice(-30)
    expect(found.map(({ timestamp }) => timestamp)).toEqual(truth.map(({ at }) => at))
    for (const [i, { topLongAccounts, topShortAccounts }] of truth.entries()) {
      const long = Number((found[i]!.info as Record<string, string>)['longAccountRatio'])
      expect(long).toBeCloseTo(topLongAccounts / (topLongAccounts + topShortAccounts), 3)
      expect(found[i]!.longShortRatio).toBeCloseTo(long === 1 ? 0 : long / (1 - long) / 100, 3)
    }
    expect(found).toHaveLength(30)
  },

  fetchMarkPrice: async ({ symbol, listing }) => {
    const found = await exchange.fetchMarkPrice(symbol)
    const [markPrice, indexPrice] = [market.mark(listing), market.ticker(listing).index]
    expect(found).toMatchObject({ symbol, markPrice, indexPrice, timestamp: market.now() })
  },
}

const WATCHED: Checks = {
  watchTicker: async ({ symbol, listing }) => expectWatched(await exchange.watchTicker(symbol), listing),

  watchTickers: async ({ symbol, listing }) => expectWatched((await exchange.watchTickers([symbol]))[symbol], listing),

  watchTrades: async ({ symbol, listing }) => {
    const found = new Map<string, Trade>()
    while (found.size < 120) for (const trade of await exchange.watchTrades(symbol)) found.set(trade.id!, trade)
    expectFollowing([...found.values()], listing)
  },

  watchTradesForSymbols: async ({ symbol, listing }) => {
    const others = [symbol, symbol.replace('BTC', 'ETH')]
    const found = new Map<string, Trade>()
    while (found.size < 150) {
      for (const trade of await exchange.watchTradesForSymbols(others)) found.set(trade.id!, trade)
    }
    for (const [i, each] of [listing, market.listing(listing.market, 'ETHUSDT')!].entries()) {
      const of = [...found.values()].filter((trade) => trade.symbol === others[i])
      expectFollowing(of, each)
    }
  },

  watchOHLCV: async ({ symbol, listing }) => {
    const [first] = await exchange.watchOHLCV(symbol, '1m')
    const states = new Map<number, number[][]>([[first![0]!, []]])
    const began = Math.floor(market.now() / MINUTE) * MINUTE
    while (!states.has(began + 2 * MINUTE)) {
      for (const row of await exchange.watchOHLCV(symbol, '1m')) {
        states.set(row[0]!, [...(states.get(row[0]!) ?? []), [...(row as number[])]])
      }
    }
    const at = began + MINUTE
    const [bar] = market.candles(listing, { stepMs: MINUTE, from: at, to: at + 1 })
    const closed = [at, bar!.open, bar!.high, bar!.low, bar!.close, fixed(bar!.units)]
    const seen = states.get(at)!
    expect(seen.at(-1)).toEqual(closed)
    const seconds = Array.from({ length: 60 }, (_, second) => at + (market.now() % SECOND) + second * SECOND)
    expect([closed, ...seconds.map((each) => venue.standing(listing, each).minute)]).toEqual(
      expect.arrayContaining(seen),
    )
  },
}

const STEPS: Readonly<Record<string, number>> = Object.fromEntries(
  ['1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '12h', '1d', '3d'].map((name) => [
    name,
    Number(name.slice(0, -1)) * { m: MINUTE, h: HOUR, d: DAY }[name.slice(-1) as 'm' | 'h' | 'd'],
  ]),
)

const fixed = (value: number): number => Number(value.toFixed(8))
const coins = (lots: number, listing: Listing): number => Number((lots * listing.lot).toFixed(listing.lotDecimals))

const familyOf = ({ market: which }: Listing): object =>
  which === 'spot' ? { type: 'spot', productType: 'SPOT' } : { type: 'swap', productType: 'USDT-FUTURES' }

const newestOf = ({ market: which }: Listing): string =>
  which === 'spot' ? 'publicSpotGetV2SpotMarketFills' : 'publicMixGetV2MixMarketFills'

const nextMonth = (at: number): number => Date.UTC(new Date(at).getUTCFullYear(), new Date(at).getUTCMonth() + 1)

function expectTicker(found: Ticker | undefined, listing: Listing): void {
  const truth = market.ticker(listing)
  expect(found).toMatchObject({
    timestamp: market.now(),
    last: truth.last,
    bid: truth.bid,
    ask: truth.ask,
    open: truth.open24h,
    high: truth.high24h,
    low: truth.low24h,
    baseVolume: fixed(truth.units24h),
    quoteVolume: fixed(truth.quoteValue24h),
    ...(listing.market === 'perp' ? { markPrice: truth.mark, indexPrice: truth.index } : {}),
  })
  expect(found!.percentage).toBeCloseTo(100 * (truth.last / truth.open24h - 1), 2)
  if (listing.market === 'perp') {
    const { holdingAmount, fundingRate } = found!.info as Record<string, string>
    expect(Number(holdingAmount)).toBe(coins(market.snapshot(listing).longLots, listing))
    expect(Number(fundingRate)).toBe(market.expectedFunding(listing).rate)
  }
}

/** A ticker may be sent between two seconds: it lies between how things stood at both. */
function expectWatched(found: Ticker | undefined, listing: Listing): void {
  const at = found!.timestamp!
  const after = venue.standing(listing, at).ticker
  expect(found).toMatchObject({
    open: after.open24h,
    bid: found!.last! - listing.tick,
    ask: found!.last! + listing.tick,
  })
  const prices = market.trades(listing).filter((trade) => trade.at <= at)
  const lately = prices.filter((trade) => trade.at > at - SECOND)
  expect([prices.at(-1), prices.at(-1 - lately.length), ...lately].map((trade) => trade!.price)).toContain(found!.last)
  const between = (field: keyof SimTicker, value: number): void => {
    expect(value).toBeLessThanOrEqual(fixed(after[field]))
    expect(value).toBeGreaterThan(fixed(after[field]) * 0.99)
  }
  between('units24h', found!.baseVolume!)
  between('quoteValue24h', found!.quoteVolume!)
}

/** Trades without a hole between them. */
function expectFollowing(found: readonly Trade[], listing: Listing): void {
  const all = market.trades(listing)
  const sorted = found.toSorted((a, b) => (a.id! < b.id! ? -1 : 1))
  const first = all.findIndex((trade) => bitget.tradeId(listing, trade) === sorted[0]!.id)
  expectTrades(sorted, all.slice(first, first + sorted.length), listing)
}

function expectTrades(found: readonly Trade[], truth: readonly SimTrade[], listing: Listing): void {
  expect(found.map(({ id, timestamp, price, amount, side }) => ({ id, timestamp, price, amount, side }))).toEqual(
    truth.map((trade) => ({
      id: bitget.tradeId(listing, trade),
      timestamp: trade.at,
      price: trade.price,
      amount: coins(trade.lots, listing),
      side: trade.takerBuy ? 'buy' : 'sell',
    })),
  )
  expect(found.length).toBeGreaterThan(0)
}

/** Of history: times are cut to whole seconds. */
const expectPast = (found: readonly Trade[], truth: readonly SimTrade[], listing: Listing): void => {
  const cut = found.map((trade, i) => {
    expect(trade.timestamp).toBe(Math.floor(truth[i]!.at / SECOND) * SECOND)
    return { ...trade, timestamp: truth[i]!.at }
  })
  expectTrades(cut, truth, listing)
}

/** Closed bars of the door of history, by the flag with which the class asks it. */
async function expectOlder({ symbol, listing }: Tried): Promise<void> {
  const until = Math.floor(market.now() / MINUTE) * MINUTE - 30 * MINUTE
  const params = { until, useHistoryEndpoint: true }
  const found = await exchange.fetchOHLCV(symbol, '1m', undefined, 200, params)
  const truth = market.candles(listing, { stepMs: MINUTE, from: until - 200 * MINUTE, to: until })
  expect(found.map(([at, , , , close]) => [at, close])).toEqual(truth.map(({ at, close }) => [at, close]))
  expect(found).toHaveLength(200)
}

type Row = readonly (number | undefined)[]

/** Each row is the hours up to the next together. */
function expectJoined(rows: readonly Row[], listing: Listing, next: (at: number) => number): void {
  for (const [at, ...values] of rows as readonly (readonly number[])[]) {
    const to = Math.min(next(at!), market.now() + 1)
    const hours = market.candles(listing, { stepMs: HOUR, from: at!, to })
    expect(hours[0]!.at).toBe(at)
    expect(values.slice(0, 4)).toEqual([
      hours[0]!.open,
      Math.max(...hours.map(({ high }) => high)),
      Math.min(...hours.map(({ low }) => low)),
      hours.at(-1)!.close,
    ])
    const units = hours.reduce((sum, hour) => sum + hour.units, 0)
    expect(values[4]).toBeCloseTo(units, 4)
  }
  expect(rows.length).toBeGreaterThan(1)
  expect(rows.every(([at], i) => i === 0 || at === next(rows[i - 1]![0]!))).toBe(true)
}
