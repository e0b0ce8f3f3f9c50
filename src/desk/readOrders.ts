import type { InstantMs } from '../core/instant.ts'
import { executiveOrder, latestOrders, type ExecutiveOrder } from '../records/executiveOrder.ts'
import type { Store } from '../store/open.ts'
import { readDated } from '../store/queries/readDated.ts'
import { readInstruments } from '../store/queries/readInstruments.ts'

/** What executive orders are called where the store says whether a series is simulated. */
export const ORDERS_SERIES = 'executive-orders'

/** Executive orders as they were known at a time. */
export interface HeldOrders {
  /** One row an order, the last that was known; none where none are held. */
  readonly orders: readonly ExecutiveOrder[]
  readonly simulated: boolean
}

/** Executive orders that are held and were known at `asOf`. */
export async function readOrders(store: Store, asOf: InstantMs): Promise<HeldOrders> {
  const orders = latestOrders(await readOrderVersions(store, asOf))
  const series = await readInstruments(store, { asset: ORDERS_SERIES })
  return { orders, simulated: series.some(({ simulated }) => simulated) }
}

/** The same in all versions that differ in the day of signing, each the last of its day. */
export async function readOrderVersions(store: Store, asOf: InstantMs): Promise<readonly ExecutiveOrder[]> {
  return (await readDated(store, executiveOrder, { asOf })) as unknown as readonly ExecutiveOrder[]
}
