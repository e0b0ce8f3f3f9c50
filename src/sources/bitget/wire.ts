import { z } from 'zod'
import { decimalText, decimalTextOrNone, msText } from '../wire/decimal.ts'

/** What Bitget sends, as documented: REST and sockets of the second generation, liquidations of the third. */

/** Around every answer of REST; `00000` is success. */
export const envelope = z.looseObject({ code: z.string(), msg: z.string().optional(), data: z.unknown() })

export const time = z.strictObject({ serverTime: msText() })

/** Of a listing only what is used; its rows have dozens of other fields. */
export const spotSymbol = z.looseObject({
  symbol: z.string(),
  baseCoin: z.string(),
  quoteCoin: z.string(),
  status: z.string(),
})

export const contract = z.looseObject({
  symbol: z.string(),
  baseCoin: z.string(),
  quoteCoin: z.string(),
  symbolType: z.string(),
  symbolStatus: z.string(),
  /** Hours. */
  fundInterval: decimalText(),
  /** Unset is an empty text. */
  launchTime: z.string().optional(),
})

/** [open time, open, high, low, close, base volume, quote volume] */
export const perpCandle = z.tuple([
  msText(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
])

/** The same with two values of the volume, in the quote and in USDT; the documents contradict each other on their order. */
export const spotCandle = z.tuple([
  msText(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
])

/** A number of 19 digits, above 2^53. */
const tradeId = () => z.string().regex(/^\d+$/, 'not digits')

/** A trade of the past: its time is cut to the second. */
export const pastTrade = z.strictObject({
  tradeId: tradeId(),
  price: decimalText(),
  size: decimalText(),
  /** The taker's; with a capital where the past is asked for, without where the newest are. */
  side: z.enum(['Buy', 'Sell', 'buy', 'sell']),
  ts: msText(),
  symbol: z.string(),
})

/** A trade of the socket. */
export const pushedTrade = z.strictObject({
  tradeId: tradeId(),
  price: decimalText(),
  size: decimalText(),
  /** The taker's. */
  side: z.enum(['buy', 'sell']),
  ts: msText(),
})

const action = () => z.enum(['snapshot', 'update'])

export const tradeEvent = z.strictObject({
  action: action(),
  arg: z.strictObject({ instType: z.string(), channel: z.literal('trade'), instId: z.string() }),
  data: z.array(z.unknown()),
  ts: z.number().int(),
})

const none = () => z.string().nullable()

/** A time that was seen to be "0". */
const msOrZero = () =>
  z
    .string()
    .regex(/^\d{1,16}$/, 'not a time in text')
    .transform(Number)

/** What is shown of a contract. Prices of what is not traded are "0" or empty. */
export const perpTicker = z.strictObject({
  symbol: z.string(),
  lastPr: decimalTextOrNone(),
  askPr: decimalTextOrNone(),
  bidPr: decimalTextOrNone(),
  bidSz: z.string(),
  askSz: z.string(),
  high24h: z.string(),
  low24h: z.string(),
  ts: msOrZero(),
  change24h: z.string(),
  baseVolume: decimalText(),
  quoteVolume: decimalText(),
  usdtVolume: z.string(),
  openUtc: z.string(),
  changeUtc24h: z.string(),
  indexPrice: decimalTextOrNone(),
  fundingRate: z.string(),
  /** Open interest. */
  holdingAmount: decimalText(),
  deliveryStartTime: none(),
  /** Null or empty for a perpetual. */
  deliveryTime: none(),
  deliveryStatus: z.string(),
  open24h: z.string(),
  /** Not in the older documents. */
  markPrice: decimalTextOrNone().optional(),
})

export const spotTicker = z.strictObject({
  symbol: z.string(),
  lastPr: decimalTextOrNone(),
  askPr: decimalTextOrNone(),
  bidPr: decimalTextOrNone(),
  bidSz: z.string(),
  askSz: z.string(),
  open: z.string(),
  high24h: z.string(),
  low24h: z.string(),
  ts: msOrZero(),
  baseVolume: decimalText(),
  quoteVolume: decimalText(),
  usdtVolume: z.string(),
  openUtc: z.string(),
  change24h: z.string(),
  changeUtc24h: z.string(),
})

export const fundingPaid = z.strictObject({ symbol: z.string(), fundingRate: decimalText(), fundingTime: msText() })

/** What is expected to be paid next; the older documents have the first two fields only. */
export const fundingExpected = z.strictObject({
  symbol: z.string(),
  fundingRate: decimalText(),
  /** Hours. */
  fundingRateInterval: decimalText().optional(),
  /** "0" for a contract with a delivery. */
  nextUpdate: z.string().optional(),
  minFundingRate: none().optional(),
  /** Null for a contract that is not listed. */
  maxFundingRate: none().optional(),
})

/** Shares of long and short, and their ratio divided by a hundred and cut to four decimals. */
export const accountRatio = z.strictObject({
  longAccountRatio: decimalText(),
  shortAccountRatio: decimalText(),
  longShortAccountRatio: z.string(),
  ts: msText(),
})

export const positionRatio = z.strictObject({
  longPositionRatio: decimalText(),
  shortPositionRatio: decimalText(),
  longShortPositionRatio: z.string(),
  ts: msText(),
})

/** A liquidation, from socket and REST alike. */
export const liquidation = z.strictObject({
  symbol: z.string(),
  /** That of the position: `buy` where a long was liquidated. */
  side: z.enum(['buy', 'sell']),
  price: decimalText(),
  amount: decimalText(),
  ts: msText(),
})

export const liquidationPage = z.strictObject({ list: z.array(z.unknown()), cursor: z.string().nullable().optional() })

export const liquidationEvent = z.strictObject({
  action: action(),
  arg: z.strictObject({ instType: z.string(), topic: z.literal('liquidation') }),
  data: z.array(z.unknown()),
  ts: z.number().int(),
})

/** The argument of a subscription, in the words of either generation of sockets. */
const topic = () =>
  z.union([
    z.strictObject({ instType: z.string(), channel: z.string(), instId: z.string() }),
    z.strictObject({ instType: z.string(), topic: z.string(), symbol: z.string().optional() }),
  ])
export type Topic = z.infer<ReturnType<typeof topic>>

export const acknowledged = z.strictObject({
  event: z.literal('subscribe'),
  arg: topic(),
  connId: z.string().optional(),
})

/** The argument is missing on the newer sockets, which put it into the text. */
export const refused = z.looseObject({
  event: z.literal('error'),
  code: z.number(),
  msg: z.string(),
  arg: topic().optional(),
})
