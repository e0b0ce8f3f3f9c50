import type { Exchange, Liquidation, Ticker, Trade } from 'ccxt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ccxtAt, readsOf, type Read } from '../../../../test/support/ccxt.ts'
import { steppedVenue } from '../../../../test/support/steppedVenue.ts'
import type { SimTrade } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { SimTicker, VenueMarket } from '../../market/live/venueMarket.ts'
import { binance } from './binance.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const venue = await steppedVenue(binance, { assets: 2, rate: 1, minutesBefore: 600, pastHours: 75 * 24 })
const { market, server } = venue
afterAll(() => {
  venue.stop()
  return server.close()
})

/** One class of ccxt, and the instruments by which it is tried: what only derivatives have is read of the perpetual. */
interface Tried {
  readonly exchange: Exchange
  readonly symbol: string
  readonly listing: Listing
}
interface Try extends Tried {
  readonly id: 'binance' | 'binanceusdm'
  readonly perp: Tried
}

const tries: readonly Try[] = await Promise.all(
  (
    [
      ['binance', 'spot', 'BTC/USDT'],
      ['binanceusdm', 'perp', 'BTC/USDT:USDT'],
    ] as const
  ).map(async ([id, which, symbol]) => {
    const exchange = await ccxtAt(id, server.port)
    // It tells spot's sockets by the word `stream` in their address, which on the venue is in the host's name.
    Object.assign(exchange.urls['api']['ws'], { spot: `ws://127.0.0.1:${server.port}/stream` })
    const listing = market.listing(which, 'BTCUSDT') as Listing
    const perp = { exchange, symbol: 'BTC/USDT:USDT', listing: market.listing('perp', 'BTCUSDT') as Listing }
    return { id, exchange, symbol, listing, perp }
  }),
)

describe.each(tries)('the class $id of ccxt, by its base addresses alone', (tried) => {
  const { exchange } = tried
  afterAll(() => exchange.close())

  // Without an exception: whatever the class says yes to is tried.
  it('says yes to what is tried here', () =>
    expect(readsOf(exchange)).toEqual([...Object.keys(FETCHED), ...Object.keys(WATCHED)]))

  describe('while the market moves', () => {
    beforeAll(venue.start)
    afterAll(venue.stop)
    for (const [read, check] of Object.entries(WATCHED)) it(`${read} is what happened`, () => check(tried))
  })

  describe('while the market stands', () => {
    for (const [read, check] of Object.entries(FETCHED)) it(`${read} is what is`, () => check(tried))
  })
})

type Checks = Partial<Readonly<Record<Read, (tried: Try) => Promise<void>>>>

const FETCHED: Checks = {
  fetchTime: async ({ exchange }) => expect(await exchange.fetchTime()).toBe(market.now()),

  fetchMarkets: async ({ id, exchange }) => {
    const found = await exchange.fetchMarkets()
    const listings = market.listings.filter((listing) => id === 'binance' || listing.market === 'perp')
    expect(found).toHaveLength(listings.length)
    for (const listing of listings) {
      const isPerp = listing.market === 'perp'
      expect(found.find((each) => each?.id === listing.name && each.swap === isPerp)).toMatchObject({
        base: listing.base,
        quote: listing.quote,
        settle: isPerp ? listing.quote : undefined,
        active: true,
        spot: !isPerp,
        ...(isPerp ? { linear: true, contractSize: 1, created: listing.listedAt } : {}),
        precision: { price: listing.tick, amount: listing.lot },
        limits: { amount: { min: listing.lot } },
      })
    }
  },

  fetchTicker: async (tried) => {
    const found = await tried.exchange.fetchTicker(tried.symbol)
    expectTicker(found, market.ticker(tried.listing), market.now())
    expectBest(found, tried, market.ticker(tried.listing))
  },

  fetchTickers: async ({ exchange, symbol, listing }) => {
    expectTicker((await exchange.fetchTickers([symbol]))[symbol], market.ticker(listing), market.now())
    const all = await exchange.fetchTickers()
    const names = market.listings.filter((each) => each.market === listing.market).map(({ name }) => name)
    expect(Object.values(all).map(({ info }) => info.symbol)).toEqual(names)
  },

  fetchOHLCV: async ({ exchange, symbol, listing }) => {
    for (const [timeframe, stepMs] of Object.entries(STEPS)) {
      const from = market.now() + 1 - 500 * stepMs
      const bars = market.candles(listing, { stepMs, from, to: market.now() + 1 })
      const rows = bars.map((bar) => [bar.at, bar.open, bar.high, bar.low, bar.close, fixed(bar.units)])
      const found = await exchange.fetchOHLCV(symbol, timeframe)
      expect(found, timeframe).toEqual(rows)
      expect(found.length, timeframe).toBeGreaterThan(20)
    }
    const from = market.now() - 90 * MINUTE
    const later = await exchange.fetchOHLCV(symbol, '1m', from, 10)
    expect(later.map(([at]) => at)).toEqual(Array.from({ length: 10 }, (_, i) => Math.ceil(from / MINUTE + i) * MINUTE))
    await expectSeconds(exchange, symbol, listing)
    await expectWeeks(exchange, symbol, listing)
    await expectMonths(exchange, symbol, listing)
    const tried = [...Object.keys(STEPS), '1s', '1w', '1M']
    expect(Object.keys(exchange.timeframes).toSorted()).toEqual(tried.toSorted())
  },

  fetchTrades: async ({ exchange, symbol, listing }) => {
    const all = market.trades(listing)
    expectTrades(await exchange.fetchTrades(symbol), all.slice(-500), listing)
    const since = market.now() - 50 * MINUTE
    const later = all.filter(({ at }) => at >= since).slice(0, 700)
    expectTrades(await exchange.fetchTrades(symbol, since, 700), later, listing)
  },

  fetchFundingRate: async ({ perp }) => {
    expectFunding(await perp.exchange.fetchFundingRate(perp.symbol), perp)
  },

  fetchFundingRates: async ({ perp }) => {
    const found = await perp.exchange.fetchFundingRates()
    expect(Object.keys(found)).toHaveLength(market.listings.filter((each) => each.market === 'perp').length)
    expectFunding(found[perp.symbol], perp)
  },

  fetchFundingRateHistory: async ({ perp: { exchange, symbol, listing } }) => {
    const found = await exchange.fetchFundingRateHistory(symbol)
    const paid = market.fundings(listing)
    expect(found.map(({ fundingRate }) => fundingRate)).toEqual(paid.map(({ rate }) => rate))
    // Some milliseconds after the hour, as the venue books it.
    expect(found.map(({ timestamp }) => Math.floor(timestamp! / 1000) * 1000)).toEqual(paid.map(({ at }) => at))
    expect(paid.length).toBeGreaterThan(0)
  },

  fetchOpenInterest: async ({ perp: { exchange, symbol, listing } }) => {
    const found = await exchange.fetchOpenInterest(symbol)
    const { longLots } = market.snapshot(listing)
    expect(found.openInterestAmount).toBeCloseTo(longLots * listing.lot, 8)
    expect(found.timestamp).toBe(market.now())
  },

  fetchOpenInterestHistory: async ({ perp: { exchange, symbol, listing } }) => {
    const found = await exchange.fetchOpenInterestHistory(symbol, '5m', undefined, 100)
    const snapshots = statistics(listing, 5 * MINUTE).slice(-100)
    expect(found.map(({ timestamp }) => timestamp)).toEqual(snapshots.map(({ at }) => at))
    for (const [i, { longLots, mark }] of snapshots.entries()) {
      expect(found[i]!.openInterestAmount).toBeCloseTo(longLots * listing.lot, 6)
      expect(found[i]!.openInterestValue).toBeCloseTo(longLots * listing.lot * mark, 4)
    }
    expect(found).toHaveLength(100)
  },

  fetchLongShortRatioHistory: async ({ perp: { exchange, symbol, listing } }) => {
    const found = await exchange.fetchLongShortRatioHistory(symbol, '1h')
    const snapshots = statistics(listing, 60 * MINUTE).slice(-30)
    expect(found.map(({ timestamp }) => timestamp)).toEqual(snapshots.map(({ at }) => at))
    expect(found.map(({ longShortRatio }) => longShortRatio)).toEqual(
      snapshots.map(({ longAccounts, shortAccounts }) => Number((longAccounts / shortAccounts).toFixed(4))),
    )
    expect(found.length).toBeGreaterThan(5)
  },

  fetchMarkPrice: async ({ perp: { exchange, symbol, listing } }) => {
    const { markPrice, timestamp } = await exchange.fetchMarkPrice(symbol)
    expect({ markPrice, timestamp }).toEqual({ markPrice: market.mark(listing), timestamp: market.now() })
  },

  fetchMarkPrices: async ({ perp: { exchange, symbol, listing } }) => {
    const found = await exchange.fetchMarkPrices()
    expect(found[symbol]!.markPrice).toBe(market.mark(listing))
    expect(Object.keys(found)).toHaveLength(market.listings.filter((each) => each.market === 'perp').length)
  },
}

const WATCHED: Checks = {
  watchTicker: async (tried) => {
    expectWatched(await tried.exchange.watchTicker(tried.symbol), tried)
    // The large ticker is another stream than the small one, which is the class's choice.
    const large = await tried.exchange.watchTicker(tried.symbol, { name: 'ticker' })
    expectBest(large, tried, expectWatched(large, tried))
  },

  watchTickers: async (tried) => {
    expectWatched((await tried.exchange.watchTickers([tried.symbol]))[tried.symbol], tried)
  },

  watchTrades: async (tried) => {
    expectFills(await gathered('trade', () => tried.exchange.watchTrades(tried.symbol)), tried.listing)
  },

  watchTradesForSymbols: async ({ exchange, symbol, listing }) => {
    // Aggregates, by the name of their stream: the same ids as from REST. With a second symbol, for a class that was told to
    // watch the fills of one does not ask for its aggregates any more.
    const symbols = [symbol, symbol.replace('BTC', 'ETH')]
    const watch = (): Promise<Trade[]> =>
      exchange.watchTradesForSymbols(symbols, undefined, undefined, { name: 'aggTrade' })
    const found = await gathered('aggTrade', watch)
    for (const [i, each] of [listing, market.listing(listing.market, 'ETHUSDT')!].entries()) {
      const of = found.filter((trade) => trade.symbol === symbols[i])
      const first = market.trades(each).findIndex((trade) => binance.tradeId(each, trade) === of[0]!.id)
      expectTrades(of, market.trades(each).slice(first, first + of.length), each)
    }
  },

  watchOHLCV: async ({ exchange, symbol, listing }) => {
    await expectCandles(listing, () => exchange.watchOHLCV(symbol, '1m'))
  },

  watchOHLCVForSymbols: async ({ exchange, symbol, listing }) => {
    await expectCandles(listing, async () => (await exchange.watchOHLCVForSymbols([[symbol, '1m']]))[symbol]!['1m']!)
  },

  watchLiquidations: async ({ perp }) => {
    await expectLiquidation(perp, 'long', () => perp.exchange.watchLiquidations(perp.symbol))
  },

  watchLiquidationsForSymbols: async ({ perp }) => {
    await expectLiquidation(perp, 'short', () => perp.exchange.watchLiquidationsForSymbols([perp.symbol]))
  },

  watchMarkPrice: async ({ perp }) => expectMark(await perp.exchange.watchMarkPrice(perp.symbol), perp),

  watchMarkPrices: async ({ perp }) => {
    expectMark((await perp.exchange.watchMarkPrices([perp.symbol]))[perp.symbol], perp)
    expectMark((await perp.exchange.watchMarkPrices())[perp.symbol], perp)
  },
}

const STEPS: Readonly<Record<string, number>> = Object.fromEntries(
  ['1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d', '3d'].map((name) => [
    name,
    Number(name.slice(0, -1)) * { m: MINUTE, h: 60 * MINUTE, d: DAY }[name.slice(-1) as 'm' | 'h' | 'd'],
  ]),
)

const fixed = (value: number): number => Number(value.toFixed(8))

/** Rows are there six seconds after their instant. */
const statistics = (listing: Listing, period: number): ReturnType<VenueMarket['snapshots']> =>
  market.snapshots(listing).filter(({ at }) => at % period === 0 && at <= market.now() - 6000)

function expectTicker(found: Ticker | undefined, truth: SimTicker, at: number): void {
  expect(found).toMatchObject({
    timestamp: at,
    last: truth.last,
    open: truth.open24h,
    high: truth.high24h,
    low: truth.low24h,
    baseVolume: fixed(truth.units24h),
    quoteVolume: fixed(truth.quoteValue24h),
  })
  expect(found!.percentage).toBeCloseTo(100 * (truth.last / truth.open24h - 1), 2)
}

/** Spot's large ticker has the best prices, futures' has none. */
const expectBest = ({ bid, ask }: Ticker, { listing }: Tried, truth: SimTicker): void =>
  expect({ bid, ask }).toEqual(listing.market === 'spot' ? { bid: truth.bid, ask: truth.ask } : {})

function expectWatched(found: Ticker | undefined, { listing }: Tried): SimTicker {
  const at = Number(found!.info.E)
  const { ticker } = venue.standing(listing, at)
  expectTicker(found, ticker, at)
  return ticker
}

function expectMark(found: Ticker | undefined, perp: Tried): void {
  expect(found!.markPrice).toBe(venue.standing(perp.listing, found!.timestamp!).mark)
}

function expectFunding(found: Awaited<ReturnType<Exchange['fetchFundingRate']>> | undefined, { listing }: Tried): void {
  const { rate, at } = market.expectedFunding(listing)
  expect(found).toMatchObject({
    fundingRate: rate,
    fundingTimestamp: at,
    timestamp: market.now(),
    markPrice: market.mark(listing),
    indexPrice: market.ticker(listing).index,
  })
}

function expectTrades(found: readonly Trade[], truth: readonly SimTrade[], listing: Listing): void {
  expect(found.map(({ id, timestamp, price, amount, side }) => ({ id, timestamp, price, amount, side }))).toEqual(
    truth.map((trade) => ({
      id: binance.tradeId(listing, trade),
      timestamp: trade.at,
      price: trade.price,
      amount: coins(trade.lots, listing),
      side: trade.takerBuy ? 'buy' : 'sell',
    })),
  )
  expect(found.length).toBeGreaterThan(0)
}

/** Single fills, by default: all of one aggregate share price, side and time, and sum to its quantity. */
function expectFills(found: readonly Trade[], listing: Listing): void {
  const truth = new Map(market.trades(listing).map((trade) => [trade.at, trade] as const))
  const whole = new Map<number, number>()
  for (const { timestamp, price, side, amount } of found) {
    const trade = truth.get(timestamp!)!
    expect({ price, side }).toEqual({ price: trade.price, side: trade.takerBuy ? 'buy' : 'sell' })
    whole.set(trade.at, (whole.get(trade.at) ?? 0) + amount!)
  }
  for (const [at, amount] of whole) expect(amount).toBeCloseTo(truth.get(at)!.lots * listing.lot, 8)
  const ids = found.map(({ id }) => Number(id))
  expect(ids).toEqual(ids.toSorted((a, b) => a - b))
  expect(new Set(ids).size).toBe(ids.length)
}

/** Trades of several pushes, of one kind of event: the class keeps what different streams say of a symbol in one list. */
async function gathered(event: 'trade' | 'aggTrade', watch: () => Promise<Trade[]>): Promise<readonly Trade[]> {
  const found = new Map<string, Trade>()
  while (found.size < 40) {
    for (const trade of await watch()) if (trade.info.e === event) found.set(trade.id!, trade)
  }
  return [...found.values()]
}

type Row = readonly (number | undefined)[]

/** Watches until a minute has passed: every state on the way is one that was, and the last is the closed candle. */
async function expectCandles(listing: Listing, watch: () => Promise<readonly Row[]>): Promise<void> {
  const states = new Map<number, Row[]>()
  while (states.size < 3) {
    for (const row of await watch()) states.set(row[0]!, [...(states.get(row[0]!) ?? []), [...row]])
  }
  const [at, seen] = [...states][1]!
  const [bar] = market.candles(listing, { stepMs: MINUTE, from: at, to: at + 1 })
  const closed = [at, bar!.open, bar!.high, bar!.low, bar!.close, fixed(bar!.units)]
  expect(seen.at(-1)).toEqual(closed)
  const seconds = Array.from({ length: 60 }, (_, second) => at + (market.now() % 1000) + second * 1000)
  expect([closed, ...seconds.map((each) => venue.standing(listing, each).minute)]).toEqual(expect.arrayContaining(seen))
}

/** Moves an account's entry so far from the market that it is liquidated with the next trade, until that is told. */
async function expectLiquidation(
  { listing }: Tried,
  position: 'long' | 'short',
  watch: () => Promise<Liquidation[]>,
): Promise<void> {
  const push = setInterval(() => {
    const account = market.positions(listing).find(({ lots }) => (position === 'long' ? lots > 0 : lots < 0))
    if (account !== undefined) account.entry = market.mark(listing) * (position === 'long' ? 2 : 0.5)
  }, 20)
  const side = position === 'long' ? 'sell' : 'buy'
  let found: Liquidation | undefined
  while (found?.side !== side) [found] = await watch()
  clearInterval(push)
  const told = market.liquidations(listing).filter(({ at }) => at === found!.timestamp)
  expect(told.map((each) => each.position)).toContain(position)
  // `contractSize` stays open: the class does not hand the market to its own last step.
  expect(told.map((each) => coins(each.lots, listing))).toContain(found!.contracts)
  expect(told.map(({ fillPrice }) => fillPrice)).toContain(found!.price)
}

const coins = (lots: number, listing: Listing): number => Number((lots * listing.lot).toFixed(listing.lotDecimals))

async function expectSeconds(exchange: Exchange, symbol: string, listing: Listing): Promise<void> {
  if (listing.market === 'perp') return expect(exchange.fetchOHLCV(symbol, '1s')).rejects.toThrow('Invalid interval')
  const rows = (await exchange.fetchOHLCV(symbol, '1s')) as number[][]
  const from = rows[0]![0]!
  expect(rows.map(([at]) => at)).toEqual(Array.from({ length: 500 }, (_, i) => from + i * 1000))
  const trades = market.trades(listing).filter(({ at }) => at >= from)
  for (const { at, price } of trades) {
    const [, , high, low] = rows[Math.floor((at - from) / 1000)]!
    expect(price >= low! && price <= high!).toBe(true)
  }
  const volume = rows.reduce((sum, row) => sum + row[5]!, 0)
  expect(volume).toBeCloseTo(
    trades.reduce((sum, { lots }) => sum + lots * listing.lot, 0),
    6,
  )
}

async function expectWeeks(exchange: Exchange, symbol: string, listing: Listing): Promise<void> {
  const rows = (await exchange.fetchOHLCV(symbol, '1w')) as number[][]
  expect(rows.map(([at]) => new Date(at!).getUTCDay())).toEqual(rows.map(() => 1))
  expect(rows.length).toBeGreaterThan(8)
  expectJoined(
    rows,
    rows.map(([at]) => at! + 7 * DAY),
    listing,
  )
}

async function expectMonths(exchange: Exchange, symbol: string, listing: Listing): Promise<void> {
  const rows = (await exchange.fetchOHLCV(symbol, '1M')) as number[][]
  expect(rows.map(([at]) => new Date(at!).getUTCDate())).toEqual(rows.map(() => 1))
  expect(rows.length).toBeGreaterThan(0)
  expectJoined(rows, [...rows.slice(1).map(([at]) => at!), Infinity], listing)
}

/** Each row is the hours up to an instant together. */
function expectJoined(rows: readonly (readonly number[])[], ends: readonly number[], listing: Listing): void {
  for (const [i, row] of rows.entries()) {
    const to = Math.min(ends[i]!, market.now() + 1)
    const hours = market.candles(listing, { stepMs: 60 * MINUTE, from: row[0]!, to })
    expect(row.slice(1, 5)).toEqual([
      hours[0]!.open,
      Math.max(...hours.map(({ high }) => high)),
      Math.min(...hours.map(({ low }) => low)),
      hours.at(-1)!.close,
    ])
    expect(row[5]).toBeCloseTo(
      hours.reduce((sum, { units }) => sum + units, 0),
      4,
    )
  }
}
