import { DAY_MS, formatDay, parseInstant, plusMs, type InstantMs } from '../../core/instant.ts'
import { newYorkDay } from '../../core/newYorkSession.ts'
import type { ExecutiveOrder } from '../../records/executiveOrder.ts'
import type { PolicyEvent, PolicyMatter } from '../../records/policy.ts'
import type { PolicyStanding } from './standing.ts'

/** How far back an order is still shown that no matter speaks of. */
const SHOWN_DAYS = 90

/**
 * Executive orders of the last 90 days, by the day of their signing, that no matter speaks of: neither by number in its title (`executive
 * order 14178`) nor by the address of the order's own document in a source.
 * @param standing - matters as they stood at `asOf`
 * @param orders - one row an order, all known at `asOf`
 * @returns the newest first; of one day the higher number first
 * @example ordersUnspoken(standing, orders, parseAsOf('2025-04-23'))[0]?.number // '14275'
 */
export function ordersUnspoken(
  standing: readonly PolicyStanding[],
  orders: readonly ExecutiveOrder[],
  asOf: InstantMs,
): readonly ExecutiveOrder[] {
  const from = plusMs(asOf, -SHOWN_DAYS * DAY_MS)
  const numbers = new Set(standing.flatMap(({ matter }) => namedOrders(matter)))
  const sources = new Set(standing.flatMap((each) => knownEvents(each).map(({ source }) => documentOf(source))))
  return orders
    .filter(({ at }) => at >= from && at <= asOf)
    .filter(({ number, documentNumber }) => !numbers.has(number) && !sources.has(documentNumber))
    .toSorted((a, b) => b.at - a.at || Number.parseInt(b.number, 10) - Number.parseInt(a.number, 10))
}

/**
 * Where a matter names an executive order and dates its signing otherwise than the Register does. A matter that names several orders, or was
 * signed in several stages, agrees where one of its stages `signed` is of the Register's day; one without such a stage says nothing of it.
 * @returns a sentence each, in the order of the matters
 * @example signingsDiffering(standing, orders) // ['"Order on …" was signed 2025-01-24, executive order 14178 in the Federal Register 2025-01-23']
 */
export function signingsDiffering(
  standing: readonly PolicyStanding[],
  orders: readonly ExecutiveOrder[],
): readonly string[] {
  const byNumber = new Map(orders.map((order) => [order.number, order] as const))
  return standing.flatMap((each) => {
    const signed = knownEvents(each).filter(({ stage }) => stage === 'signed')
    const days = signed.map(dayThere)
    return namedOrders(each.matter).flatMap((number) => {
      const order = byNumber.get(number)
      if (order === undefined || days.length === 0 || days.includes(order.at)) return []
      const told = days.map(formatDay).join(', ')
      return [
        `"${each.matter.title}" was signed ${told}, executive order ${number} in the Federal Register ${formatDay(order.at)}`,
      ]
    })
  })
}

const knownEvents = ({ now, before }: PolicyStanding): readonly PolicyEvent[] => [...before, now]

/** Numbers of the orders that a matter's title names: `(executive orders 14231 and 14232)`. */
function namedOrders({ title }: Pick<PolicyMatter, 'title'>): readonly string[] {
  const named = title.match(/executive orders? (\d+(?:(?:,| and|, and) \d+)*)/gi) ?? []
  return named.flatMap((text) => text.match(/\d+/g) ?? [])
}

/** The number of the document that an address of the Register leads to. */
function documentOf(address: string): string | undefined {
  const [, long, short] =
    /^https:\/\/www\.federalregister\.gov\/(?:documents\/\d{4}\/\d{2}\/\d{2}\/([^/]+)|d\/([^/]+))/.exec(address) ?? []
  return long ?? short
}

/** The day of an event where it happened. */
const dayThere = ({ on }: PolicyEvent): InstantMs =>
  on.includes('T') ? newYorkDay(parseInstant(on)) : parseInstant(on)
