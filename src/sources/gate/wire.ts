import { z } from 'zod'
import { decimalText } from '../wire/decimal.ts'

/** What Gate sends, as documented. */

/** A number, as a number or as text: sizes are text with the header for decimals and numbers without it. */
const decimal = () => z.union([z.number(), decimalText()])

/** The same where an empty text or "nan" means that there is none. */
const decimalOrNone = () =>
  z.union([
    z.number(),
    decimalText(),
    z
      .string()
      .regex(/^$|^nan$/i, 'not a number in text')
      .transform(() => undefined),
  ])

/** Values below are seconds, values from it on milliseconds. */
const FIRST_MS = 1e12
const NO_MS = 1e14

/**
 * A time in ms. One field has three forms here: seconds with three decimals, whole milliseconds, and text of milliseconds with
 * decimals; only their size tells which.
 */
export const moment = () =>
  decimal()
    .refine((time) => time > 0 && time < NO_MS, 'not a time')
    .transform((time) => (time < FIRST_MS ? Math.round(time * 1000) : Math.floor(time)))

const id = () =>
  z.union([z.number().int().nonnegative().transform(String), z.string().regex(/^\d+$/, 'not an id in text')])

export const time = z.strictObject({ server_time: z.number().int().positive() })

/** Of a listing only what is used; it has dozens of other fields. */
export const pair = z.looseObject({
  id: z.string(),
  base: z.string(),
  quote: z.string(),
  trade_status: z.string(),
  /** Premarket pairs trade a promise of a coin. */
  type: z.string().optional(),
  buy_start: z.number().optional(),
  sell_start: z.number().optional(),
})

export const contract = z.looseObject({
  name: z.string(),
  type: z.string(),
  quanto_multiplier: decimalText(),
  last_price: decimalText(),
  mark_price: decimalText(),
  funding_rate: decimalText(),
  /** Seconds. */
  funding_interval: z.number().positive(),
  /** Contracts that are held long. */
  position_size: decimal(),
  in_delisting: z.boolean().optional(),
  status: z.string().optional(),
  create_time: z.number().optional(),
  launch_time: z.number().optional(),
})

/** [open time in seconds, quote volume, close, high, low, open, volume, closed]; the documents' example lacks the volume. */
export const spotCandle = z.tuple([
  moment(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
  decimalText(),
  z.enum(['true', 'false']),
])

export const perpCandle = z.strictObject({
  t: moment(),
  o: decimalText(),
  h: decimalText(),
  l: decimalText(),
  c: decimalText(),
  /** Contracts. */
  v: decimal(),
  /** Quote unit. */
  sum: decimalText(),
})

/** The fields of a private answer stand in the documents' example of the public one. */
export const spotTrade = z.strictObject({
  id: id(),
  /** Consecutive within one market; `id` counts over all of them. */
  sequence_id: id(),
  create_time: z.string(),
  create_time_ms: moment(),
  currency_pair: z.string().optional(),
  side: z.enum(['buy', 'sell']),
  amount: decimalText(),
  price: decimalText(),
  order_id: z.string().optional(),
  role: z.string().optional(),
  fee: z.string().optional(),
  fee_currency: z.string().optional(),
  point_fee: z.string().optional(),
  gt_fee: z.string().optional(),
  text: z.string().optional(),
  deal: z.string().optional(),
})

export const spotTradeEvent = z.strictObject({
  id: id(),
  /** Consecutive within one market, as `sequence_id` of REST. */
  id_market: id(),
  create_time: z.number(),
  create_time_ms: moment(),
  side: z.enum(['buy', 'sell']),
  currency_pair: z.string(),
  amount: decimalText(),
  price: decimalText(),
  /** First and last id that the message covers: "2390902-2390902". */
  range: z.string().regex(/^\d+-\d+$/, 'not a range of ids'),
})

/** From REST and socket alike; they write its time differently. */
export const perpTrade = z.strictObject({
  id: id(),
  create_time: moment(),
  create_time_ms: moment().optional(),
  contract: z.string(),
  /** Contracts; negative where the taker sold. */
  size: decimal(),
  price: decimalText(),
  /** Taken over by the insurance fund or by deleveraging. */
  is_internal: z.boolean().optional(),
})

export const contractStats = z.strictObject({
  time: moment(),
  contract: z.string().optional(),
  mark_price: decimal(),
  open_interest: decimal(),
  open_interest_usd: decimal(),
  lsr_taker: decimal(),
  lsr_account: decimal(),
  top_lsr_account: decimal(),
  top_lsr_size: decimal(),
  long_liq_size: decimal(),
  long_liq_amount: decimal(),
  long_liq_usd: decimal(),
  short_liq_size: decimal(),
  short_liq_amount: decimal(),
  short_liq_usd: decimal(),
  // Since 2026-04-27.
  long_liq_usd_new: decimal().optional(),
  short_liq_usd_new: decimal().optional(),
  long_taker_size: decimal().optional(),
  short_taker_size: decimal().optional(),
  long_users: decimal().optional(),
  short_users: decimal().optional(),
  top_long_size: decimal().optional(),
  top_short_size: decimal().optional(),
  top_long_account: decimal().optional(),
  top_short_account: decimal().optional(),
  last_funding_rate: decimal().optional(),
})

export const fundingPaid = z.strictObject({ t: moment(), r: decimalText() })

/** Of a ticker what is kept. */
export const spotTicker = z.looseObject({
  currency_pair: z.string(),
  last: decimalOrNone(),
  lowest_ask: decimalOrNone().optional(),
  highest_bid: decimalOrNone().optional(),
  base_volume: decimalOrNone(),
  quote_volume: decimalOrNone(),
})

export const perpTicker = z.looseObject({
  contract: z.string(),
  last: decimalOrNone(),
  mark_price: decimalOrNone(),
  index_price: decimalOrNone(),
  lowest_ask: decimalOrNone().optional(),
  highest_bid: decimalOrNone().optional(),
  /** Contracts. */
  volume_24h: decimalOrNone(),
  volume_24h_quote: decimalOrNone(),
})

/** A liquidation of REST: `size` is the position, `order_size` the order that closed it, of the opposite sign. */
export const liquidationOrder = z.strictObject({
  time: moment(),
  contract: z.string(),
  size: decimal(),
  /** Since 2025-01-20. */
  order_size: decimal().optional(),
  order_price: decimal(),
  fill_price: decimal(),
  /** Contracts of the order that were not filled. */
  left: decimal(),
})

/** A liquidation of the socket: `size` and `price` are those of the order. Its time was written in three ways in 2026. */
export const liquidationEvent = z
  .strictObject({
    contract: z.string(),
    size: decimal(),
    price: decimal(),
    time: moment().optional(),
    time_ms: moment().optional(),
  })
  .refine(({ time: at, time_ms }) => at !== undefined || time_ms !== undefined, 'without a time')

/** What every message on a socket has around it; live ones carry ids of the connection besides. */
export const envelope = z.looseObject({
  channel: z.string(),
  event: z.string().optional(),
  error: z.looseObject({ code: z.number(), message: z.string() }).nullish(),
  payload: z.array(z.string()).nullish(),
  result: z.unknown().optional(),
})

export const failed = z.looseObject({ status: z.literal('fail') })

/** Sent alone before a connection is closed by the venue. */
export const upgrade = z.strictObject({ type: z.literal('upgrade'), msg: z.string() })
