import { z } from 'zod'
import { decimalText, decimalTextOrNone, msText } from '../wire/decimal.ts'

/** What OKX sends, as documented: nearly everything is text, and an empty text means that there is nothing. */

const msTextOrNone = () => z.union([z.literal('').transform(() => undefined), msText()])
const digits = () => z.string().regex(/^\d+$/, 'not digits')
const side = () => z.enum(['buy', 'sell'])

/** Around every answer of REST. Other codes than "0" are errors, most of them with status 200 and some without data. */
export const answer = z.strictObject({ code: z.string(), msg: z.string(), data: z.array(z.unknown()) })

/** A push whose records say when they were made. */
export const dated = z.looseObject({ data: z.array(z.looseObject({ ts: msText() })).min(1) })

export const time = z.strictObject({ ts: msText() })

/** Of a listing only what is used; it has dozens of other fields, which may all be empty before an instrument opens. */
export const instrument = z.looseObject({ instId: z.string(), instType: z.string(), state: z.string() })

export const spotInstrument = z.looseObject({
  instId: z.string(),
  baseCcy: z.string().min(1),
  quoteCcy: z.string().min(1),
  listTime: msTextOrNone(),
})

export const swapInstrument = z.looseObject({
  instId: z.string(),
  /** `BTC-USDT`: base and quote of a swap stand nowhere else. */
  uly: z.string().regex(/^[^-]+-[^-]+$/, 'not BASE-QUOTE'),
  ctType: z.enum(['linear', 'inverse']),
  /** One contract is `ctVal` times `ctMult` of `ctValCcy`. */
  ctVal: decimalText(),
  ctMult: decimalText(),
  ctValCcy: z.string(),
  listTime: msTextOrNone(),
})

/** [open time, open, high, low, close, vol, volCcy, volCcyQuote, confirm]. Meaning of the volumes by kind of instrument. */
export const candle = z.tuple([
  msText(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
  /** "1" where the bar is closed. */
  z.enum(['0', '1']),
])

/** One match, from REST and from the channel trades-all alike. */
export const trade = z.strictObject({
  instId: z.string(),
  tradeId: digits(),
  px: decimalText(),
  sz: decimalText(),
  /** Side of the taker. */
  side: side(),
  /** "1" for an order of the Enhanced Liquidity Program; captures of before it have no such field. */
  source: z.string().optional(),
  ts: msText(),
})

export const openInterest = z.strictObject({
  instId: z.string(),
  instType: z.string(),
  /** Contracts. */
  oi: decimalText(),
  /** Coins. */
  oiCcy: decimalText(),
  /** Captures of 2022 have no such field. */
  oiUsd: decimalText().optional(),
  ts: msText(),
})

/** [time, contracts, coins, USD] */
export const openInterestBucket = z.tuple([msText(), decimalText(), decimalText(), decimalText()])

/** [time, long over short] */
export const ratioBucket = z.tuple([msText(), decimalText()])

/** [time, sold by takers, bought by takers]: sold comes first. */
export const takerBucket = z.tuple([msText(), decimalText(), decimalText()])

export const fundingPaid = z.strictObject({
  instId: z.string(),
  instType: z.string(),
  formulaType: z.string(),
  method: z.string(),
  /** What was forecast. */
  fundingRate: z.string(),
  /** What was paid. */
  realizedRate: decimalText(),
  fundingTime: msText(),
})

export const fundingExpected = z.strictObject({
  instId: z.string(),
  instType: z.string(),
  formulaType: z.string(),
  method: z.string(),
  /** Expected to be paid at `fundingTime`. */
  fundingRate: decimalText(),
  fundingTime: msText(),
  nextFundingRate: z.string(),
  nextFundingTime: msTextOrNone(),
  impactValue: z.string(),
  interestRate: z.string(),
  maxFundingRate: z.string(),
  minFundingRate: z.string(),
  premium: z.string(),
  settFundingRate: z.string(),
  settState: z.string(),
  ts: msText(),
})

export const ticker = z.strictObject({
  instType: z.string(),
  instId: z.string(),
  last: decimalTextOrNone(),
  lastSz: z.string(),
  askPx: decimalTextOrNone(),
  askSz: z.string(),
  bidPx: decimalTextOrNone(),
  bidSz: z.string(),
  open24h: z.string(),
  high24h: z.string(),
  low24h: z.string(),
  /** Quote of a spot pair, but base of a swap, inverse ones included. */
  volCcy24h: decimalTextOrNone(),
  /** Base of a spot pair, contracts of a swap. */
  vol24h: decimalTextOrNone(),
  sodUtc0: z.string(),
  sodUtc8: z.string(),
  ts: msText(),
})

/** Around everything that a channel of one instrument pushes. */
export const push = z.strictObject({
  arg: z.strictObject({ channel: z.string(), instId: z.string() }),
  data: z.array(z.unknown()),
})

export const liquidationPush = z.strictObject({
  id: z.string().optional(),
  arg: z.strictObject({ channel: z.string(), instType: z.string() }),
  data: z.array(z.unknown()),
})

export const liquidationsOfOne = z.strictObject({
  instId: z.string(),
  instType: z.string(),
  instFamily: z.string(),
  uly: z.string(),
  details: z.array(z.unknown()),
})

export const liquidation = z.strictObject({
  /** Side of the closing order. */
  side: side(),
  /** The position closed, or `net` where the account does not tell its positions apart. */
  posSide: z.enum(['long', 'short', 'net']),
  /** Price of the deal with the venue's liquidation account. */
  bkPx: decimalText(),
  bkLoss: z.string(),
  /** Contracts. */
  sz: decimalText(),
  ccy: z.string(),
  ts: msText(),
})

/** One for each topic of a request. */
export const acknowledged = z.looseObject({
  event: z.literal('subscribe'),
  arg: z.looseObject({ channel: z.string(), instId: z.string().optional(), instType: z.string().optional() }),
})
export const refused = z.looseObject({ event: z.literal('error'), code: z.string(), msg: z.string() })
/** A word about the connection: the end of a subscription, or an upgrade that will close it. */
export const said = z.looseObject({ event: z.enum(['unsubscribe', 'notice']) })
