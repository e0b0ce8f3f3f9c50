import { describe, expect, it } from 'vitest'
import { parseAddressBook, simulatedNow } from './addressBook.ts'

const clock = { startAt: 1_000_000, began: 500, speed: 60 }
const venues = { bybit: { rest: 'http://127.0.0.1:8000', socket: 'ws://127.0.0.1:8000/ws' } }
const parsed = (json: unknown) => parseAddressBook(JSON.stringify(json), 'book.json')

describe('parseAddressBook', () => {
  it('reads addresses on this machine and the clock', () => {
    expect(parsed({ simulated: true, venues, clock })).toEqual({ simulated: true, venues, clock })
  })

  it('reads where publishers are', () => {
    const publishers = { coingecko: 'http://127.0.0.1:8001/api/v3' }
    expect(parsed({ simulated: true, venues, publishers, clock })).toEqual({
      simulated: true,
      venues,
      publishers,
      clock,
    })
  })

  it.each([
    ['an unknown publisher', { nasdaq: 'http://127.0.0.1:1' }, /"nasdaq" is no publisher/],
    ['a publisher elsewhere', { coingecko: 'https://api.coingecko.com' }, /of coingecko is not on this machine/],
    ['a publisher without an address', { defillama: 7 }, /"7" of defillama is not on this machine/],
  ])('refuses %s', (_what, publishers, message) => {
    expect(() => parsed({ venues, publishers, clock })).toThrow(
      expect.objectContaining({ code: 'BAD_ADDRESSES', message: expect.stringMatching(message) as string }),
    )
  })

  it.each([
    ['no JSON', '{', /book\.json.*is no address book/],
    ['no object', '7', /it is no object/],
    ['null', 'null', /it is no object/],
    ['no venues', '{}', /it has no "venues"/],
    ['venues that are none', '{"venues":null}', /it has no "venues"/],
    ['an unknown venue', '{"venues":{"nasdaq":{}}}', /"nasdaq" is no venue/],
    [
      'an address elsewhere',
      '{"venues":{"bybit":{"rest":"https://api.bybit.com"}}}',
      /of bybit is not on this machine/,
    ],
    ['no address', '{"venues":{"bybit":{"rest":"somewhere"}}}', /"somewhere" of bybit is not on this machine/],
    ['no clock', '{"venues":{}}', /its "clock" lacks/],
    ['half a clock', '{"venues":{},"clock":{"startAt":1,"began":2}}', /its "clock" lacks/],
    ['a clock of texts', '{"venues":{},"clock":{"startAt":"1","began":2,"speed":3}}', /its "clock" lacks/],
  ])('refuses %s', (_what, text, message) => {
    expect(() => parseAddressBook(text, 'book.json')).toThrow(
      expect.objectContaining({ code: 'BAD_ADDRESSES', message: expect.stringMatching(message) }),
    )
  })

  it.each(['http://127.0.0.1.example.com', 'http://localhost@example.com', 'http://10.0.0.1'])('refuses %s', (rest) => {
    expect(() => parsed({ venues: { bybit: { rest } }, clock })).toThrow('is not on this machine')
  })

  it.each([
    ['no address but a number', { bybit: { rest: 7 } }],
    ['no addresses but nothing', { bybit: null }],
    ['no addresses but one', { bybit: 'http://127.0.0.1:8000' }],
    ['no addresses but a number', { bybit: 7 }],
  ])('refuses %s by the same error', (_what, bad) => {
    expect(() => parsed({ venues: bad, clock })).toThrow(expect.objectContaining({ code: 'BAD_ADDRESSES' }))
  })
})

describe('simulatedNow', () => {
  it('runs as many times as fast from where it began', () => {
    expect(simulatedNow(clock, 500)).toBe(1_000_000)
    expect(simulatedNow(clock, 1_500)).toBe(1_060_000)
    expect(simulatedNow({ ...clock, speed: 0.3 }, 501)).toBe(1_000_000)
  })
})
