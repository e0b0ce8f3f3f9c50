import { z } from 'zod'
import { decimalText, decimalTextOrNone, msText } from '../wire/decimal.ts'
import { quick, quickReader } from '../wire/quick.ts'

/**
 * What Binance sends, as documented (`fixtures/`). Spot and USD-M futures share candles and aggregate trades; a field that only
 * one of them has, or that came later, is optional.
 */

const ms = () => z.number().int().positive()
const count = () => z.number().int().nonnegative()
/** Times that are numbers in answers and in the official client, and text on the pages. */
const msOrText = () => z.union([ms(), msText()])

export const time = z.strictObject({ serverTime: ms() })

/** Of a listing only what is used; it has dozens of other fields. */
export const spotListing = z.looseObject({ symbols: z.array(z.unknown()) })
export const spotSymbol = z.looseObject({
  symbol: z.string().min(1),
  status: z.string(),
  baseAsset: z.string().min(1),
  quoteAsset: z.string().min(1),
})

export const perpListing = z.looseObject({ symbols: z.array(z.unknown()) })
export const perpSymbol = z.looseObject({
  symbol: z.string().min(1),
  status: z.string(),
  contractType: z.string(),
  baseAsset: z.string().min(1),
  quoteAsset: z.string().min(1),
  marginAsset: z.string(),
  onboardDate: count().optional(),
})

export const fundingInfo = z.looseObject({ symbol: z.string(), fundingIntervalHours: z.number().positive() })

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
    i: z.string().regex(/^[1-9]\d*[mhd]$/, 'not an interval that is subscribed to'),
    /** Ids of the first and last trade; what they are without trades is not documented. */
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

const tradeFields = {
  /** Id of the aggregate; rises by one. */
  a: count(),
  p: decimalText(),
  q: decimalText(),
  /** Futures only, since 2025-12-31 on sockets and 2026-06-05 in answers: quantity without retail price improvement. */
  nq: z.string().optional(),
  f: count(),
  l: count(),
  T: ms(),
  /** True where the buyer was the maker: the taker sold. */
  m: z.boolean(),
  /** Spot only, of no meaning. */
  M: z.boolean().optional(),
}

export const aggTrade = z.strictObject(tradeFields)

/** `st` of COIN-M. Since 2026-06-30 both come on one stream; 1 is USD-M, which is meant where it is not said. */
export const COIN_M = 2
const st = () => z.number().int().optional()

export const aggTradeEvent = z.strictObject({
  ...tradeFields,
  e: z.literal('aggTrade'),
  E: ms(),
  s: z.string(),
  st: st(),
})

/** The same for speed: trades come by the ten thousand. */
export const AGG_TRADE_EVENT = {
  schema: aggTradeEvent,
  quick: quickReader<z.infer<typeof aggTradeEvent>>(
    {
      e: quick.literal('aggTrade'),
      E: quick.ms,
      s: quick.text,
      a: quick.count,
      p: quick.decimal,
      q: quick.decimal,
      f: quick.count,
      l: quick.count,
      T: quick.ms,
      m: quick.flag,
    },
    { nq: quick.text, M: quick.flag, st: quick.count },
  ),
}

export const openInterestNow = z.strictObject({ openInterest: decimalText(), symbol: z.string(), time: ms() })

export const openInterestBucket = z.strictObject({
  symbol: z.string(),
  sumOpenInterest: decimalText(),
  sumOpenInterestValue: decimalText(),
  CMCCirculatingSupply: z.string().optional(),
  timestamp: msOrText(),
})

const shareText = () => decimalText().pipe(z.number().min(0).max(1))

/** Of accounts; positions are sent under the names of accounts too. */
export const accountsRatio = z.strictObject({
  symbol: z.string(),
  longShortRatio: decimalText(),
  longAccount: shareText(),
  shortAccount: shareText(),
  timestamp: msOrText(),
})

/** The one without a symbol: it must be kept from the question. */
export const takerRatio = z.strictObject({
  buySellRatio: decimalText(),
  buyVol: decimalText(),
  sellVol: decimalText(),
  timestamp: msOrText(),
})

export const fundingPaid = z.strictObject({
  symbol: z.string(),
  fundingRate: decimalText(),
  fundingTime: ms(),
  /** Empty in old rows. */
  markPrice: decimalTextOrNone().optional(),
  /** Since 2026-07-24. */
  rateType: z.enum(['Regular', 'Special']).optional(),
})

export const premiumIndex = z.strictObject({
  symbol: z.string(),
  markPrice: decimalText(),
  indexPrice: decimalText(),
  /** Means something in the last hour before a delivery only. */
  estimatedSettlePrice: z.string().optional(),
  /** The running estimate for the next charge, in spite of its name. */
  lastFundingRate: decimalText(),
  interestRate: z.string().optional(),
  nextFundingTime: z.union([count(), msText()]),
  time: msOrText(),
})

/** The last 24 hours; spot has bids, asks and a previous close besides. */
export const ticker24h = z.strictObject({
  symbol: z.string(),
  priceChange: z.string(),
  priceChangePercent: z.string(),
  weightedAvgPrice: z.string(),
  prevClosePrice: z.string().optional(),
  lastPrice: decimalText(),
  lastQty: z.string(),
  bidPrice: decimalText().optional(),
  bidQty: z.string().optional(),
  askPrice: decimalText().optional(),
  askQty: z.string().optional(),
  openPrice: z.string(),
  highPrice: z.string(),
  lowPrice: z.string(),
  volume: decimalText(),
  quoteVolume: decimalText(),
  openTime: count(),
  /** End of the 24 hours, which is when it was counted. */
  closeTime: ms(),
  firstId: z.number().int(),
  lastId: z.number().int(),
  count: count(),
})

export const forceOrderEvent = z.strictObject({
  e: z.literal('forceOrder'),
  E: ms(),
  o: z.strictObject({
    s: z.string(),
    /** Side of the closing order. */
    S: z.enum(['BUY', 'SELL']),
    o: z.string(),
    f: z.string(),
    q: decimalText(),
    /** Limit of the order. */
    p: decimalText(),
    /** Average price of what is filled. */
    ap: decimalText(),
    X: z.string(),
    l: decimalText(),
    /** Filled so far. */
    z: decimalText(),
    T: ms(),
    /** Stood here on COIN-M before the streams were joined. */
    ps: z.string().optional(),
  }),
  ps: z.string().optional(),
  st: st(),
})

const id = () => z.union([z.number(), z.string(), z.null()])
export const acknowledged = z.strictObject({ result: z.null(), id: id() })
export const refused = z.strictObject({ code: z.number(), msg: z.string(), id: id().optional() })
/** The connection will end soon; documented for spot. */
export const serverShutdown = z.strictObject({ e: z.literal('serverShutdown'), E: ms() })
