import { z } from 'zod'
import { instantField, symbol, text, type RecordSpec } from './record.ts'

const schema = z.object({
  /** Who published it: `federalregister`. */
  venue: symbol(),
  /** Its number among all executive orders: `14178`. */
  number: symbol(),
  /** The publisher's own number of the document: `2025-02123`. */
  documentNumber: symbol(),
  /** The day of its signing, 00:00Z of the date. */
  at: instantField(),
  knownAt: instantField(),
  /** The day of its publication, 00:00Z of the date. */
  publishedOn: instantField(),
  title: text(),
  /** Where it can be read. */
  address: text(),
})

/** An executive order of the president of the United States, as it was published. What it means is told elsewhere. */
export type ExecutiveOrder = z.infer<typeof schema>

export const executiveOrder = {
  name: 'executiveOrder',
  schema,
  series: ['venue', 'number', 'documentNumber'],
  partition: 'none',
} as const satisfies RecordSpec

/** What tells one order from another, whatever else is corrected in it. */
export const orderKey = ({ venue, number, documentNumber }: ExecutiveOrder): string =>
  JSON.stringify([venue, number, documentNumber])

/**
 * Of every order what was known of it last: a day of signing that is corrected does not make two of one order.
 * @param rows - in any order
 * @returns one row an order, in the order in which orders first come
 * @example latestOrders([{ ...order, at: a, knownAt: 1 }, { ...order, at: b, knownAt: 2 }]).length // 1, with `at` b
 */
export function latestOrders(rows: readonly ExecutiveOrder[]): readonly ExecutiveOrder[] {
  const latest = new Map<string, ExecutiveOrder>()
  for (const row of rows) {
    const key = orderKey(row)
    const before = latest.get(key)
    if (before === undefined || before.knownAt < row.knownAt) latest.set(key, row)
  }
  return [...latest.values()]
}
