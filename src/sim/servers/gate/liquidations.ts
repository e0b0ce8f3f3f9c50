import type { SimLiquidation } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import { ok } from '../answers.ts'
import type { Answer } from '../door.ts'
import { contractsAsked, isRefused, pageOf, spanOf, type Asked } from './asked.ts'
import { HOUR } from './intervals.ts'
import { badParameter } from './refusals.ts'
import { price, seconds, size, type SizeForm } from './written.ts'

/** Liquidations of one contract or all, newest first, of an hour at most where a time is named. */
export function liquidationOrders(asked: Asked): Answer {
  const { query, market } = asked
  const listings = contractsAsked(asked)
  if (isRefused(listings)) return listings
  const page = pageOf(query, 100)
  if (isRefused(page)) return page
  const span = spanOf(query)
  if (isRefused(span)) return span
  const to = Math.min(span.to, Math.max(span.from, market.now()))
  if (span.from !== -Infinity && to - span.from > HOUR) return badParameter('from', query.get('from'))
  const found = listings
    .flatMap((listing) => market.liquidations(listing).map((liquidation) => ({ listing, liquidation })))
    .filter(({ liquidation: { at } }) => seconds(at) * 1000 >= span.from && seconds(at) * 1000 <= to)
    .toSorted((a, b) => b.liquidation.at - a.liquidation.at)
  return ok(found.slice(0, page.limit).map(({ listing, liquidation }) => restRow(listing, liquidation, asked.sizes)))
}

/** Lots over 0 where a long position was liquidated. */
const position = (liquidation: SimLiquidation): number =>
  liquidation.position === 'long' ? liquidation.lots : -liquidation.lots

/** REST tells the position, and the order beside it. */
const restRow = (listing: Listing, liquidation: SimLiquidation, form: SizeForm) => ({
  time: seconds(liquidation.at),
  contract: listing.name,
  size: size(position(liquidation), form),
  order_size: size(-position(liquidation), form),
  order_price: price(listing, liquidation.bankruptcyPrice),
  fill_price: price(listing, liquidation.fillPrice),
  left: size(0, form),
})

/** The socket tells the order alone, its sign the opposite of REST's, at the order's price. */
export const socketRow = (listing: Listing, liquidation: SimLiquidation, form: SizeForm) => ({
  price: price(listing, liquidation.bankruptcyPrice),
  size: size(-position(liquidation), form),
  time: liquidation.at,
  contract: listing.name,
})
