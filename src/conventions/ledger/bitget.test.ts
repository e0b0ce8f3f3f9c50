import { describe, expect, it } from 'vitest'
import { instant } from '../../core/instant.ts'
import { ledgerLookup } from '../convention.ts'
import { bitget } from './bitget.ts'

const at = instant(1_760_000_000_000)

describe("Bitget's conventions", () => {
  it('say something of every field that the venue has', () => {
    expect(bitget.map(({ id }) => id)).toEqual([
      'bitget/open_interest/base-coin',
      'bitget/contract_size/base-coin',
      'bitget/candle/base-then-quote',
      'bitget/candle/inverse-told-by-price',
      'bitget/taker_volume/none',
      'bitget/trade/base-coin',
      'bitget/trade/inverse-base-coin',
      'bitget/liquidation/all',
      'bitget/liquidation/largest-a-second',
      'bitget/funding/for-one-interval',
      'bitget/top_accounts/large-holders',
      'bitget/top_positions/large-holders',
      'bitget/symbol/base-quote',
      'bitget/socket/acknowledged-is-not-served',
    ])
  })

  it('rest on evidence with an address, and are named by their field', () => {
    for (const { id, field, evidence } of bitget) {
      expect(id.split('/').slice(0, 2)).toEqual(['bitget', field])
      expect(evidence.length).toBeGreaterThan(0)
      for (const { address } of evidence) expect(address).toMatch(/^https:\/\//)
    }
  })

  it.each(['none', 'linear', 'inverse'] as const)('say what trades and candles of %s count', (contract) => {
    const lookup = { venue: 'bitget', contract, at } as const
    expect(ledgerLookup(bitget)({ ...lookup, field: 'trade', rule: 'trade' }).rule.countedIn).toBe('units')
    expect(ledgerLookup(bitget)({ ...lookup, field: 'candle', rule: 'candle' }).rule.volumeIn).toBe('units')
  })

  it('leave unknown what nobody documents: the sides of open interest and the unit of liquidations', () => {
    const lookup = { venue: 'bitget', contract: 'linear', at } as const
    expect(ledgerLookup(bitget)({ ...lookup, field: 'open_interest', rule: 'open interest' })).toMatchObject({
      standing: 'unknown',
      rule: { sides: 'unknown' },
    })
    expect(ledgerLookup(bitget)({ ...lookup, field: 'liquidation', rule: 'liquidation' }).standing).toBe('unknown')
  })

  it('know that the liquidations of 2026-06-23 and later are a sample', () => {
    const feedAt = (ms: number) =>
      ledgerLookup(bitget)({
        venue: 'bitget',
        field: 'liquidation',
        contract: 'linear',
        at: instant(ms),
        rule: 'liquidation',
      }).rule.feed
    expect(feedAt(Date.UTC(2026, 5, 23) - 1)).toBe('complete')
    expect(feedAt(Date.UTC(2026, 5, 23))).toBe('one a second')
  })
})
