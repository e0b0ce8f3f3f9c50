import { expect, it } from 'vitest'
import { instant } from '../../../core/instant.ts'
import { EventBook, type CollectEvent, type CountedEvent } from './eventBook.ts'

const event = (at: number, fields: Partial<CollectEvent> = {}): CollectEvent => ({
  venue: 'bybit',
  name: 'RATE_LIMITED',
  of: 'perp trade',
  text: `at ${at}`,
  at: instant(at),
  ...fields,
})

function made() {
  const told: CountedEvent[] = []
  return { told, book: new EventBook((each) => void told.push(each)) }
}

it('tells what goes on when it begins and each time that it is ten times as frequent', () => {
  const { told, book } = made()
  for (let i = 1; i <= 1_000; i++) book.count(event(i))
  expect(told.map(({ count }) => count)).toEqual([1, 10, 100, 1_000])
  expect(told.at(-1)).toMatchObject({ firstAt: 1, at: 1_000, text: 'at 1000' })
})

it('tells in any case what is to be told in any case', () => {
  const { told, book } = made()
  for (const at of [1, 2, 3]) book.tell(event(at))
  expect(told.map(({ count }) => count)).toEqual([1, 2, 3])
})

it('counts by venue, name and thing, the latest first', () => {
  const { book } = made()
  book.count(event(1))
  book.count(event(5, { of: 'perp candle' }))
  book.count(event(3, { name: 'RENAMED' }))
  book.count(event(4, { venue: 'okx' }))
  book.count(event(6))
  expect(book.list().map(({ at, count }) => [at, count])).toEqual([
    [6, 2],
    [5, 1],
    [4, 1],
    [3, 1],
  ])
  expect([book.times('bybit'), book.times('okx'), book.times('binance')]).toEqual([4, 1, 0])
})

it('remembers a thousand kinds and tells no more than those', () => {
  const { told, book } = made()
  for (let i = 0; i < 1_100; i++) book.tell(event(i, { of: `thing ${i}` }))
  expect([told.length, book.list().length]).toEqual([1_000, 1_000])
})
