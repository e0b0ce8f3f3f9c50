import { expect, it } from 'vitest'
import { instant, parseInstant } from '../../../core/instant.ts'
import type { ExecutiveOrder } from '../../../records/executiveOrder.ts'
import { ordersAgainstHeld } from './ordersAgainstHeld.ts'

const NOW = parseInstant('2025-05-02')
const DAY = parseInstant('2025-04-02')
const order: ExecutiveOrder = {
  venue: 'federalregister',
  number: '14257',
  documentNumber: '2025-06063',
  at: DAY,
  knownAt: parseInstant('2025-04-07T13:00Z'),
  publishedOn: parseInstant('2025-04-07'),
  title: 'A',
  address: 'https://www.federalregister.gov/documents/2025/04/07/2025-06063/a',
}

it('an order that is not held was known when its issue was', () => {
  expect(ordersAgainstHeld([order], [], NOW)).toEqual({ fresh: [order], revised: [], unchanged: 0 })
})

it('an order that says what is held is not stored again, whenever it was first known', () => {
  const held = { ...order, knownAt: instant(order.knownAt - 1) }
  expect(ordersAgainstHeld([order], [held], NOW)).toEqual({ fresh: [], revised: [], unchanged: 1 })
})

it.each([{ title: 'B' }, { at: instant(DAY - 86_400_000) }, { address: 'https://a.b/c' }, { publishedOn: DAY }])(
  'one that was corrected is known from now on: %j',
  (fields) => {
    const revised = [{ ...order, ...fields, knownAt: NOW }]
    expect(ordersAgainstHeld([{ ...order, ...fields }], [order], NOW)).toEqual({ fresh: [], revised, unchanged: 0 })
  },
)

it('of several versions the last counts', () => {
  const later = { ...order, at: instant(DAY - 86_400_000), knownAt: instant(NOW - 1) }
  expect(ordersAgainstHeld([order], [later, order], NOW).revised).toEqual([{ ...order, knownAt: NOW }])
})
