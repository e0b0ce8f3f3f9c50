import type { InstantMs } from '../../../core/instant.ts'
import { latestOrders, orderKey, type ExecutiveOrder } from '../../../records/executiveOrder.ts'
import type { Compared } from './againstHeld.ts'

/** What can be corrected in an order. */
const TOLD = ['at', 'publishedOn', 'title', 'address'] as const

/**
 * What published orders say that is not held yet. An order that differs from the one that is held, be it in its day of signing, is a version of
 * it that was first known when it was asked for. One that is not held was known when its issue was, whenever it was fetched: an issue stands.
 * @param rows - one an order
 * @param held - all that is held, in all versions
 * @param now - when it was asked
 * @example ordersAgainstHeld([{ ...order, title: 'B' }], [{ ...order, title: 'A' }], now).revised[0]?.knownAt // now
 */
export function ordersAgainstHeld(
  rows: readonly ExecutiveOrder[],
  held: readonly ExecutiveOrder[],
  now: InstantMs,
): Compared {
  const known = new Map(latestOrders(held).map((order) => [orderKey(order), order] as const))
  const fresh = rows.filter((row) => !known.has(orderKey(row)))
  const revised = rows.flatMap((row) => {
    const before = known.get(orderKey(row))
    const isOther = before !== undefined && TOLD.some((field) => row[field] !== before[field])
    return isOther ? [{ ...row, knownAt: now }] : []
  })
  return { fresh, revised, unchanged: rows.length - fresh.length - revised.length }
}
