import { describe, expect, it } from 'vitest'
import { scenarioSchema } from './scenario.ts'

const asset = { asset: 'ETH', quote: 'USDT', startPrice: 3300, volatilityPct: 70, dayVolumeQuote: 1e9 }
const good = {
  title: 'A fall',
  seed: 'a',
  from: '2025-01-01',
  to: '2025-04-23',
  assets: [asset],
  facts: [{ asset: 'ETH', on: '2025-04-09', low: 1385 }],
  bounds: [{ asset: 'ETH', from: '2025-01-01', to: '2025-04-23', above: 1385, because: 'the low' }],
}

describe('a scenario', () => {
  it('is taken as it is', () => {
    expect(scenarioSchema.parse(good)).toEqual(good)
  })

  it.each([
    ['no asset', { assets: [] }],
    ['a day that does not exist', { to: '2025-02-29' }],
    ['a price of 0', { assets: [{ ...asset, startPrice: 0 }] }],
    ['a word of its own', { mood: 'bad' }],
    ['a fact with a word of its own', { facts: [{ asset: 'ETH', on: '2025-04-09', lo: 1385 }] }],
    ['a fact of a negative price', { facts: [{ asset: 'ETH', on: '2025-04-09', low: -1 }] }],
    ['a bound without its reason', { bounds: [{ asset: 'ETH', from: '2025-01-01', to: '2025-04-23', above: 1 }] }],
    ['a perfect correlation', { assets: [{ ...asset, follows: { asset: 'BTC', correlation: 1 } }] }],
  ])('is refused with %s', (_, change) => {
    expect(scenarioSchema.safeParse({ ...good, ...change }).success).toBe(false)
  })
})
