import type { Exchange, OHLCV, Ticker, Trade } from 'ccxt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ccxtAt, READS, readsOf, type Read } from '../../../../test/support/ccxt.ts'
import { simulatedWorld } from '../../../../test/support/simulated.ts'
import type { SimTrade } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { SimTicker, VenueMarket } from '../../market/live/venueMarket.ts'
import { serveVenue } from '../venueServer.ts'
import { bybit } from './bybit.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

// The clock of this world stands still but when a test moves it: what is read can be compared with what is.
const { world, now } = simulatedWorld(
  { venues: ['bybit'], assets: 2, rate: 1, pastHours: 1000, minutesBefore: 17 * 60 },
  Date.now(),
)
const market = world.venues.get('bybit') as VenueMarket
const server = await serveVenue(bybit, market)
afterAll(() => server.close())

/** Tickers of what is watched, by the instant at which they stood so. */
const stood = new Map<string, SimTicker>()
const watched = market.listings.filter(({ asset }) => asset === 'BTC')

let at = now
function move(ms: number): void {
  at += ms
  world.advanceTo(at)
  for (const listing of watched) stood.set(`${listing.market}/${listing.name}/${at}`, market.ticker(listing))
  server.tick()
}

/** After so long something is given up that has not come. */
const PATIENCE_MS = 20_000

/** Lets the market go on until something is so, and stand still then. */
async function movingUntil(isSo: () => boolean, ms = 300): Promise<void> {
  const patience = performance.now() + PATIENCE_MS
  while (!isSo()) {
    if (performance.now() > patience) throw new RangeError(`nothing came in ${PATIENCE_MS / 1000} s`)
    move(ms)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** The same until something has come. */
async function moving<T>(promise: Promise<T>, ms = 300): Promise<T> {
  let isPending = true
  const settle = (): void => void (isPending = false)
  promise.then(settle, settle)
  await movingUntil(() => !isPending, ms)
  return promise
}

const listed = (which: 'spot' | 'perp', name: string): Listing => market.listing(which, name) as Listing

/** The listing of another asset in the same category. */
const listedLike = ({ contract }: Listing, asset: string): Listing =>
  market.listings.find((each) => each.contract === contract && each.asset === asset) as Listing

const KINDS = [
  { symbol: 'BTC/USDT', category: 'spot', listing: listed('spot', 'BTCUSDT'), other: 'ETH/USDT' },
  { symbol: 'BTC/USDT:USDT', category: 'linear', listing: listed('perp', 'BTCUSDT'), other: 'ETH/USDT:USDT' },
  { symbol: 'BTC/USD:BTC', category: 'inverse', listing: listed('perp', 'BTCUSD'), other: 'ETH/USD:ETH' },
] as const
type Kind = (typeof KINDS)[number]

/** Reads that the class says yes to and that end in an error on spot, with what it says. */
const NOT_ON_SPOT: Partial<Record<Read, { readonly says: RegExp; readonly why: string }>> = {
  fetchFundingRate: { says: /supports contract markets only/, why: 'spot pays no funding; refused before asking' },
  fetchFundingRates: { says: /does not support spot markets/, why: 'spot pays no funding; refused before asking' },
  fetchFundingRateHistory: { says: /only support linear and inverse/, why: 'as above' },
  fetchOpenInterest: {
    says: /supports contract markets only/,
    why: 'spot has no open interest; refused before asking',
  },
  fetchOpenInterestHistory: { says: /does not support market/, why: 'as above' },
  fetchLongShortRatioHistory: {
    says: /only support linear and inverse/,
    why: 'no positions on spot; refused before asking',
  },
  watchLiquidations: {
    says: /error:handler not found,topic:allLiquidation\.BTCUSDT/,
    why: 'asked of the venue, which has no such topic on spot and says so',
  },
}

/** What ccxt reads in another sense than the venue's documents; the checks below hold it to what it does. */
const READ_OTHERWISE = {
  'volumes of inverse tickers': "baseVolume is the venue's volume24h, which is in dollars, and quoteVolume is in coins",
  'the row at which a page of open interest is cut off': 'its time in seconds is taken for milliseconds',
  'timeframes of the long/short ratio': "handed on as they are: 5m, 15m and 30m are none of the venue's periods",
} as const

const digits = (value: number, decimals: number): number => Number(value.toFixed(decimals))
const method = (exchange: Exchange, read: Read): ((...args: unknown[]) => Promise<unknown>) =>
  (exchange as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>)[read]!.bind(exchange)

/** What a trade of the client must be. */
const tradeTruth = (listing: Listing, trade: SimTrade, symbol: string): object => ({
  id: bybit.tradeId(listing, trade),
  timestamp: trade.at,
  symbol,
  side: trade.takerBuy ? 'buy' : 'sell',
  price: trade.price,
  // Base coin, or contracts of one dollar.
  amount: digits(trade.lots * listing.lot, listing.lotDecimals),
})

const plain = ({ id, timestamp, symbol, side, price, amount }: Trade): object => ({
  id,
  timestamp,
  symbol,
  side,
  price,
  amount,
})

/** What the newest trades are, those of a minute and more. */
const tradeTruths = (listing: Listing, symbol: string, count = 300): readonly object[] =>
  market
    .trades(listing)
    .slice(-count)
    .map((trade) => tradeTruth(listing, trade, symbol))

const byId = (trades: readonly object[]): Map<unknown, object> =>
  new Map(trades.map((trade) => [(trade as { id: unknown }).id, trade]))

function expectTicker(
  ticker: Ticker,
  { listing, symbol, category }: Kind,
  truth: SimTicker,
  from: 'rest' | 'socket',
): void {
  const price = (value: number): number => digits(value, listing.priceDecimals)
  expect(ticker).toMatchObject({
    symbol,
    last: price(truth.last),
    open: price(truth.open24h),
    high: price(truth.high24h),
    low: price(truth.low24h),
  })
  expect(ticker.percentage).toBeCloseTo(100 * (truth.last / truth.open24h - 1), category === 'spot' ? 1.9 : 3)
  // READ_OTHERWISE: volumes of inverse tickers.
  const [base, quote] = [truth.units24h, truth.quoteValue24h]
  const [first, second] = category === 'inverse' ? [quote, base] : [base, quote]
  expect(ticker.baseVolume).toBeCloseTo(first, 3)
  expect(ticker.quoteVolume).toBeCloseTo(second, 3)
  if (category !== 'spot')
    expect(ticker).toMatchObject({ markPrice: price(truth.mark), indexPrice: price(truth.index) })
  if (category !== 'spot' || from === 'rest') expect(ticker).toMatchObject({ bid: truth.bid, ask: truth.ask })
}

/** The ticker as it stood when the client's was sent. */
function stoodAt({ listing }: Kind, { timestamp }: Ticker): SimTicker {
  const truth = stood.get(`${listing.market}/${listing.name}/${timestamp}`)
  if (truth === undefined) throw new RangeError(`no ticker stood at ${timestamp}`)
  return truth
}

const STEPS: Readonly<Record<string, number>> = {
  '1m': 60_000,
  '3m': 180_000,
  '5m': 300_000,
  '15m': 900_000,
  '30m': 1_800_000,
  '1h': HOUR,
  '2h': 2 * HOUR,
  '4h': 4 * HOUR,
  '6h': 6 * HOUR,
  '12h': 12 * HOUR,
  '1d': DAY,
}

/** Open, high, low, close and units of the bar that opens then; of a week or a month by its days. */
function barTruth(listing: Listing, timeframe: string, open: number): OHLCV {
  const stepMs = STEPS[timeframe] ?? DAY
  const end = timeframe === '1w' ? open + 7 * DAY : timeframe === '1M' ? nextMonth(open) : open + stepMs
  const bars = market.candles(listing, { stepMs, from: open, to: end })
  return [
    open,
    bars[0]?.open,
    Math.max(...bars.map(({ high }) => high)),
    Math.min(...bars.map(({ low }) => low)),
    bars.at(-1)?.close,
    bars.reduce((sum, { units }) => sum + units, 0),
  ]
}

const nextMonth = (open: number): number => Date.UTC(new Date(open).getUTCFullYear(), new Date(open).getUTCMonth() + 1)

function expectBar(row: OHLCV | undefined, listing: Listing, timeframe: string): void {
  const truth = barTruth(listing, timeframe, row?.[0] ?? NaN)
  expect(row?.slice(0, 5)).toEqual(truth.slice(0, 5))
  expect(row?.[5]).toBeCloseTo(
    truth[5] as number,
    Math.min(5, listing.lotDecimals === 0 ? 5 : listing.lotDecimals) - 0.01,
  )
}

/** A liquidation that is brought about: an account of that side whose margin is gone already. */
function ruin(listing: Listing, side: 'long' | 'short'): void {
  const account = market.positions(listing).find(({ lots }) => (side === 'long' ? lots > 0 : lots < 0))
  if (account === undefined) throw new RangeError(`nobody is ${side} of "${listing.name}"`)
  account.entry = market.mark(listing) * (side === 'long' ? 2 : 0.5)
}

describe.each(KINDS)('the class bybit of ccxt reads $category', (kind) => {
  const { symbol, category, listing, other } = kind
  const isSpot = category === 'spot'
  let exchange: Exchange
  beforeAll(async () => {
    exchange = await ccxtAt('bybit', server.port)
    await exchange.loadMarkets()
  })
  afterAll(() => exchange.close())

  const read = (name: Read, ...args: unknown[]): Promise<unknown> => method(exchange, name)(...args)

  const checks: Partial<Record<Read, () => Promise<void>>> = {
    fetchTime: async () => expect(await read('fetchTime')).toBe(market.now()),

    fetchMarkets: async () => {
      const all = (await exchange.fetchMarkets()).filter((each) => each !== undefined)
      const here = all.filter(({ spot, linear, inverse }) => (isSpot ? spot : category === 'linear' ? linear : inverse))
      const truth = market.listings.filter(({ contract }) => contract === (isSpot ? 'none' : category))
      expect(here.map(({ id }) => id).toSorted()).toEqual(truth.map(({ name }) => name).toSorted())
      const found = here.find(({ id }) => id === listing.name)
      expect(found).toMatchObject({
        symbol,
        base: listing.base,
        quote: listing.quote,
        active: true,
        precision: { price: listing.tick, amount: listing.lot },
        ...(isSpot
          ? { type: 'spot' }
          : {
              type: 'swap',
              settle: category === 'inverse' ? listing.base : listing.quote,
              contractSize: 1,
              created: listing.listedAt,
              expiry: undefined,
            }),
      })
    },

    fetchTicker: async () =>
      expectTicker((await read('fetchTicker', symbol)) as Ticker, kind, market.ticker(listing), 'rest'),

    fetchTickers: async () => {
      const tickers = (await read('fetchTickers', [symbol, other])) as Record<string, Ticker>
      expect(Object.keys(tickers).toSorted()).toEqual([symbol, other].toSorted())
      expectTicker(tickers[symbol]!, kind, market.ticker(listing), 'rest')
    },

    fetchOHLCV: async () => {
      for (const timeframe of Object.keys(exchange.timeframes)) {
        const rows = (await read('fetchOHLCV', symbol, timeframe, undefined, 5)) as OHLCV[]
        expect(rows.length, timeframe).toBeGreaterThan(timeframe === '1M' ? 1 : 3)
        const last = rows.at(-1)?.[0] as number
        expect(last, `${timeframe}: the running bar is in it`).toBeLessThanOrEqual(market.now())
        expect(last + (STEPS[timeframe] ?? 31 * DAY), timeframe).toBeGreaterThan(market.now() - 1)
        for (const row of rows) expectBar(row, listing, timeframe)
      }
      const since = Math.floor((market.now() - 10 * HOUR) / HOUR) * HOUR
      const page = (await read('fetchOHLCV', symbol, '1h', since, 3)) as OHLCV[]
      expect(page.map(([open]) => open)).toEqual([since, since + HOUR, since + 2 * HOUR])
      const weekday = ((await read('fetchOHLCV', symbol, '1w', undefined, 1)) as OHLCV[])[0]?.[0] as number
      expect(new Date(weekday).getUTCDay(), 'weeks begin on Monday').toBe(1)
    },

    fetchTrades: async () => {
      const most = isSpot ? 60 : 1000
      for (const [limit, expected] of [
        [undefined, isSpot ? 60 : 500],
        [7, 7],
        [5000, most],
      ] as const) {
        const trades = (await read('fetchTrades', symbol, undefined, limit)) as Trade[]
        const truth = tradeTruths(listing, symbol, expected)
        expect(byId(trades.map(plain))).toEqual(byId(truth))
        expect(trades).toHaveLength(expected)
      }
    },

    fetchFundingRate: async () => {
      const { rate, at: paidAt } = market.expectedFunding(listing)
      expect(await read('fetchFundingRate', symbol)).toMatchObject({
        symbol,
        fundingRate: rate,
        fundingTimestamp: paidAt,
        markPrice: market.mark(listing),
        timestamp: market.now(),
        interval: '8h',
      })
    },

    fetchFundingRates: async () => {
      const rates = (await read('fetchFundingRates', [symbol, other])) as Record<string, { fundingRate: number }>
      const truth = market.listings.filter(({ contract }) => contract === category)
      expect(
        Object.values(rates)
          .map(({ fundingRate }) => fundingRate)
          .toSorted(),
      ).toEqual(truth.map((each) => market.expectedFunding(each).rate).toSorted())
    },

    fetchFundingRateHistory: async () => {
      const truth = market
        .fundings(listing)
        .map(({ at: timestamp, rate }) => ({ symbol, timestamp, fundingRate: rate }))
      expect(truth.length).toBeGreaterThan(1)
      expect(await read('fetchFundingRateHistory', symbol)).toMatchObject(truth)
      expect(await read('fetchFundingRateHistory', symbol, undefined, 1)).toMatchObject(truth.slice(-1))
      // With a start the class sends an end too, as the venue wants it.
      expect(await read('fetchFundingRateHistory', symbol, (truth[0]?.timestamp ?? 0) + 1)).toMatchObject(
        truth.slice(1),
      )
    },

    fetchOpenInterest: async () => {
      const truth = market.snapshots(listing).findLast((each) => each.at % HOUR === 0)!
      // What both sides hold: base coin of a linear contract, dollars of an inverse one.
      const both = digits(2 * truth.longLots * listing.lot, 8)
      expect(await read('fetchOpenInterest', symbol)).toMatchObject({
        symbol,
        timestamp: truth.at,
        openInterestAmount: category === 'linear' ? both : undefined,
        openInterestValue: category === 'inverse' ? both : undefined,
      })
    },

    fetchOpenInterestHistory: async () => {
      const rowsOf = (stepMs: number): readonly object[] =>
        market
          .snapshots(listing)
          .filter((each) => each.at % stepMs === 0)
          .map(({ at: timestamp, longLots }) => ({
            timestamp,
            [category === 'linear' ? 'openInterestAmount' : 'openInterestValue']: digits(2 * longLots * listing.lot, 8),
          }))
      const hours = rowsOf(HOUR)
      expect(hours.length).toBeGreaterThan(15)
      expect(await read('fetchOpenInterestHistory', symbol, '1h')).toMatchObject(hours)
      // READ_OTHERWISE: the row at which a page is cut off is sorted before all others.
      const cut = (await read('fetchOpenInterestHistory', symbol, '5m', undefined, 20)) as { timestamp: number }[]
      const five = rowsOf(300_000).slice(-20) as { timestamp: number }[]
      expect(cut).toMatchObject(five.map((row, i) => (i === 0 ? { ...row, timestamp: row.timestamp / 1000 } : row)))
    },

    fetchLongShortRatioHistory: async () => {
      const truth = market
        .snapshots(listing)
        .filter((each) => each.at % HOUR === 0)
        .slice(-3)
        .map(({ at: timestamp, longAccounts, shortAccounts }) => {
          const long = digits(longAccounts / (longAccounts + shortAccounts), 4)
          return { symbol, timestamp, longShortRatio: expect.closeTo(long / (1 - long), 6) as unknown }
        })
      expect(truth).toHaveLength(3)
      const rows = await read('fetchLongShortRatioHistory', symbol, '1h', undefined, 3)
      expect((rows as { timestamp: number }[]).toSorted((a, b) => a.timestamp - b.timestamp)).toMatchObject(truth)
      // READ_OTHERWISE: timeframes of the long/short ratio.
      await expect(read('fetchLongShortRatioHistory', symbol, '5m')).rejects.toThrow(/params error: period invalid/)
    },

    watchTicker: async () => {
      // The first is the snapshot; those after it of contracts hold only what has changed.
      for (let i = 0; i < 4; i++) {
        const ticker = (await moving(read('watchTicker', symbol), 1000)) as Ticker
        expectTicker(ticker, kind, stoodAt(kind, ticker), 'socket')
      }
    },

    watchTickers: async () => {
      const tickers = (await moving(read('watchTickers', [symbol, other]), 1000)) as Record<string, Ticker>
      expect([symbol, other]).toContain(Object.keys(tickers)[0])
      await movingUntil(() => exchange.tickers[symbol] !== undefined && exchange.tickers[other] !== undefined)
      const [ticker, ofOther] = [exchange.tickers[symbol] as Ticker, exchange.tickers[other] as Ticker]
      expectTicker(ticker, kind, stoodAt(kind, ticker), 'socket')
      expect(ofOther).toMatchObject({ symbol: other, last: market.ticker(listedLike(listing, 'ETH')).last })
    },

    watchTrades: async () => {
      const seen: Trade[] = []
      while (seen.length < 5) seen.push(...((await moving(read('watchTrades', symbol))) as Trade[]))
      const truth = byId(tradeTruths(listing, symbol))
      for (const trade of seen) expect(plain(trade)).toEqual(truth.get(trade.id))
      const again = byId(((await read('fetchTrades', symbol)) as Trade[]).map(plain))
      expect(again.get(seen.at(-1)?.id), 'the same id over REST').toEqual(plain(seen.at(-1) as Trade))
    },

    watchTradesForSymbols: async () => {
      const kept = (name: string): readonly Trade[] =>
        (exchange.trades as unknown as Record<string, Trade[]>)[name] ?? []
      const first = (await moving(read('watchTradesForSymbols', [symbol, other]))) as Trade[]
      expect([symbol, other]).toContain(first[0]?.symbol)
      await movingUntil(() => kept(symbol).length > 0 && kept(other).length > 0)
      for (const [name, is] of [
        [symbol, listing],
        [other, listedLike(listing, 'ETH')],
      ] as const) {
        const truth = byId(tradeTruths(is, name, 2000))
        for (const trade of kept(name)) expect(plain(trade)).toEqual(truth.get(trade.id))
      }
    },

    watchOHLCV: async () => {
      // On into the next minute, so that a bar is closed and the next begun.
      const first = Math.floor(market.now() / 60_000) * 60_000
      const rows = new Map<number, OHLCV>()
      while (rows.size < 3) {
        for (const row of (await moving(read('watchOHLCV', symbol, '1m'), 5000)) as OHLCV[])
          rows.set(row[0] as number, row)
      }
      const closed = [...rows].filter(([open]) => open >= first && open + 60_000 <= market.now())
      expect(closed.length).toBeGreaterThan(1)
      for (const [, row] of closed) expectBar(row, listing, '1m')
    },

    watchOHLCVForSymbols: async () => {
      const kept = (name: string, timeframe: string): OHLCV | undefined =>
        (exchange.ohlcvs as Record<string, Record<string, OHLCV[]>>)[name]?.[timeframe]?.at(-1)
      await moving(
        read('watchOHLCVForSymbols', [
          [symbol, '5m'],
          [other, '1h'],
        ]),
        1000,
      )
      await movingUntil(() => kept(symbol, '5m') !== undefined && kept(other, '1h') !== undefined, 1000)
      expectBar(kept(symbol, '5m'), listing, '5m')
      expectBar(kept(other, '1h'), listedLike(listing, 'ETH'), '1h')
    },

    watchLiquidations: async () => {
      for (const side of ['long', 'short'] as const) {
        const next = read('watchLiquidations', symbol) as Promise<readonly { side: string; timestamp: number }[]>
        let found: { side: string; timestamp: number } | undefined
        const settle = next.then(([liquidation]) => void (found = liquidation))
        // One after the other, until the venue knows that somebody listens.
        await movingUntil(() => {
          if (found === undefined) ruin(listing, side)
          return found !== undefined
        })
        await settle
        const truth = market.liquidations(listing).find((each) => each.at === found?.timestamp)!
        expect(found).toMatchObject({
          symbol,
          // Side of the position, price at which its margin was gone.
          side: truth.position === 'long' ? 'buy' : 'sell',
          contracts: digits(truth.lots * listing.lot, listing.lotDecimals),
          price: truth.bankruptcyPrice,
        })
      }
      expect(new Set(market.liquidations(listing).map(({ position }) => position)).size).toBe(2)
    },
  }

  const tried = READS.filter((name) => name in checks)

  it('and has a check for all that the class says yes to, and no other', () => {
    expect(tried.toSorted()).toEqual([...readsOf(exchange)].toSorted())
    expect(Object.values(READ_OTHERWISE)).toHaveLength(3)
  })

  it.each(tried)('%s', async (name) => {
    const refusal = isSpot ? NOT_ON_SPOT[name] : undefined
    if (refusal === undefined) return checks[name]?.()
    const args = name === 'fetchFundingRates' ? [[symbol]] : [symbol]
    await expect(moving(read(name, ...args)), refusal.why).rejects.toThrow(refusal.says)
  })
})
