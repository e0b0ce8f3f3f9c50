import { expect, it } from 'vitest'
import type { WireFault } from '../../../sources/wire/wireFault.ts'
import { FaultBook, type CountedFault } from './faultBook.ts'

const fault = (fields: Partial<WireFault> = {}): WireFault => ({
  channel: 'perp trade',
  what: 'not as documented',
  path: 'data[0].price',
  why: 'is no number',
  raw: '{}',
  ...fields,
})

function made() {
  const told: CountedFault[] = []
  return { told, book: new FaultBook((each) => void told.push(each)) }
}

it('tells a kind once, wherever in a list it is met, and counts it ever after', () => {
  const { told, book } = made()
  book.put('bybit', fault())
  book.put('bybit', fault({ path: 'data[17].price', raw: '{"price":"x"}' }))
  expect(told.map(({ path, count }) => [path, count])).toEqual([['data[0].price', 1]])
  expect(book.list()).toMatchObject([{ count: 2, path: 'data[17].price', raw: '{"price":"x"}' }])
})

it('tells kinds apart by venue, channel, what and path, but not by what was said of them', () => {
  const { told, book } = made()
  const others = [fault({ channel: 'perp candle' }), fault({ what: 'missing' }), fault({ path: 'data[0].size' })]
  for (const each of [fault(), ...others, fault({ why: 'another' })]) book.put('bybit', each)
  book.put('okx', fault())
  expect(told).toHaveLength(5)
})

it('lists the most frequent first, of one venue or all', () => {
  const { book } = made()
  book.put('bybit', fault({ path: 'once' }))
  for (const _ of [1, 2, 3]) book.put('bybit', fault({ path: 'often' }))
  for (const _ of [1, 2]) book.put('okx', fault({ path: 'twice' }))
  expect(book.list().map(({ path }) => path)).toEqual(['often', 'twice', 'once'])
  expect(book.list('bybit').map(({ path }) => path)).toEqual(['often', 'once'])
  expect([book.count('bybit'), book.count('okx'), book.count('binance')]).toEqual([4, 2, 0])
})

it('tells a thousand kinds apart at most and still counts those', () => {
  const { told, book } = made()
  for (let i = 0; i < 1_200; i++) book.put('bybit', fault({ path: `field${i}` }))
  book.put('bybit', fault({ path: 'field0' }))
  expect([told.length, book.list().length, book.count('bybit')]).toEqual([1_000, 1_000, 1_001])
})
