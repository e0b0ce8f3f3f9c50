import { expect, it } from 'vitest'
import { HOUR_MS, instant } from '../../../core/instant.ts'
import type { Instrument } from '../../../records/instrument.ts'
import { position } from '../../../records/position.ts'
import { Accounts } from './accounts.ts'

const BTC: Instrument = {
  venue: 'hyperliquid',
  market: 'perp',
  instrument: 'BTC',
  asset: 'BTC',
  quote: 'USDC',
  multiplier: 1,
  simulated: true,
  contract: 'linear',
}
const find = (name: string) => (name === 'BTC' ? BTC : undefined)
const at = (ms: number) => instant(Date.UTC(2026, 0, 5) + ms)
const see = (accounts: Accounts, address: string, quoteValue: number) =>
  accounts.see({ address, quoteValue, at: at(0) })
const holds = (instrument: string, coins: number, entryPrice = 100) => ({
  record: position,
  row: { instrument, coins, entryPrice },
})

it('asks none where none was seen', () => {
  expect(new Accounts().next(at(0))).toBeUndefined()
})

it('asks those first that were never asked, the largest of them first', () => {
  const accounts = new Accounts()
  see(accounts, 'small', 10)
  see(accounts, 'large', 1000)
  see(accounts, 'small', 500)
  see(accounts, 'held', 50)
  const order: string[] = []
  for (let i = 0; i < 3; i++) {
    const { address } = accounts.next(at(i))!
    order.push(address)
    accounts.asked(address, [holds('BTC', -1e6)], { now: at(i), find })
  }
  expect(order).toEqual(['large', 'small', 'held'])
})

it('asks again by size and how long it is ago', () => {
  const accounts = new Accounts()
  for (const address of ['a', 'b']) see(accounts, address, 1)
  accounts.asked('a', [holds('BTC', 10)], { now: at(0), find })
  accounts.asked('b', [holds('BTC', -40)], { now: at(600), find })
  expect(accounts.next(at(700))?.address).toBe('a')
  expect(accounts.next(at(1_000))?.address).toBe('b')
})

it('asks one without positions again after an hour only', () => {
  const accounts = new Accounts()
  see(accounts, 'flat', 1)
  accounts.asked('flat', [holds('BTC', 0)], { now: at(0), find })
  expect(accounts.next(at(HOUR_MS - 1))).toBeUndefined()
  expect(accounts.next(at(HOUR_MS))?.address).toBe('flat')
})

it('remembers where an account has open positions, so that their end is seen', () => {
  const accounts = new Accounts()
  see(accounts, 'a', 1)
  accounts.asked('a', [holds('BTC', 2), holds('ETH', 1)], { now: at(0), find })
  expect(accounts.next(at(1))?.held).toEqual([BTC])
  accounts.asked('unknown', [holds('BTC', 2)], { now: at(0), find })
  expect(accounts.count).toBe(1)
})

it('forgets the least when there are too many', () => {
  const accounts = new Accounts()
  for (let i = 0; i <= 20_000; i++) see(accounts, String(i), i + 1)
  expect(accounts.count).toBe(18_001)
  expect(accounts.next(at(0))?.address).toBe('20000')
  see(accounts, '0', 1)
  expect(accounts.count).toBe(18_002)
})
