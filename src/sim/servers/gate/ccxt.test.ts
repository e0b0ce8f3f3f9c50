import { BadRequest, BadSymbol, NotSupported } from 'ccxt'
import { afterAll, describe, expect, it } from 'vitest'
import { ruin } from '../../../../test/support/doors.ts'
import { ccxtAt, readsOf, type Read } from '../../../../test/support/ccxt.ts'
import { WORLD_ASSETS } from '../../market/live/assets.ts'
import type { SimTrade } from '../../market/live/book.ts'
import type { SimCandle } from '../../market/live/candleTape.ts'
import { unitsOf, valueOf, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { newWorld } from '../../market/live/world.ts'
import { startSimVenues } from '../simVenues.ts'
import { gate } from './gate.ts'
import { INTERVALS } from './intervals.ts'

const MINUTE = 60_000
/** Funding is paid at the world's first instant. */
const START = Date.UTC(2025, 3, 22)
const NOW = START + 20 * MINUTE

const assets = WORLD_ASSETS.slice(0, 2)
const world = newWorld({ seed: 'gate', assets, venues: ['gate'], startAt: START, rate: 6, pastHours: 10 * 24 })
const market = world.venues.get('gate') as VenueMarket
world.advanceTo(NOW - 2 * MINUTE)
for (const listing of market.listings) if (listing.market === 'perp') ruin(market, listing)
world.advanceTo(NOW)

const venues = await startSimVenues(world, { startAt: NOW, speed: 10 })
const exchange = await ccxtAt('gate', venues.servers.get('gate')?.port ?? 0)
await exchange.loadMarkets()
afterAll(async () => {
  await exchange.close()
  await venues.close()
})

interface Case {
  readonly symbol: string
  readonly other: string
  readonly listing: Listing
  readonly settle: string
}

const listed = (which: 'spot' | 'perp', name: string): Listing => market.listing(which, name) as Listing
const CASES: Readonly<Record<'spot' | 'linear' | 'inverse', Case>> = {
  spot: { symbol: 'BTC/USDT', other: 'ETH/USDT', listing: listed('spot', 'BTC_USDT'), settle: 'usdt' },
  linear: { symbol: 'ETH/USDT:USDT', other: 'BTC/USDT:USDT', listing: listed('perp', 'ETH_USDT'), settle: 'usdt' },
  inverse: { symbol: 'BTC/USD:BTC', other: 'BTC/USD:BTC', listing: listed('perp', 'BTC_USD'), settle: 'btc' },
}

/** What ccxt refuses by itself, before it asks. */
const SPOT_HAS_NONE: Partial<Record<Read, readonly [error: new (...args: never[]) => Error, why: string]>> = {
  fetchFundingRate: [BadSymbol, 'spot pays no funding'],
  fetchFundingRates: [BadSymbol, 'spot pays no funding: ccxt asks contracts and finds no pair among them'],
  fetchFundingRateHistory: [BadSymbol, 'spot pays no funding'],
  fetchOpenInterestHistory: [BadRequest, 'spot has no open interest'],
  fetchLiquidations: [NotSupported, 'spot has no positions'],
}

/** The reads that go over a socket: while the world lives. */
const WATCHES: Partial<Record<Read, (of: Case) => Promise<void>>> = {
  watchTicker: async ({ symbol, listing }) => isTickerOf(await exchange.watchTicker(symbol), listing),
  watchTickers: async ({ symbol, listing }) => isTickerOf((await exchange.watchTickers([symbol]))[symbol], listing),
  watchTrades: async ({ symbol, listing }) => areTradesOf(await exchange.watchTrades(symbol), listing),
  watchTradesForSymbols: async ({ symbol, other, listing }) => {
    let trades = await exchange.watchTradesForSymbols([symbol, other])
    while (trades[0]?.symbol !== symbol) trades = await exchange.watchTradesForSymbols([symbol, other])
    areTradesOf(trades, listing)
  },
  watchOHLCV: async ({ symbol, listing }) => {
    const [at, open, high, low, close, volume] = (await exchange.watchOHLCV(symbol, '1m')).at(-1)!
    const inside = market.trades(listing).filter((trade) => trade.at >= at! && trade.at < at! + MINUTE)
    const moments = inside.map((_, i) => barOf(listing, inside.slice(0, i + 1)))
    expect(moments).toContainEqual([open, high, low, close, volume])
  },
}

/** The reads over HTTP: when nothing happens any more, so that all is equal. */
const FETCHES: Partial<Record<Read, (of: Case) => Promise<void>>> = {
  fetchTime: async () => expect(await exchange.fetchTime()).toBe(world.now()),
  fetchMarkets: async ({ symbol, listing }) => {
    const found = (await exchange.fetchMarkets()).find((each) => each?.symbol === symbol)
    const isPerp = listing.market === 'perp'
    expect(found).toMatchObject({
      id: listing.name,
      base: listing.base,
      active: true,
      swap: isPerp,
      inverse: isPerp ? listing.contract === 'inverse' : undefined,
      contractSize: isPerp ? listing.lot : undefined,
      precision: { price: listing.tick, amount: isPerp ? 1 : listing.lot },
      created: listing.listedAt,
    })
    expect(found?.limits.amount?.min).toBe(isPerp ? 1 : listing.lot)
  },
  fetchTicker: async ({ symbol, listing }) => isTickerOf(await exchange.fetchTicker(symbol), listing),
  fetchTickers: async ({ symbol, listing, settle }) =>
    isTickerOf((await exchange.fetchTickers([symbol], { settle }))[symbol], listing),
  fetchOHLCV: async ({ symbol, listing }) => {
    for (const timeframe of Object.keys(exchange.timeframes)) {
      const rows = await exchange.fetchOHLCV(symbol, timeframe)
      expect(rows.length).toBeGreaterThan(0)
      expect(rows, timeframe).toEqual(barsOf(listing, timeframe))
    }
    const since = NOW - 10 * MINUTE
    const rows = await exchange.fetchOHLCV(symbol, '1m', since, 5)
    expect(rows.map(([at]) => at)).toEqual([0, 1, 2, 3, 4].map((i) => since + i * MINUTE))
  },
  fetchTrades: async ({ symbol, listing }) => {
    const trades = await exchange.fetchTrades(symbol, undefined, 500)
    expect(trades.map(({ id }) => id)).toEqual(
      market
        .trades(listing)
        .slice(-500)
        .map((trade) => gate.tradeId(listing, trade)),
    )
    areTradesOf(trades, listing)
  },
  fetchFundingRate: async ({ symbol, listing }) => isFundingOf(await exchange.fetchFundingRate(symbol), listing),
  fetchFundingRates: async ({ symbol, listing }) =>
    isFundingOf((await exchange.fetchFundingRates([symbol]))[symbol], listing),
  fetchFundingRateHistory: async ({ symbol, listing }) => {
    const paid = await exchange.fetchFundingRateHistory(symbol)
    expect(paid.map(({ timestamp, fundingRate }) => [timestamp, fundingRate])).toEqual(
      market.fundings(listing).map(({ at, rate }) => [at, rate]),
    )
    expect(paid[0]?.timestamp).toBe(START)
  },
  fetchOpenInterestHistory: async ({ symbol, listing }) => {
    const rows = await exchange.fetchOpenInterestHistory(symbol, '5m')
    const ends = [...market.snapshots(listing), market.snapshot(listing)]
    expect(rows.map(({ openInterestAmount }) => openInterestAmount)).toEqual(ends.map(({ longLots }) => longLots))
    expect(rows.map(({ openInterestValue }) => openInterestValue)).toEqual(
      ends.map(({ longLots, mark }) => valueOf(listing, longLots, mark)),
    )
    expect(rows.map(({ timestamp }) => timestamp)).toEqual(ends.map((_, i) => START + (i - 1) * 5 * MINUTE))
    // The ratios are in the row as the venue sent it.
    const raw = (rows[1] as unknown as { info: Record<string, number> }).info
    const [end] = ends.slice(1)
    expect(raw['lsr_taker']).toBe(end!.boughtLots / end!.soldLots)
    expect(raw['lsr_account']).toBe(end!.longAccounts / end!.shortAccounts)
    expect(raw['top_lsr_account']).toBe(end!.topLongAccounts / end!.topShortAccounts)
    expect(raw['top_lsr_size']).toBe(end!.topLongLots / end!.topShortLots)
  },
  fetchLiquidations: async ({ symbol, listing }) => {
    const truth = market.liquidations(listing)
    const rows = await exchange.fetchLiquidations(symbol)
    expect(new Set(truth.map(({ position }) => position))).toEqual(new Set(['long', 'short']))
    const row = (contracts: number, side: string, price: number, timestamp: number) =>
      [contracts, side, price, timestamp].join()
    expect(
      rows.map((each) => row(each.contracts!, each['side'] as string, each.price!, each.timestamp!)).toSorted(),
    ).toEqual(
      truth
        .map(({ lots, position, fillPrice, at }) =>
          row(lots, position === 'long' ? 'buy' : 'sell', fillPrice, Math.floor(at / 1000) * 1000),
        )
        .toSorted(),
    )
  },
}

describe.each(Object.entries(CASES))('the class gate of ccxt, by its base addresses alone, on %s', (which, is) => {
  const reads = readsOf(exchange).filter((read) => which !== 'spot' || SPOT_HAS_NONE[read] === undefined)

  it('says yes to what is tried here, and to nothing else', () => {
    const tried = [...Object.keys(WATCHES), ...Object.keys(FETCHES)]
    expect([...readsOf(exchange)].toSorted()).toEqual(tried.toSorted())
  })

  it('watches what is true', async () => {
    await Promise.all(reads.map((read) => WATCHES[read]?.(is)))
  })
})

describe('ccxt reads otherwise than it says, where it', () => {
  const { spot } = CASES

  it('takes the quote volume of a bar from the socket of spot for the base volume', async () => {
    const [bar] = (await exchange.watchOHLCV(spot.symbol, '1m')).slice(-1)
    const [open, volume] = [bar![1]!, bar![5]!]
    const inside = market.trades(spot.listing).filter(({ at }) => at >= bar![0]! && at < bar![0]! + MINUTE)
    const coins = inside.reduce((sum, { lots }) => sum + lots * spot.listing.lot, 0)
    expect(volume / open).toBeLessThan(1.01 * coins)
    expect(volume).toBeGreaterThan(coins)
  })
})

describe.each(Object.entries(CASES))('when nothing happens any more, on %s', (which, is) => {
  const reads = readsOf(exchange).filter((read) => FETCHES[read] !== undefined)

  it.each(reads.filter((read) => which !== 'spot' || SPOT_HAS_NONE[read] === undefined))(
    '%s reads what is true',
    async (read) => {
      venues.freeze()
      await FETCHES[read]!(is)
    },
  )

  it.each(which === 'spot' ? reads.filter((read) => SPOT_HAS_NONE[read] !== undefined) : [])(
    '%s is refused by ccxt itself',
    async (read) => {
      const call = FETCHES[read]!(is)
      await (read === 'fetchFundingRates'
        ? expect(call).rejects.toThrow()
        : expect(call).rejects.toThrow(SPOT_HAS_NONE[read]![0]))
    },
  )
})

describe('ccxt reads otherwise than it says, when nothing happens any more, where it', () => {
  const { linear, inverse } = CASES

  it('calls contracts the amount of open interest, which is coins', async () => {
    const row = (await exchange.fetchOpenInterestHistory(linear.symbol, '5m')).at(-2)
    const { longLots } = market.snapshots(linear.listing).at(-1)!
    expect(row?.openInterestAmount).toBe(longLots)
    expect(row?.openInterestAmount).not.toBe(longLots * linear.listing.lot)
  })

  it('gives a long that is liquidated the side buy, though it is sold', async () => {
    const long = market.liquidations(linear.listing).find(({ position }) => position === 'long')
    const row = (await exchange.fetchLiquidations(linear.symbol)).find(({ contracts }) => contracts === long?.lots)
    expect(row?.['side']).toBe('buy')
  })

  it('takes dollars of an inverse contract for coins in a liquidation', async () => {
    const [row] = await exchange.fetchLiquidations(inverse.symbol)
    expect(row?.baseValue).toBe(row?.contracts)
  })

  it('sends milliseconds where liquidations are asked for from an instant, which the venue reads as seconds', async () =>
    expect(await exchange.fetchLiquidations(linear.symbol, START)).toEqual([]))

  it('asks for tickers of contracts in USDT, whatever the symbol is settled in', async () =>
    expect(await exchange.fetchTickers([inverse.symbol])).toEqual({}))
})

/** Open, high, low, close and what ccxt calls the volume: contracts, or the quote volume of spot. */
function barOf(listing: Listing, trades: readonly SimTrade[]): readonly number[] {
  const prices = trades.map(({ price }) => price)
  const lots = trades.reduce((sum, trade) => sum + trade.lots, 0)
  const quote = trades.reduce((sum, trade) => sum + valueOf(listing, trade.lots, trade.price), 0)
  return [
    prices[0]!,
    Math.max(...prices),
    Math.min(...prices),
    prices.at(-1)!,
    listing.market === 'perp' ? lots : Number(quote.toFixed(8)),
  ]
}

function barsOf(listing: Listing, timeframe: string): readonly (readonly number[])[] {
  const name = timeframe === '1w' ? '7d' : timeframe
  const interval = INTERVALS[listing.market === 'spot' ? 'spot' : 'futures'][name]!
  const now = world.now()
  const most = listing.market === 'spot' ? 1000 : 1999
  const from = Math.floor(now / interval.stepMs) * interval.stepMs - (most - 1) * interval.stepMs
  const volume = (bar: SimCandle): number => (listing.market === 'perp' ? bar.lots : Number(bar.units.toFixed(8)))
  return interval
    .bars(market, listing, from, now + 1)
    .map((bar) => [bar.at, bar.open, bar.high, bar.low, bar.close, volume(bar)])
}

interface UnifiedTrade {
  readonly id?: string | undefined
  readonly timestamp?: number | undefined
  readonly price?: number | undefined
  readonly amount?: number | undefined
  readonly side?: string | undefined
}

function areTradesOf(trades: readonly UnifiedTrade[], listing: Listing): void {
  expect(trades.length).toBeGreaterThan(0)
  const truth = new Map(market.trades(listing).map((trade) => [gate.tradeId(listing, trade), trade]))
  for (const { id, timestamp, price, amount, side } of trades) {
    const trade = truth.get(id!)
    expect([timestamp, price, side]).toEqual([trade?.at, trade?.price, trade?.takerBuy ? 'buy' : 'sell'])
    expect(amount).toBeCloseTo(listing.market === 'perp' ? trade!.lots : trade!.lots * listing.lot, 9)
  }
}

interface UnifiedTicker {
  readonly last?: number | undefined
  readonly high?: number | undefined
  readonly low?: number | undefined
  readonly percentage?: number | undefined
  readonly baseVolume?: number | undefined
  readonly quoteVolume?: number | undefined
}

/** A ticker that was true after one of the trades: its last price, its volumes, its change. */
function isTickerOf(ticker: UnifiedTicker | undefined, listing: Listing): void {
  const now = market.ticker(listing)
  const later: SimTrade[] = []
  const cut = (value: number): number => (listing.market === 'perp' ? Math.trunc(value) : Number(value.toFixed(6)))
  const moments = market
    .trades(listing)
    .toReversed()
    .slice(0, 500)
    .map((trade) => {
      const sum = (of: typeof unitsOf): number =>
        later.reduce((total, { lots, price }) => total + of(listing, lots, price), 0)
      const moment = {
        last: trade.price,
        base: cut(now.units24h - sum(unitsOf)),
        quote: cut(now.quoteValue24h - sum(valueOf)),
        change: Number(((100 * (trade.price - now.open24h)) / now.open24h).toFixed(4)),
      }
      later.push(trade)
      return moment
    })
  expect(moments).toContainEqual({
    last: ticker?.last,
    base: cut(ticker!.baseVolume!),
    quote: cut(ticker!.quoteVolume!),
    change: ticker?.percentage,
  })
  expect(ticker?.high).toBeLessThanOrEqual(now.high24h)
  expect(ticker?.low).toBeGreaterThanOrEqual(now.low24h)
}

interface UnifiedFunding {
  readonly fundingRate?: number | undefined
  readonly fundingTimestamp?: number | undefined
  readonly markPrice?: number | undefined
  readonly interval?: string | undefined
}

function isFundingOf(funding: UnifiedFunding | undefined, listing: Listing): void {
  const { rate, at } = market.expectedFunding(listing)
  expect(funding).toMatchObject({
    fundingRate: rate,
    fundingTimestamp: at,
    markPrice: market.mark(listing),
    interval: `${listing.fundingHours}h`,
  })
}
