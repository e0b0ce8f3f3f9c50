import { z } from 'zod'
import { decimalText } from '../wire/decimal.ts'

/** What Hyperliquid sends, as documented. Prices and sizes are text, times and ids numbers. */

const ms = () => z.number().int().positive()
const count = () => z.number().int().nonnegative()

export const exchangeStatus = z.strictObject({ specialStatuses: z.unknown().optional(), time: ms() })

/** Of the listing only what is used. Perps of the first dex are margined in token 0, which is USDC. */
const perpMeta = z.looseObject({ universe: z.array(z.unknown()), collateralToken: z.literal(0).optional() })
export const perp = z.looseObject({ name: z.string(), isDelisted: z.boolean().optional() })

/** The listing, and the context of each of its rows by place: a context carries no name. */
export const metaAndContexts = z.tuple([perpMeta, z.array(z.unknown())])

export const assetContext = z.strictObject({
  /** Expected for the coming full hour, a share for one hour. */
  funding: decimalText(),
  openInterest: decimalText(),
  prevDayPx: decimalText(),
  dayNtlVlm: decimalText(),
  dayBaseVlm: decimalText().optional(),
  /** None where there is no price of impact on either side. */
  premium: decimalText().nullable(),
  oraclePx: decimalText(),
  markPx: decimalText(),
  /** None where a side of the book is empty. */
  midPx: decimalText().nullable(),
  impactPxs: z.array(decimalText()).nullable(),
})

export const candleBar = z.strictObject({
  t: ms(),
  /** Open of the next bar less one millisecond. */
  T: ms(),
  s: z.string(),
  i: z.string(),
  o: decimalText(),
  c: decimalText(),
  h: decimalText(),
  l: decimalText(),
  v: decimalText(),
  n: count(),
})

export const trade = z.strictObject({
  coin: z.string(),
  /** The aggressor: B bought, A sold. */
  side: z.enum(['A', 'B']),
  px: decimalText(),
  sz: decimalText(),
  time: ms(),
  hash: z.string(),
  tid: count(),
  /** Buyer and seller. */
  users: z.tuple([z.string(), z.string()]),
})

export const tradesMessage = z.strictObject({ channel: z.literal('trades'), data: z.array(z.unknown()) })

export const fundingPaid = z.strictObject({
  coin: z.string(),
  fundingRate: decimalText(),
  premium: decimalText(),
  time: ms(),
})

const summary = z.strictObject({
  accountValue: decimalText(),
  totalMarginUsed: decimalText(),
  totalNtlPos: decimalText(),
  totalRawUsd: decimalText(),
})

export const clearinghouseState = z.strictObject({
  assetPositions: z.array(z.unknown()),
  crossMaintenanceMarginUsed: decimalText(),
  crossMarginSummary: summary,
  marginSummary: summary,
  time: ms(),
  withdrawable: decimalText(),
})

export const assetPosition = z.strictObject({
  type: z.literal('oneWay'),
  position: z.strictObject({
    coin: z.string(),
    cumFunding: z.strictObject({ allTime: decimalText(), sinceChange: decimalText(), sinceOpen: decimalText() }),
    entryPx: decimalText(),
    leverage: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('cross'), value: z.number().positive() }),
      z.strictObject({ type: z.literal('isolated'), value: z.number().positive(), rawUsd: decimalText() }),
    ]),
    /** None where no price liquidates. */
    liquidationPx: decimalText().nullable(),
    marginUsed: decimalText(),
    maxLeverage: z.number().positive(),
    positionValue: decimalText(),
    returnOnEquity: decimalText(),
    /** Signed: negative where short. */
    szi: decimalText(),
    unrealizedPnl: decimalText(),
  }),
})

/** What is subscribed to, with defaults filled in where it is echoed. */
export const subscription = z.looseObject({ type: z.string(), coin: z.string().optional() })

export const acknowledged = z.strictObject({
  channel: z.literal('subscriptionResponse'),
  data: z.strictObject({ method: z.enum(['subscribe', 'unsubscribe']), subscription }),
})

/** A text that says what is wrong; behind a colon stands the request, or its subscription alone. */
export const refused = z.strictObject({ channel: z.literal('error'), data: z.string() })
