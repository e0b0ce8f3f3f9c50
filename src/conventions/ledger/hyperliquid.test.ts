import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../core/instant.ts'
import { sidedBounds } from '../comparable.ts'
import { convention } from '../ledger.ts'
import { hyperliquid } from './hyperliquid.ts'

const funding = (at: string) =>
  convention({ venue: 'hyperliquid', field: 'funding', contract: 'linear', at: parseInstant(at), rule: 'note' }).id

describe('the ledger of Hyperliquid', () => {
  it('holds these entries', () => {
    expect(hyperliquid.map(({ id }) => id)).toEqual([
      'hyperliquid/open_interest/sides-unknown',
      'hyperliquid/contract_size/one-unit',
      'hyperliquid/candle/units',
      'hyperliquid/taker_volume/from-trades',
      'hyperliquid/trade/fill',
      'hyperliquid/liquidation/by-account-only',
      'hyperliquid/position/signed-units',
      'hyperliquid/funding/eight-hourly',
      'hyperliquid/funding/hourly',
      'hyperliquid/symbol/as-listed',
      'hyperliquid/socket/replay-then-live',
    ])
  })

  it('names each entry by venue and field, and says what it rests on', () => {
    for (const { id, venue, field, evidence } of hyperliquid) {
      expect(id.startsWith(`${venue}/${field}/`)).toBe(true)
      expect(evidence.length).toBeGreaterThan(0)
      for (const { address } of evidence) expect(address).toMatch(/^https:\/\//)
    }
  })

  it('leaves the sides of open interest unknown: one-sided, it is all of the number or half', () => {
    const at = parseInstant('2026-01-01')
    const lookup = {
      venue: 'hyperliquid',
      field: 'open_interest',
      contract: 'linear',
      at,
      rule: 'open interest',
    } as const
    const { standing, rule } = convention(lookup)
    expect(standing).toBe('unknown')
    expect(sidedBounds(rule.sides)).toEqual([0.5, 1])
  })

  it('takes the payment of 2023-06-08 00:00 for the last one of eight hours', () => {
    expect(funding('2023-06-08T00:00Z')).toBe('hyperliquid/funding/eight-hourly')
    expect(funding('2023-06-08T01:00Z')).toBe('hyperliquid/funding/hourly')
  })
})
