import { z } from 'zod'
import { decimalText, decimalTextOrNone, msText } from '../wire/decimal.ts'

/** What Bybit sends, as documented. One interface serves spot, linear and inverse contracts. */

const ms = () => z.number().int().positive()
const category = () => z.enum(['spot', 'linear', 'inverse'])
const side = () => z.enum(['Buy', 'Sell'])
const list = () => z.array(z.unknown())

/** The frame of every answer; `time` is the venue's clock. */
const frame = { retCode: z.literal(0), retMsg: z.string(), retExtInfo: z.looseObject({}) }
const answer = <R extends z.ZodType>(result: R) => z.strictObject({ ...frame, result, time: ms() })

/** What the frame of an answer says went wrong; it comes with status 200. */
export const refusal = z.looseObject({ retCode: z.number().int(), retMsg: z.string().optional() })

export const clock = answer(z.strictObject({ timeSecond: z.string(), timeNano: z.string() }))

/** Of a listing only what is used; it has dozens of other fields. */
export const listing = z.looseObject({
  result: z.looseObject({ list: list(), nextPageCursor: z.string().optional() }),
})
export const listedSpot = z.looseObject({
  symbol: z.string(),
  status: z.string(),
  baseCoin: z.string(),
  quoteCoin: z.string(),
})
export const listedContract = z.looseObject({
  symbol: z.string(),
  contractType: z.string(),
  status: z.string(),
  baseCoin: z.string(),
  quoteCoin: z.string(),
  launchTime: z.string().regex(/^\d+$/).transform(Number),
  /** Minutes. */
  fundingInterval: z.number().nonnegative(),
})

export const candles = answer(z.strictObject({ symbol: z.string(), category: category(), list: list() }))

/** [open time, open, high, low, close, volume, turnover] */
export const candle = z.tuple([
  msText(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
])

/** [open time, open, high, low, close] */
export const markCandle = z.tuple([msText(), decimalText(), decimalText(), decimalText(), decimalText()])

/** A message of a topic. */
export const push = z.strictObject({ topic: z.string(), type: z.string(), ts: ms(), data: list() })

export const candlePush = z.strictObject({
  start: ms(),
  end: ms(),
  /** Minutes; days and longer are not asked for. */
  interval: z.enum(['1', '3', '5', '15', '30', '60', '120', '240', '360', '720']),
  open: decimalText(),
  close: decimalText(),
  high: decimalText(),
  low: decimalText(),
  volume: decimalText(),
  turnover: decimalText(),
  /** True in the one message that closes the bar. */
  confirm: z.boolean(),
  timestamp: z.number().int(),
})

/** Its time is not used, and one capture is without it. */
export const trades = z.strictObject({
  ...frame,
  result: z.strictObject({ category: category(), list: list() }),
  time: ms().optional(),
})

export const trade = z.strictObject({
  execId: z.string().min(1),
  symbol: z.string(),
  price: decimalText(),
  size: decimalText(),
  /** Of the taker. */
  side: side(),
  time: msText(),
  isBlockTrade: z.boolean(),
  /** Since 2025-04-01. */
  isRPITrade: z.boolean().optional(),
  /** Since 2025-08-07. */
  seq: z.string().optional(),
})

export const tradePush = z.strictObject({
  T: ms(),
  s: z.string(),
  /** Of the taker. */
  S: side(),
  v: decimalText(),
  p: decimalText(),
  /** Contracts only. */
  L: z.string().optional(),
  i: z.string().min(1),
  BT: z.boolean(),
  /** Since 2025-04-01. */
  RPI: z.boolean().optional(),
  /** Since 2025-08-05. */
  seq: z.number().int().optional(),
})

export const openInterests = answer(
  z.strictObject({ symbol: z.string(), category: category(), list: list(), nextPageCursor: z.string() }),
)

/** Text, since its last digit tells how it is rounded. */
const single = () =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'not a number in text')
    .optional()

export const openInterest = z.strictObject({
  /** Both sides. */
  openInterest: decimalText(),
  /** One side, since 2026-06-11; whether older rows carry it is not documented. */
  singleOpenInterest: single(),
  /** The oldest row of a page has been seen in seconds. */
  timestamp: msText().transform((time) => (time < 1e12 ? time * 1000 : time)),
})

export const accountRatios = answer(z.strictObject({ list: list(), nextPageCursor: z.string() }))

/** Shares of the accounts that hold a long, and a short. */
export const accountRatio = z.strictObject({
  symbol: z.string(),
  buyRatio: decimalText(),
  sellRatio: decimalText(),
  timestamp: msText(),
})

export const fundings = answer(z.strictObject({ category: category(), list: list() }))

export const funding = z.strictObject({
  symbol: z.string(),
  fundingRate: decimalText(),
  fundingRateTimestamp: msText(),
})

export const tickers = answer(z.strictObject({ category: category(), list: list() }))

const unused = () => z.string().optional()

export const spotTicker = z.strictObject({
  symbol: z.string(),
  bid1Price: decimalTextOrNone(),
  bid1Size: unused(),
  ask1Price: decimalTextOrNone(),
  ask1Size: unused(),
  lastPrice: decimalTextOrNone(),
  prevPrice24h: unused(),
  price24hPcnt: unused(),
  highPrice24h: unused(),
  lowPrice24h: unused(),
  turnover24h: decimalText(),
  volume24h: decimalText(),
  usdIndexPrice: unused(),
})

export const contractTicker = z.strictObject({
  symbol: z.string(),
  lastPrice: decimalTextOrNone(),
  indexPrice: decimalTextOrNone(),
  markPrice: decimalTextOrNone(),
  prevPrice24h: unused(),
  price24hPcnt: unused(),
  highPrice24h: unused(),
  lowPrice24h: unused(),
  prevPrice1h: unused(),
  openInterest: decimalTextOrNone(),
  openInterestValue: unused(),
  singleOpenInterest: single(),
  singleOpenInterestValue: unused(),
  turnover24h: decimalText(),
  volume24h: decimalText(),
  /** Empty where the contract is a dated future. */
  fundingRate: decimalTextOrNone(),
  nextFundingTime: unused(),
  /** Since 2025-10-23. */
  fundingIntervalHour: decimalTextOrNone().optional(),
  fundingCap: unused(),
  predictedDeliveryPrice: unused(),
  basisRate: unused(),
  basis: unused(),
  basisRateYear: unused(),
  deliveryFeeRate: unused(),
  deliveryTime: unused(),
  ask1Size: unused(),
  bid1Price: decimalTextOrNone(),
  ask1Price: decimalTextOrNone(),
  bid1Size: unused(),
  preOpenPrice: unused(),
  preQty: unused(),
  /** Not empty before a contract trades. */
  curPreListingPhase: unused(),
})

export const liquidationPush = z.strictObject({
  T: ms(),
  s: z.string(),
  /** Of the position. */
  S: side(),
  v: decimalText(),
  p: decimalText(),
})

/** The answer to a request on a socket. `req_id` is what the request gave. */
export const reply = z.looseObject({
  success: z.boolean(),
  ret_msg: z.string(),
  op: z.string().optional(),
  req_id: z.string().optional(),
})
