import type { Exchange, Market, OHLCV, Position, Ticker, Trade } from 'ccxt'
import { afterAll, describe, expect, it } from 'vitest'
import { ccxtAt, readsOf, type Read } from '../../../../test/support/ccxt.ts'
import { simulated } from '../../../../test/support/simulated.ts'
import { HOUR_MS, MINUTE_MS } from '../../../core/instant.ts'
import type { SimTrade } from '../../market/live/book.ts'
import { liquidationPrice } from '../../market/live/accounts.ts'
import type { SimCandle } from '../../market/live/candleTape.ts'
import type { Listing } from '../../market/live/listing.ts'
import { serveVenue } from '../venueServer.ts'
import { hyperliquid, hyperliquidDoors } from './hyperliquid.ts'

const venues = await simulated({ venues: ['hyperliquid'], assets: 13, rate: 4, pastHours: 40 * 24 })
const { world, servers } = venues
// The market stands still while answers are compared with it; what is watched moves it by hand.
venues.freeze()
const market = world.venues.get('hyperliquid')!
const server = servers.get('hyperliquid')!
const exchange = (await ccxtAt('hyperliquid', server.port)) as Exchange & Readonly<Record<string, unknown>>
await exchange.loadMarkets()
// A server of its own, so that no minute's weight is used up.
const accounts = await serveVenue(hyperliquid, market)
const accountsReader = await ccxtAt('hyperliquid', accounts.port)
await accountsReader.loadMarkets()
afterAll(() => Promise.all([exchange.close(), accountsReader.close(), accounts.close()]))

const listings = market.listings
const BTC = listingOf('BTC')
const KPEPE = listingOf('kPEPE')
const SOME = [BTC, KPEPE]

/** What each reading must give. Whatever the class says yes to stands here. */
const CHECKS: Partial<Readonly<Record<Read, () => Promise<void>>>> = {
  fetchTime: async () => {
    // The venue's clock trails.
    const behind = world.now() - (await exchange.fetchTime())!
    expect(behind).toBeGreaterThanOrEqual(130)
    expect(behind).toBeLessThanOrEqual(270)
  },
  fetchMarkets: async () => {
    const swaps = ((await exchange.fetchMarkets()) as Market[]).filter((each) => each!.active)
    expect(swaps.map((each) => each!.info.name)).toEqual(listings.map(({ name }) => name))
    for (const [i, listing] of listings.entries()) {
      expect(swaps[i]).toMatchObject({
        symbol: symbolOf(listing),
        type: 'swap',
        quote: 'USDC',
        contractSize: 1,
        precision: { price: listing.tick, amount: Number(`1e-${listing.lotDecimals}`) },
      })
    }
  },
  fetchTicker: async () => {
    for (const listing of SOME) expectTicker(await exchange.fetchTicker(symbolOf(listing)), listing)
  },
  fetchTickers: async () => {
    const tickers = await exchange.fetchTickers(listings.map(symbolOf))
    expect(Object.keys(tickers)).toHaveLength(listings.length)
    for (const listing of listings) expectTicker(tickers[symbolOf(listing)]!, listing)
  },
  fetchOHLCV: async () => {
    for (const timeframe of Object.keys(exchange.timeframes)) {
      expectBars(BTC, await exchange.fetchOHLCV(symbolOf(BTC), timeframe), barsOf(BTC, timeframe))
    }
    expectBars(KPEPE, await exchange.fetchOHLCV(symbolOf(KPEPE), '5m'), barsOf(KPEPE, '5m'))
  },
  // ccxt reads the fills of one address under this name: the venue has ten public trades over REST, which it does not read.
  fetchTrades: async () => {
    for (const listing of SOME) {
      const { id } = market.positions(listing)[3]!
      const fills = await exchange.fetchTrades(symbolOf(listing), undefined, 2000, { user: id })
      const own = market.trades(listing).filter(({ taker, maker }) => taker === id || maker === id)
      expectTrades(listing, fills, own.slice(-2000), id)
    }
  },
  fetchFundingRate: async () => {
    for (const listing of SOME) {
      const { mark, index } = market.ticker(listing)
      expect(await exchange.fetchFundingRate(symbolOf(listing))).toMatchObject({
        symbol: symbolOf(listing),
        fundingRate: market.expectedFunding(listing).rate,
        markPrice: mark,
        indexPrice: index,
        interval: '1h',
      })
    }
  },
  fetchFundingRates: async () => {
    const rates = await exchange.fetchFundingRates(listings.map(symbolOf))
    for (const listing of listings) {
      expect(rates[symbolOf(listing)]!.fundingRate).toBe(market.expectedFunding(listing).rate)
    }
  },
  fetchFundingRateHistory: async () => {
    const rows = await exchange.fetchFundingRateHistory(symbolOf(BTC))
    const paid = market.fundings(BTC)
    expect(rows.map((row) => row['fundingRate'])).toEqual(paid.map(({ rate }) => rate))
    for (const [i, { timestamp }] of rows.entries()) {
      expect(timestamp! - paid[i]!.at).toBeGreaterThanOrEqual(1)
      expect(timestamp! - paid[i]!.at).toBeLessThanOrEqual(118)
    }
  },
  fetchOpenInterest: async () => {
    for (const listing of SOME) {
      const { openInterestAmount } = await exchange.fetchOpenInterest(symbolOf(listing))
      expect(openInterestAmount).toBeCloseTo(market.snapshot(listing).longLots * listing.lot, listing.lotDecimals + 2)
    }
  },
  fetchOpenInterests: async () => {
    const all = await exchange.fetchOpenInterests(listings.map(symbolOf))
    for (const listing of listings) {
      const coins = market.snapshot(listing).longLots * listing.lot
      expect(all[symbolOf(listing)]!.openInterestAmount).toBeCloseTo(coins, listing.lotDecimals + 2)
    }
  },
  watchTicker: async () => expectTicker(await exchange.watchTicker(symbolOf(BTC)), BTC),
  watchTickers: async () => {
    const tickers = await exchange.watchTickers(listings.map(symbolOf))
    // Under this name there is the middle of the book and nothing more.
    for (const listing of listings) expect(tickers[symbolOf(listing)]!.last).toBeCloseTo(market.ticker(listing).last, 9)
  },
  watchTrades: async () => {
    for (const listing of SOME) {
      const before = market.trades(listing).at(-1)!.seq
      const heard = new Map<string, Trade>()
      const hear = async (): Promise<void> => {
        for (const trade of await exchange.watchTrades(symbolOf(listing))) heard.set(trade.id!, trade)
      }
      await hear()
      await whileMoving(async () => {
        while (heard.size < 60) await hear()
      })
      // The last thirty come again on subscribing; from then on none is missing.
      const expected = market.trades(listing).filter(({ seq }) => seq > before - 30)
      expectTrades(listing, [...heard.values()], expected.slice(0, heard.size))
    }
  },
  watchOHLCV: async () => {
    const seen: OHLCV[] = []
    const truth: SimCandle[] = []
    const note = (): void => {
      const time = { from: Math.floor(world.now() / MINUTE_MS) * MINUTE_MS, to: world.now() + 1 }
      truth.push(...market.candles(BTC, { stepMs: MINUTE_MS, ...time }))
    }
    note()
    await whileMoving(async () => {
      while (new Set(seen.map(([at]) => at)).size < 3) seen.push(...(await exchange.watchOHLCV(symbolOf(BTC), '1m')))
    }, note)
    // A running bar comes as it was at some moment.
    for (const bar of seen) {
      const same = truth.filter(
        ({ at, close, high, low }) => at === bar[0] && String([high, low, close]) === String(bar.slice(2, 5)),
      )
      expect(same.some(({ open, units }) => open === bar[1] && Math.abs(units - bar[5]!) < 1e-5)).toBe(true)
    }
  },
}

describe("ccxt's class, by its base addresses alone", () => {
  it('says yes to what is checked here, and to nothing else', () =>
    expect(readsOf(exchange).toSorted()).toEqual(Object.keys(CHECKS).toSorted()))

  it.each(Object.entries(CHECKS))('%s gives what is true', (_, check) => check())

  it('lists the delisted coin as such, and joins all others with their own numbers', () =>
    expect(exchange.market('MATIC/USDC:USDC').active).toBe(false))

  it('reads positions of all accounts, by question and by socket', async () => {
    for (const listing of SOME) {
      for (const { id, lots } of market.positions(listing)) {
        expectPositions(listing, id, await accountsReader.fetchPositions(undefined, { user: id }))
        if (lots === 0) expect(await accountsReader.fetchPositions(undefined, { user: id })).toEqual([])
      }
    }
    const { id } = market.positions(BTC).find(({ lots }) => lots !== 0)!
    expectPositions(BTC, id, await accountsReader.watchPositions([symbolOf(BTC)], undefined, undefined, { user: id }))
  })

  it('finds a liquidation on the fills of both who traded', async () => {
    // One that is ruined may yet close by itself, so others are ruined until one is liquidated.
    const ruined = new Set<string>()
    const found = () => market.liquidations(BTC).findLast(({ account }) => ruined.has(account))
    await whileMoving(async () => {
      while (found() === undefined) {
        const victim = market.positions(BTC).find(({ lots, id }) => lots > 0 && !ruined.has(id))
        if (victim !== undefined) {
          victim.entry = market.ticker(BTC).mark * 2
          ruined.add(victim.id)
        }
        await turn()
      }
    })
    const liquidation = found()!
    // Its own trade may have come at the same millisecond, before it.
    const trade = market
      .trades(BTC)
      .findLast(({ at, taker }) => at === liquidation.at && taker === liquidation.account)!
    for (const user of [trade.taker, trade.maker]) {
      const fills = await accountsReader.fetchMyTrades(symbolOf(BTC), undefined, 2000, { user })
      const fill = fills.find(({ id }) => id === hyperliquid.tradeId(BTC, trade))!
      expect(fill.amount).toBeCloseTo(liquidation.lots * BTC.lot, 9)
      expect(fill.side).toBe(user === liquidation.account ? 'sell' : 'buy')
      expect(fill.info.liquidation).toEqual({
        liquidatedUser: liquidation.account,
        markPx: `${liquidation.fillPrice}.0`,
        method: 'market',
      })
    }
  })

  it('reads twice the open interest where the doors count both sides', async () => {
    const both = await serveVenue(hyperliquidDoors('both sides'), market)
    const other = await ccxtAt('hyperliquid', both.port)
    await other.loadMarkets()
    const { openInterestAmount } = await other.fetchOpenInterest(symbolOf(BTC))
    expect(openInterestAmount).toBeCloseTo(market.snapshot(BTC).longLots * BTC.lot * 2, BTC.lotDecimals + 2)
    await other.close()
    await both.close()
  })
})

function listingOf(name: string): Listing {
  return market.listing('perp', name)!
}

function symbolOf({ name }: Listing): string {
  return `${name.toUpperCase()}/USDC:USDC`
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Moves the market on, a second each few milliseconds, until something is done. */
async function whileMoving(done: () => Promise<void>, note: () => void = () => undefined): Promise<void> {
  const beat = setInterval(() => {
    world.advanceTo(world.now() + 1000)
    note()
    server.tick()
  }, 5)
  try {
    await done()
  } finally {
    clearInterval(beat)
  }
}

function expectTicker(ticker: Ticker, listing: Listing): void {
  const truth = market.ticker(listing)
  expect(ticker.symbol).toBe(symbolOf(listing))
  expect(ticker.close).toBeCloseTo(truth.last, 9)
  expect(ticker).toMatchObject({ bid: truth.bid, ask: truth.ask, previousClose: truth.open24h })
  expect(ticker.quoteVolume).toBeCloseTo(truth.quoteValue24h, 5)
}

function expectTrades(listing: Listing, trades: readonly Trade[], truth: readonly SimTrade[], user?: string): void {
  const byId = new Map(truth.map((trade) => [hyperliquid.tradeId(listing, trade), trade]))
  expect(byId.size).toBe(truth.length)
  expect(trades.map(({ id }) => id).toSorted()).toEqual([...byId.keys()].toSorted())
  for (const trade of trades) {
    const is = byId.get(trade.id!)!
    const isBuy = user === undefined ? is.takerBuy : (is.taker === user) === is.takerBuy
    expect(trade).toMatchObject({ timestamp: is.at, price: is.price, side: isBuy ? 'buy' : 'sell' })
    expect(trade.amount).toBeCloseTo(is.lots * listing.lot, 9)
    if (user !== undefined) expect(trade.takerOrMaker).toBe(is.taker === user ? 'taker' : 'maker')
  }
}

/** Bars of a timeframe by the world's own counting: to the last, which runs. */
function barsOf(listing: Listing, timeframe: string): readonly SimCandle[] {
  const to = world.now() + 1
  if (timeframe !== '1M') {
    const stepMs = exchange.parseTimeframe(timeframe) * 1000
    const from = stepMs < HOUR_MS ? market.startAt : 0
    return market.candles(listing, { stepMs, from, to }).slice(-5000)
  }
  const hours = market.candles(listing, { stepMs: HOUR_MS, from: 0, to })
  const monthOf = (ms: number): number => Date.parse(`${new Date(ms).toISOString().slice(0, 7)}-01T00:00:00Z`)
  const whole = [...new Set(hours.map(({ at }) => monthOf(at)))].filter((at) => at >= hours[0]!.at)
  return whole.map((at) => {
    const own = hours.filter((hour) => monthOf(hour.at) === at)
    return {
      ...own[0]!,
      close: own.at(-1)!.close,
      high: Math.max(...own.map(({ high }) => high)),
      low: Math.min(...own.map(({ low }) => low)),
      units: own.reduce((sum, { units }) => sum + units, 0),
    }
  })
}

function expectBars(listing: Listing, bars: readonly OHLCV[], truth: readonly SimCandle[]): void {
  expect(bars.length).toBeGreaterThan(0)
  expect(bars.map((bar) => bar.slice(0, 5))).toEqual(
    truth.map(({ at, open, high, low, close }) => [at, open, high, low, close]),
  )
  const half = 0.5 * 10 ** -listing.lotDecimals + 1e-9
  for (const [i, bar] of bars.entries()) expect(Math.abs(bar[5]! - truth[i]!.units)).toBeLessThanOrEqual(half)
}

function expectPositions(listing: Listing, user: string, positions: readonly Position[]): void {
  const account = market.positions(listing).find(({ id }) => id === user)!
  const size = Math.abs(account.lots) * listing.lot
  expect(positions).toHaveLength(account.lots === 0 ? 0 : 1)
  for (const position of positions) {
    const isIsolated = account.margin === 'isolated'
    const { mark } = market.ticker(listing)
    const margin = (size * (isIsolated ? account.entry : mark)) / account.leverage
    expect(position).toMatchObject({
      symbol: symbolOf(listing),
      side: account.lots > 0 ? 'long' : 'short',
      leverage: account.leverage,
      marginMode: account.margin,
    })
    expect(position.contracts).toBeCloseTo(size, 9)
    expect(position.entryPrice).toBeCloseTo(account.entry, 7)
    expect(position.liquidationPrice).toBeCloseTo(liquidationPrice(account), 7)
    expect(position.notional).toBeCloseTo(size * mark, 5)
    expect(position.unrealizedPnl).toBeCloseTo(account.lots * listing.lot * (mark - account.entry), 5)
    expect(position.initialMargin).toBeCloseTo(margin, 4)
  }
}
