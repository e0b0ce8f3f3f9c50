import type { Liquidation, OHLCV, Ticker, Trade } from 'ccxt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ccxtAt, readsOf, type Read } from '../../../../test/support/ccxt.ts'
import { simulated } from '../../../../test/support/simulated.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/instant.ts'
import type { SimTrade } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'

// Two minutes of the market in a second; long enough before it for two settlements and two pages of statistics.
const { world, servers, freeze } = await simulated({
  venues: ['okx'],
  assets: 2,
  rate: 0.25,
  speed: 120,
  minutesBefore: 17 * 60,
  pastHours: 24 * 200,
})
const market = world.venues.get('okx')!
const exchange = await ccxtAt('okx', servers.get('okx')!.port)
await exchange.loadMarkets()
afterAll(() => exchange.close())

const KINDS = ['spot', 'linear', 'inverse'] as const
type Kind = (typeof KINDS)[number]

interface On {
  readonly kind: Kind
  readonly symbol: string
  readonly listing: Listing
}

const ON: Readonly<Record<Kind, On>> = {
  spot: { kind: 'spot', symbol: 'BTC/USDT', listing: market.listing('spot', 'BTC-USDT')! },
  linear: { kind: 'linear', symbol: 'BTC/USDT:USDT', listing: market.listing('perp', 'BTC-USDT-SWAP')! },
  inverse: { kind: 'inverse', symbol: 'BTC/USD:BTC', listing: market.listing('perp', 'BTC-USD-SWAP')! },
}

type Check = (on: On) => Promise<unknown>
type Checks = Partial<Record<Read, Check>>

/** Reads of sockets, against the market as it moves. */
const WATCHES: Checks = {
  watchTicker: async ({ symbol, listing }) => expectTickerOf(listing, await exchange.watchTicker(symbol)),
  watchTickers: async ({ symbol, listing }) =>
    expectTickerOf(listing, (await exchange.watchTickers([symbol]))[symbol]!),
  watchTrades: async ({ symbol, listing }) => expectWholeTrades(listing, await exchange.watchTrades(symbol)),
  watchTradesForSymbols: async ({ symbol, listing }) =>
    expectWholeTrades(listing, await exchange.watchTradesForSymbols([symbol])),
  watchOHLCV: async ({ symbol, listing }) => {
    const seen = new Map<number, OHLCV>()
    while (seen.size < 3) for (const bar of await exchange.watchOHLCV(symbol, '1m')) seen.set(bar[0]!, bar)
    expectBars([...seen.values()].slice(1, 2), truthBars(listing, '1m'))
  },
  watchOHLCVForSymbols: async ({ symbol, listing }) => {
    const seen = new Map<number, OHLCV>()
    while (seen.size < 3) {
      const bars = (await exchange.watchOHLCVForSymbols([[symbol, '1m']]))[symbol]!['1m']!
      for (const bar of bars) seen.set(bar[0]!, bar)
    }
    expectBars([...seen.values()].slice(1, 2), truthBars(listing, '1m'))
  },
  watchFundingRate: async ({ symbol, listing }) => expectForecast(listing, await exchange.watchFundingRate(symbol)),
  watchFundingRates: async ({ symbol, listing }) =>
    expectForecast(listing, (await exchange.watchFundingRates([symbol]))[symbol]!),
  watchMarkPrice: async ({ symbol, listing }) => expectMark(listing, await exchange.watchMarkPrice(symbol)),
  watchMarkPrices: async ({ symbol, listing }) =>
    expectMark(listing, (await exchange.watchMarkPrices([symbol]))[symbol]!),
  watchLiquidations: async ({ symbol, listing }) => {
    const found = await whileRuined(listing, 'long', () => exchange.watchLiquidations(symbol))
    expectLiquidations(listing, found)
  },
  watchLiquidationsForSymbols: async ({ symbol, listing }) => {
    const found = await whileRuined(listing, 'short', () => exchange.watchLiquidationsForSymbols([symbol]))
    expectLiquidations(listing, found)
  },
}

/** Reads over HTTP, against the market as it stands. */
const FETCHES: Checks = {
  fetchTime: async () => expect(await exchange.fetchTime()).toBe(market.now()),
  fetchMarkets: async ({ kind, symbol, listing }) => {
    const found = await exchange.fetchMarkets()
    expect(found.map((each) => each!.id).toSorted()).toEqual(market.listings.map(({ name }) => name).toSorted())
    expect(found.find((each) => each!.symbol === symbol)).toMatchObject({
      id: listing.name,
      base: listing.base,
      quote: listing.quote,
      settle: { spot: undefined, linear: 'USDT', inverse: 'BTC' }[kind],
      spot: kind === 'spot',
      swap: kind !== 'spot',
      linear: kind === 'spot' ? undefined : kind === 'linear',
      inverse: kind === 'spot' ? undefined : kind === 'inverse',
      contractSize: kind === 'spot' ? undefined : listing.lot,
      active: true,
      created: listing.listedAt,
      precision: { price: listing.tick, amount: kind === 'spot' ? Number((listing.lot / 100).toPrecision(1)) : 0.01 },
    })
  },
  fetchTicker: async (on) => expectWholeTicker(on, await exchange.fetchTicker(on.symbol)),
  fetchTickers: async (on) => {
    const found = await exchange.fetchTickers(undefined, { instType: on.kind === 'spot' ? 'SPOT' : 'SWAP' })
    expect(Object.keys(found)).toHaveLength(on.kind === 'spot' ? 2 : 4)
    expectWholeTicker(on, found[on.symbol]!)
  },
  fetchOHLCV: async ({ kind, symbol, listing }) => {
    // All lengths on all kinds would spend the door's budget of forty questions in two seconds.
    const spared = kind === 'spot' ? [] : ['3m', '15m', '30m', '2h', '12h']
    for (const timeframe of Object.keys(exchange.timeframes).filter((each) => !spared.includes(each))) {
      const truth = truthBars(listing, timeframe)
      const bars = await exchange.fetchOHLCV(symbol, timeframe)
      expect(bars, timeframe).toHaveLength(Math.min(100, truth.size))
      expectBars(bars, truth)
    }
    // So long ago that the class asks for history.
    const since = market.startAt - 150 * DAY_MS
    const old = await exchange.fetchOHLCV(symbol, '1h', since, 300)
    expect(old).toHaveLength(300)
    expect(old[0]![0]).toBe(Math.ceil(since / HOUR_MS) * HOUR_MS)
    expectBars(old, truthBars(listing, '1h'))
  },
  fetchTrades: async ({ symbol, listing }) => {
    const latest = await exchange.fetchTrades(symbol, undefined, 500)
    expect(latest).toHaveLength(500)
    expect(Number(latest.at(-1)!.id)).toBe(lastId(market.trades(listing).at(-1)!))
    expectMatches(listing, latest)
    const byId = { method: 'publicGetMarketHistoryTrades', after: latest[0]!.id }
    const older = await exchange.fetchTrades(symbol, undefined, 100, byId)
    expectMatches(listing, [...older, ...latest])
    const at = market.trades(listing).at(-1000)!.at
    const byTime = { method: 'publicGetMarketHistoryTrades', type: '2', after: at }
    const before = await exchange.fetchTrades(symbol, undefined, 100, byTime)
    expectMatches(listing, before)
    expect(Number(before.at(-1)!.id)).toBe(lastId(market.trades(listing).at(-1001)!))
  },
  fetchFundingRate: async ({ symbol, listing }) => expectForecast(listing, await exchange.fetchFundingRate(symbol)),
  fetchFundingRates: async ({ symbol, listing }) => {
    const found = await exchange.fetchFundingRates()
    expect(Object.keys(found)).toHaveLength(4)
    expectForecast(listing, found[symbol]!)
  },
  fetchFundingRateHistory: async ({ symbol, listing }) => {
    const paid = market.fundings(listing).map(({ at, rate }) => ({ at, rate }))
    expect(paid.length).toBeGreaterThan(1)
    const found = await exchange.fetchFundingRateHistory(symbol)
    expect(found.map(({ timestamp, fundingRate }) => ({ at: timestamp, rate: fundingRate }))).toEqual(paid)
    expect(await exchange.fetchFundingRateHistory(symbol, paid[1]!.at)).toHaveLength(paid.length - 1)
  },
  fetchOpenInterest: async (on) => expectOpenInterest(on, await exchange.fetchOpenInterest(on.symbol)),
  fetchOpenInterests: async (on) => {
    const found = await exchange.fetchOpenInterests()
    expect(Object.keys(found)).toHaveLength(4)
    expectOpenInterest(on, found[on.symbol]!)
  },
  fetchLongShortRatioHistory: async ({ symbol, listing }) => {
    const truth = new Map(
      market.snapshots(listing).map(({ at, longAccounts, shortAccounts }) => [at, longAccounts / shortAccounts]),
    )
    const latest = await exchange.fetchLongShortRatioHistory(symbol, '5m')
    expect(latest).toHaveLength(100)
    expect(latest.at(-1)!.timestamp).toBe(market.snapshots(listing).at(-1)!.at)
    const older = await exchange.fetchLongShortRatioHistory(symbol, '5m', undefined, 100, {
      until: latest[0]!.timestamp,
    })
    expect(older.at(-1)!.timestamp).toBe(latest[0]!.timestamp! - 5 * MINUTE_MS)
    for (const { timestamp, longShortRatio } of [...older, ...latest]) {
      expect(longShortRatio).toBeCloseTo(truth.get(timestamp!)!, 12)
    }
  },
  fetchMarkPrice: async ({ symbol, listing }) =>
    expect((await exchange.fetchMarkPrice(symbol)).markPrice).toBe(market.mark(listing)),
  fetchMarkPrices: async ({ symbol, listing }) => {
    const found = await exchange.fetchMarkPrices()
    expect(Object.keys(found)).toHaveLength(4)
    expect(found[symbol]!.markPrice).toBe(market.mark(listing))
  },
}

interface Exception {
  readonly read: Read
  readonly kinds: readonly Kind[]
  readonly why: string
  /** What it does instead; undefined where nothing can be seen. */
  readonly instead: Check | undefined
}

const fails = (read: Read, why: string, message: RegExp, call: (symbol: string) => Promise<unknown>): Exception => ({
  read,
  kinds: ['spot'],
  why,
  instead: ({ symbol }) => expect(call(symbol)).rejects.toThrow(message),
})

/** Where ccxt refuses by itself, asks for what the venue has not, or reads something else than it says. */
const EXCEPTIONS: readonly Exception[] = [
  fails('fetchFundingRate', 'ccxt: swaps only', /only valid for swap/, (symbol) => exchange.fetchFundingRate(symbol)),
  fails('fetchFundingRates', 'ccxt: swaps only', /must be swap/, (symbol) => exchange.fetchFundingRates([symbol])),
  fails('fetchFundingRateHistory', 'no funding on spot', /51001/, (symbol) => exchange.fetchFundingRateHistory(symbol)),
  fails('fetchOpenInterest', 'ccxt: contracts only', /contract markets only/, (symbol) =>
    exchange.fetchOpenInterest(symbol),
  ),
  fails('fetchLongShortRatioHistory', 'no positions on spot', /51001/, (symbol) =>
    exchange.fetchLongShortRatioHistory(symbol),
  ),
  fails('fetchMarkPrices', 'ccxt asks for SPOT, which the door calls MARGIN', /51000/, (symbol) =>
    exchange.fetchMarkPrices([symbol]),
  ),
  fails('watchFundingRate', 'no funding on spot', /60018/, (symbol) => exchange.watchFundingRate(symbol)),
  fails('watchFundingRates', 'no funding on spot; a second call for one pair waits for ever', /60018/, () =>
    exchange.watchFundingRates(['ETH/USDT']),
  ),
  {
    read: 'fetchOpenInterests',
    kinds: ['spot'],
    why: 'ccxt asks for all swaps and keeps what was asked for: nothing',
    instead: async ({ symbol }) => expect(await exchange.fetchOpenInterests([symbol])).toEqual({}),
  },
  ...(['watchLiquidations', 'watchLiquidationsForSymbols'] as const).map((read): Exception => ({
    read,
    kinds: ['spot'],
    why: 'ccxt asks for liquidations of swaps and waits for ever for one of a pair',
    instead: undefined,
  })),
  {
    read: 'fetchOpenInterestHistory',
    kinds: KINDS,
    why: 'ccxt reads the door of a whole coin: dollars over all its contracts, whatever the symbol',
    instead: async ({ kind, symbol }) => {
      const truth = coinOpenInterest('BTC')
      const [timeframe, stepMs] = kind === 'linear' ? ['1h', HOUR_MS] : ['5m', 5 * MINUTE_MS]
      const found = await exchange.fetchOpenInterestHistory(symbol, timeframe)
      expect(found.length).toBeGreaterThan(10)
      for (const { timestamp, openInterestValue } of found) {
        expect(timestamp! % stepMs).toBe(0)
        expect(openInterestValue).toBeCloseTo(truth.get(timestamp!)!, 3)
      }
    },
  },
]

const exceptionFor = (read: Read, kind: Kind): Exception | undefined =>
  EXCEPTIONS.find((each) => each.read === read && each.kinds.includes(kind))

const pairsOf = (checks: Checks): (readonly [Read, Kind])[] =>
  KINDS.flatMap((kind) => readsOf(exchange).flatMap((read) => (read in checks ? [[read, kind] as const] : []))).filter(
    ([read, kind]) => exceptionFor(read, kind) === undefined,
  )

const exceptionsOf = (which: 'watch' | 'fetch'): (readonly [Read, Kind, string, Check])[] =>
  EXCEPTIONS.filter(({ read }) => read.startsWith(which)).flatMap(({ read, kinds, why, instead }) =>
    kinds.flatMap((kind) => (instead === undefined ? [] : [[read, kind, why, instead] as const])),
  )

it('knows what to expect of everything that the class says yes to, on every kind of market', () => {
  const known = readsOf(exchange).filter((read) =>
    KINDS.every((kind) => exceptionFor(read, kind) !== undefined || read in WATCHES || read in FETCHES),
  )
  expect(known).toEqual(readsOf(exchange))
  expect(known).toHaveLength(27)
})

describe('while the market moves', () => {
  it.concurrent.each(pairsOf(WATCHES))('%s on %s reads what happens', async (read, kind) => {
    await WATCHES[read]!(ON[kind])
  })

  it.each(exceptionsOf('watch'))('%s on %s is an exception: %s', async (_read, kind, _why, instead) => {
    await instead(ON[kind])
  })

  it('watches days that open at 16:00 UTC, though it fetches days of UTC', async () => {
    const [bar] = await exchange.watchOHLCV(ON.linear.symbol, '1d')
    expect(bar![0]! % DAY_MS).toBe(16 * HOUR_MS)
  })
})

describe('while the market stands still', () => {
  beforeAll(freeze)

  it.each(pairsOf(FETCHES))('%s on %s reads what is', async (read, kind) => {
    await FETCHES[read]!(ON[kind])
  })

  it.each(exceptionsOf('fetch'))('%s on %s is an exception: %s', async (_read, kind, _why, instead) => {
    await instead(ON[kind])
  })

  it('reads margin tiers', async () => {
    const [first] = await exchange.fetchMarketLeverageTiers(ON.linear.symbol)
    expect(first).toMatchObject({ maintenanceMarginRate: 0.005, maxLeverage: 100 })
  })

  it('is told that an instrument is unknown', async () => {
    const gone = exchange.fetchTicker(ON.spot.symbol, { instId: 'GONE-USDT' })
    await expect(gone).rejects.toMatchObject({ name: 'BadSymbol' })
  })
})

const lastId = ({ firstFill, fills }: SimTrade): number => firstFill + fills - 1

/** The trade that a match belongs to. */
function tradeOf(listing: Listing, id: number): SimTrade {
  const found = market.trades(listing).find((each) => each.firstFill <= id && id <= lastId(each))
  expect(found, `match ${id}`).toBeDefined()
  return found!
}

/** Contracts of a swap, coins on spot. */
const amountOf = (listing: Listing, lots: number): number => (listing.market === 'spot' ? lots * listing.lot : lots)

/** What the channel of trades tells: taker's orders, named by their last match. */
function expectWholeTrades(listing: Listing, trades: readonly Trade[]): void {
  expect(trades.length).toBeGreaterThan(0)
  for (const { id, timestamp, price, amount, side } of trades) {
    const truth = tradeOf(listing, Number(id))
    expect(Number(id)).toBe(lastId(truth))
    expect({ timestamp, price, side }).toEqual({ timestamp: truth.at, price: truth.price, side: sideOf(truth) })
    expect(amount).toBeCloseTo(amountOf(listing, truth.lots), 9)
  }
}

/** Single matches with rising ids, none left out; of a trade all of which is there they add up to it. */
function expectMatches(listing: Listing, matches: readonly Trade[]): void {
  const sums = new Map<SimTrade, number[]>()
  const ids = matches.map(({ id }) => Number(id))
  expect(ids).toEqual(ids.map((_, i) => ids[0]! + i))
  for (const { id, timestamp, price, amount, side } of matches) {
    const truth = tradeOf(listing, Number(id))
    expect({ timestamp, price, side }).toEqual({ timestamp: truth.at, price: truth.price, side: sideOf(truth) })
    sums.set(truth, [...(sums.get(truth) ?? []), amount!])
  }
  for (const [{ lots, fills }, amounts] of sums) {
    if (amounts.length < fills) continue
    expect(amounts.reduce((a, b) => a + b)).toBeCloseTo(amountOf(listing, lots), 7)
  }
}

const sideOf = ({ takerBuy }: SimTrade): string => (takerBuy ? 'buy' : 'sell')

/** A ticker that was pushed at its time. */
function expectTickerOf(listing: Listing, { timestamp, last, bid, ask }: Ticker): void {
  const newest = market.trades(listing).findLast(({ at }) => at <= timestamp!)!
  // A trade that ruins somebody shares its time with the one that closes the position.
  const prices = market.trades(listing).flatMap(({ at, price }) => (at === newest.at ? [price] : []))
  expect(prices).toContain(last)
  expect(bid).toBeLessThan(last!)
  expect(ask).toBeGreaterThan(last!)
}

/** A ticker of now. ccxt takes contracts of swaps for coins: `vol24h` is its `baseVolume`. */
function expectWholeTicker({ kind, listing }: On, ticker: Ticker): void {
  const truth = market.ticker(listing)
  const { last, bid, ask, open24h, high24h, low24h } = truth
  const timestamp = market.now()
  expect(ticker).toMatchObject({ last, bid, ask, open: open24h, high: high24h, low: low24h, timestamp })
  const contracts = (kind === 'inverse' ? truth.quoteValue24h : truth.units24h) / listing.lot
  expect(ticker.baseVolume).toBeCloseTo(kind === 'spot' ? truth.units24h : contracts, 1)
  if (kind === 'spot') expect(ticker.quoteVolume).toBeCloseTo(truth.quoteValue24h, 6)
  else expect(Number(ticker.info.volCcy24h)).toBeCloseTo(truth.units24h, 6)
}

/** Bars of UTC by their opening, oldest first; the first only where all of it is known. */
function truthBars(listing: Listing, timeframe: string): ReadonlyMap<number, OHLCV> {
  const stepMs = exchange.parseTimeframe(timeframe) * 1000
  const partMs = Math.min(stepMs, HOUR_MS)
  const groups = new Map<number, OHLCV>()
  const parts = market.candles(listing, { stepMs: partMs, from: 0, to: market.now() + 1 })
  for (const { at, open, high, low, close, units } of parts) {
    const opened = openingOf(timeframe, at, stepMs)
    const bar = groups.get(opened)
    if (bar === undefined && at !== opened) continue
    const [, o, h, l, , v] = bar ?? [opened, open, high, low, close, 0]
    groups.set(opened, [opened, o, Math.max(h!, high), Math.min(l!, low), close, v! + units])
  }
  return groups
}

function openingOf(timeframe: string, at: number, stepMs: number): number {
  const date = new Date(at)
  if (timeframe === '1M') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
  if (timeframe === '3M') return Date.UTC(date.getUTCFullYear(), 3 * Math.floor(date.getUTCMonth() / 3))
  const monday = timeframe === '1w' ? Date.UTC(1970, 0, 5) : 0
  return Math.floor((at - monday) / stepMs) * stepMs + monday
}

function expectBars(bars: readonly OHLCV[], truth: ReadonlyMap<number, OHLCV>): void {
  for (const [at, ...values] of bars) {
    const [, ...expected] = truth.get(at!)!
    expect(values.slice(0, 4), `bar at ${at}`).toEqual(expected.slice(0, 4))
    expect(values[4], `volume at ${at}`).toBeCloseTo(expected[4]!, 5)
  }
}

function expectForecast(listing: Listing, read: object): void {
  const { rate, at } = market.expectedFunding(listing)
  const next = at + listing.fundingHours * HOUR_MS
  expect(read).toMatchObject({ fundingTimestamp: at, nextFundingTimestamp: next, interval: '8h' })
  expect((read as { fundingRate: number }).fundingRate).toBeCloseTo(rate, 4)
}

const expectMark = (listing: Listing, { markPrice, timestamp }: Ticker): void =>
  expect(markPrice).toBe(market.markAt(listing, timestamp!))

function expectOpenInterest({ kind, listing }: On, read: object): void {
  const { longLots } = market.snapshot(listing)
  const mark = market.mark(listing)
  const coins = kind === 'inverse' ? (longLots * listing.lot) / mark : longLots * listing.lot
  const found = read as { openInterestAmount: number; openInterestValue: number; baseVolume: number }
  expect(found.openInterestAmount).toBe(longLots)
  expect(found.openInterestValue).toBeCloseTo(coins * mark, 4)
  expect(found.baseVolume).toBeCloseTo(coins, 8)
}

/** Dollars that all swaps of a coin hold, one side, by the time of the snapshot. */
function coinOpenInterest(coin: string): ReadonlyMap<number, number> {
  const sums = new Map<number, number>()
  for (const listing of market.listings.filter((each) => each.market === 'perp' && each.base === coin)) {
    for (const { at, longLots, mark } of market.snapshots(listing)) {
      const dollars = longLots * listing.lot * (listing.contract === 'inverse' ? 1 : mark)
      sums.set(at, (sums.get(at) ?? 0) + dollars)
    }
  }
  return sums
}

/** Puts an account far under water at every trade, which liquidates it at once, until an answer is there. */
async function whileRuined<T>(listing: Listing, side: 'long' | 'short', call: () => Promise<T>): Promise<T> {
  const stop = market.subscribe((event) => {
    if (event.is !== 'trade' || event.listing !== listing) return
    const account = market.positions(listing)[side === 'long' ? 0 : 1]!
    account.lots = side === 'long' ? 57 : -58
    account.entry = market.mark(listing) * (side === 'long' ? 2 : 0.4)
  })
  try {
    return await call()
  } finally {
    stop()
  }
}

/**
 * Liquidations by the order's side and the bankruptcy's price. ccxt reads the first order only that a message holds of an
 * instrument, and leaves out the size of its contracts.
 */
function expectLiquidations(listing: Listing, found: readonly Liquidation[]): void {
  expect(found.length).toBeGreaterThan(0)
  for (const { timestamp, contracts, contractSize, price, side } of found) {
    const truth = market.liquidations(listing).find(({ at, lots }) => at === timestamp && lots === contracts)!
    expect({ price, side, contractSize }).toEqual({
      price: truth.bankruptcyPrice,
      side: truth.position === 'long' ? 'sell' : 'buy',
      contractSize: undefined,
    })
  }
}
