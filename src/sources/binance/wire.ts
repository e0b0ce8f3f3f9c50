import { z } from 'zod'
import { decimalText } from '../wire/decimal.ts'

/** What Binance sends, as documented. Spot and USD-M futures share candles and aggregate trades. */

const ms = () => z.number().int().positive()
const count = () => z.number().int().nonnegative()

export const time = z.strictObject({ serverTime: ms() })

/** Of a listing only what is used; it has dozens of other fields. */
export const spotListing = z.looseObject({ symbols: z.array(z.unknown()) })
export const spotSymbol = z.looseObject({
  symbol: z.string(),
  status: z.string(),
  baseAsset: z.string(),
  quoteAsset: z.string(),
})

export const perpListing = z.looseObject({ symbols: z.array(z.unknown()) })
export const perpSymbol = z.looseObject({
  symbol: z.string(),
  status: z.string(),
  contractType: z.string(),
  baseAsset: z.string(),
  quoteAsset: z.string(),
  marginAsset: z.string(),
  onboardDate: z.number().int().optional(),
  deliveryDate: z.number().int().optional(),
})

/** [open time, open, high, low, close, volume, close time, quote volume, trades, taker buy volume, taker buy quote volume, unused] */
export const kline = z.tuple([
  ms(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
  ms(),
  decimalText(),
  count(),
  decimalText(),
  decimalText(),
  z.string(),
])

export const klineEvent = z.strictObject({
  e: z.literal('kline'),
  E: ms(),
  s: z.string(),
  k: z.strictObject({
    t: ms(),
    T: ms(),
    s: z.string(),
    i: z.string(),
    f: z.number().int(),
    L: z.number().int(),
    o: decimalText(),
    c: decimalText(),
    h: decimalText(),
    l: decimalText(),
    v: decimalText(),
    n: count(),
    /** True in the one message that closes the bar. */
    x: z.boolean(),
    q: decimalText(),
    V: decimalText(),
    Q: decimalText(),
    B: z.string(),
  }),
})

export const aggTrade = z.strictObject({
  a: count(),
  p: decimalText(),
  q: decimalText(),
  f: count(),
  l: count(),
  T: ms(),
  /** True where the buyer was the maker: the taker sold. */
  m: z.boolean(),
  /** Spot only, of no meaning. */
  M: z.boolean().optional(),
})

export const aggTradeEvent = z.strictObject({
  e: z.literal('aggTrade'),
  E: ms(),
  s: z.string(),
  a: count(),
  p: decimalText(),
  q: decimalText(),
  /** Futures only: quantity without retail price improvement. */
  nq: decimalText().optional(),
  f: count(),
  l: count(),
  T: ms(),
  m: z.boolean(),
  M: z.boolean().optional(),
})

export const openInterestNow = z.strictObject({ openInterest: decimalText(), symbol: z.string(), time: ms() })

export const openInterestBucket = z.strictObject({
  symbol: z.string(),
  sumOpenInterest: decimalText(),
  sumOpenInterestValue: decimalText(),
  CMCCirculatingSupply: z.string().optional(),
  timestamp: z.union([ms(), z.string().regex(/^\d+$/).transform(Number)]),
})

const bucketTime = () => z.union([ms(), z.string().regex(/^\d+$/).transform(Number)])

export const accountsRatio = z.strictObject({
  symbol: z.string(),
  longShortRatio: decimalText(),
  longAccount: decimalText(),
  shortAccount: decimalText(),
  timestamp: bucketTime(),
})

/** Positions are sent under the names of accounts, by documentation of 2026. */
export const positionsRatio = accountsRatio

export const takerRatio = z.strictObject({
  buySellRatio: decimalText(),
  buyVol: decimalText(),
  sellVol: decimalText(),
  timestamp: bucketTime(),
})

export const fundingPaid = z.strictObject({
  symbol: z.string(),
  fundingRate: decimalText(),
  fundingTime: ms(),
  markPrice: z.string().optional(),
  rateType: z.string().optional(),
})

export const fundingInfo = z.looseObject({ symbol: z.string(), fundingIntervalHours: z.number().positive() })

export const premiumIndex = z.strictObject({
  symbol: z.string(),
  markPrice: decimalText(),
  indexPrice: decimalText(),
  estimatedSettlePrice: z.string().optional(),
  lastFundingRate: decimalText(),
  interestRate: z.string().optional(),
  nextFundingTime: z.number().int(),
  time: ms(),
})

/** Of the 24 hours' ticker what is kept; spot sends more fields than futures. */
export const ticker24h = z.looseObject({
  symbol: z.string(),
  lastPrice: decimalText(),
  volume: decimalText(),
  quoteVolume: decimalText(),
  closeTime: ms(),
  bidPrice: decimalText().optional(),
  askPrice: decimalText().optional(),
})

export const forceOrderEvent = z.strictObject({
  e: z.literal('forceOrder'),
  E: ms(),
  /** 1 for USD-M, 2 for COIN-M, since both come on one stream. */
  st: z.number().int().optional(),
  ps: z.string().optional(),
  o: z.strictObject({
    s: z.string(),
    /** Side of the closing order. */
    S: z.enum(['BUY', 'SELL']),
    o: z.string(),
    f: z.string(),
    q: decimalText(),
    p: decimalText(),
    ap: decimalText(),
    X: z.string(),
    l: decimalText(),
    z: decimalText(),
    T: ms(),
    ps: z.string().optional(),
    st: z.number().int().optional(),
  }),
})

export const acknowledged = z.strictObject({ result: z.null(), id: z.number() })
export const refused = z.looseObject({ error: z.looseObject({ code: z.number(), msg: z.string() }) })
