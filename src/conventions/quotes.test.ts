import { expect, it } from 'vitest'
import { isOneMoney } from './quotes.ts'
import { KNOWN_QUOTES } from './symbols.ts'

it('takes dollars of all names for one money, and nothing else', () => {
  expect(isOneMoney('USDT', 'USDC')).toBe(true)
  expect(isOneMoney('USD', 'FDUSD')).toBe(true)
  for (const [a, b] of [
    ['USDT', 'EUR'],
    ['BTC', 'USDC'],
    ['TRY', 'BRL'],
  ] as const)
    expect([isOneMoney(a, b), isOneMoney(b, a)]).toEqual([false, false])
  for (const quote of KNOWN_QUOTES) expect(isOneMoney(quote, quote)).toBe(true)
})
