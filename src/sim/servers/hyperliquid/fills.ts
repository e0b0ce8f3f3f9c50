import type { SimLiquidation, SimTrade } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { holdingOf } from './holding.ts'
import { decimalText } from './decimalText.ts'
import { hashOf, orderIdOf, sizeText, tidOf } from './trades.ts'

/** Fills that one answer holds, and of an address at all when they are asked by time. */
const PAGE = 2000
const REACH = 10_000

/** The newest fills of an address, newest first. The world keeps no accounts of money: fees and closed profit are 0. */
export const newestFills = (market: VenueMarket, user: string, count = PAGE): readonly unknown[] =>
  fillsOf(market, user, count).map(({ row }) => row)

/** Fills of an address in a time, both ends included: the oldest page of them, newest first. */
export function fillsByTime(
  market: VenueMarket,
  user: string,
  { from, to }: { readonly from: number; readonly to: number },
): readonly unknown[] {
  const found = fillsOf(market, user, REACH).filter(({ at }) => at >= from && at <= to)
  return found.slice(-PAGE).map(({ row }) => row)
}

interface Fill {
  readonly at: number
  readonly row: unknown
}

/** Walks the trades backwards from what the account holds now, so that each fill knows what was held before it. */
function fillsOf(market: VenueMarket, user: string, count: number): readonly Fill[] {
  const holding = holdingOf(market, user)
  if (holding === undefined) return []
  const { listing, account } = holding
  const forced = forcedTrades(market.liquidations(listing))
  const trades = market.trades(listing)
  const fills: Fill[] = []
  let held = account.lots
  for (let i = trades.length - 1; i >= 0 && fills.length < count; i--) {
    const trade = trades[i] as SimTrade
    if (trade.taker !== user && trade.maker !== user) continue
    const side = (trade.taker === user) === trade.takerBuy ? 'B' : 'A'
    const before = held - (side === 'B' ? trade.lots : -trade.lots)
    const liquidation = forced.get(tradeKey(trade.at, trade.taker, trade.lots))
    fills.push({ at: trade.at, row: fillRow(listing, trade, { side, before, after: held, user, liquidation }) })
    held = before
  }
  return fills
}

/** Forced trades by their time, taker and size: the liquidated account is always the taker. */
const forcedTrades = (liquidations: readonly SimLiquidation[]): ReadonlyMap<string, SimLiquidation> =>
  new Map(liquidations.map((each) => [tradeKey(each.at, each.account, each.lots), each]))

const tradeKey = (at: number, taker: string, lots: number): string => `${at}/${taker}/${lots}`

interface Part {
  readonly side: 'A' | 'B'
  readonly before: number
  readonly after: number
  readonly user: string
  readonly liquidation: SimLiquidation | undefined
}

/** A fill of one user. `side` is that user's. A liquidation stands on the fills of both, and names whose it was. */
const fillRow = (listing: Listing, trade: SimTrade, part: Part): unknown => ({
  coin: listing.name,
  px: decimalText(trade.price, listing.priceDecimals),
  sz: sizeText(listing, trade.lots),
  side: part.side,
  time: trade.at,
  startPosition: sizeText(listing, part.before),
  dir: direction(part),
  closedPnl: '0.0',
  hash: hashOf(listing, trade),
  oid: orderIdOf(listing, trade, part.side),
  crossed: trade.taker === part.user,
  fee: '0.0',
  tid: tidOf(listing, trade),
  ...(part.liquidation === undefined ? {} : { liquidation: liquidationOf(listing, part.liquidation) }),
  feeToken: 'USDC',
  twapId: null,
})

const liquidationOf = (listing: Listing, { account, fillPrice }: SimLiquidation): unknown => ({
  liquidatedUser: account,
  markPx: decimalText(fillPrice, listing.priceDecimals),
  method: 'market',
})

/** What a fill did to the position, in the venue's words. */
function direction({ side, before, after }: Part): string {
  if (before > 0 && after < 0) return 'Long > Short'
  if (before < 0 && after > 0) return 'Short > Long'
  const closes = side === 'B' ? before < 0 : before > 0
  const isLong = closes === (side === 'A')
  return `${closes ? 'Close' : 'Open'} ${isLong ? 'Long' : 'Short'}`
}
