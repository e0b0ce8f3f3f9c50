import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../core/instant.ts'
import type { ExecutiveOrder } from '../../records/executiveOrder.ts'
import type { PolicyEvent } from '../../records/policy.ts'
import { ordersUnspoken, signingsDiffering } from './registerOrders.ts'
import type { PolicyStanding } from './standing.ts'

const order = (number: string, signed: string, fields: Partial<ExecutiveOrder> = {}): ExecutiveOrder => ({
  venue: 'federalregister',
  number,
  documentNumber: `2025-${number}`,
  at: parseInstant(signed),
  knownAt: parseInstant(signed),
  publishedOn: parseInstant(signed),
  title: `Order ${number}`,
  address: `https://www.federalregister.gov/documents/2025/04/01/2025-${number}/order`,
  ...fields,
})
const event = (fields: Partial<PolicyEvent>): PolicyEvent => ({
  stage: 'signed',
  on: '2025-04-02',
  says: 'It was signed then.',
  source: 'https://example.org/a',
  confirmed: true,
  ...fields,
})
const standing = (title: string, ...events: readonly Partial<PolicyEvent>[]): PolicyStanding => {
  const all = events.map(event)
  const matter = {
    id: 'us-a',
    title,
    kind: 'order',
    stance: 'neutral',
    subjects: ['tariffs'],
    jurisdiction: 'US',
    events: all,
  } as const
  return {
    matter: { ...matter, subjects: [...matter.subjects], events: all },
    now: all.at(-1)!,
    before: all.slice(0, -1),
  }
}
const AS_OF = parseInstant('2025-04-23')
const numbers = (of: readonly PolicyStanding[], ...orders: readonly ExecutiveOrder[]): readonly string[] =>
  ordersUnspoken(of, orders, AS_OF).map(({ number }) => number)

describe('orders that no matter speaks of', () => {
  it('are those of the last 90 days, the newest first', () => {
    const orders = [order('14100', '2025-01-22'), order('14101', '2025-01-23'), order('14102', '2025-04-09')]
    expect(numbers([], ...orders, order('14103', '2025-04-09'))).toEqual(['14103', '14102', '14101'])
  })

  it('are not those whose number a title names, also among others', () => {
    const of = standing('Exemption (executive orders 14231, 14232 and 14233)', {})
    const orders = ['14231', '14232', '14233', '14234'].map((number) => order(number, '2025-03-06'))
    expect(numbers([of], ...orders)).toEqual(['14234'])
  })

  it.each([
    'https://www.federalregister.gov/documents/2025/04/07/2025-14257/regulating-imports',
    'https://www.federalregister.gov/d/2025-14257',
  ])('are not those that a source leads to: %s', (source) => {
    expect(numbers([standing('Tariffs', {}, { stage: 'effective', source })], order('14257', '2025-04-02'))).toEqual([])
  })

  it('are those whose number stands in a title for something else', () => {
    expect(numbers([standing('Proclamation 14257', {})], order('14257', '2025-04-02'))).toEqual(['14257'])
  })
})

describe('a day of signing', () => {
  const named = 'Tariffs (executive order 14257)'

  it('that differs is told with both', () => {
    expect(signingsDiffering([standing(named, {})], [order('14257', '2025-04-03')])).toEqual([
      '"Tariffs (executive order 14257)" was signed 2025-04-02, executive order 14257 in the Federal Register 2025-04-03',
    ])
  })

  it.each([
    ['is the same', standing(named, {})],
    ['is the same in New York', standing(named, { on: '2025-04-03T01:30Z' })],
    ['is one of several', standing(named, {}, { on: '2025-04-11' })],
    ['is not told', standing(named, { stage: 'effective', on: '2025-04-05' })],
    ['is of another order', standing('Tariffs (executive order 14258)', { on: '2025-05-01' })],
  ])('that %s is not told', (_what, of) => {
    expect(signingsDiffering([of], [order('14257', '2025-04-02')])).toEqual([])
  })
})
