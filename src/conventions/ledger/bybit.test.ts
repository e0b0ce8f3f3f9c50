import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../core/instant.ts'
import { ledgerLookup, type Field, type Rule } from '../convention.ts'
import { bybit } from './bybit.ts'

/** What is read, by which rule, of which contract, on which day, and the entry that must hold. */
const HOLDS: readonly (readonly [Field, Rule['of'], 'none' | 'linear' | 'inverse', string, string])[] = [
  ...(['linear', 'inverse'] as const).flatMap((contract) => {
    const of = (field: Field, day: string, short: string) =>
      [field, 'open interest', contract, day, `bybit/${field}/${contract}-${short}`] as const
    const liquidation = (day: string, short: string) =>
      ['liquidation', 'liquidation', contract, day, `bybit/liquidation/${contract}-${short}`] as const
    return [
      of('open_interest', '2025-04-22', 'two-sided'),
      of('open_interest', '2026-06-11', 'two-sided-beside-single'),
      of('open_interest_history', '2023-11-13', 'two-sided-unsaid'),
      of('open_interest_history', '2025-04-22', 'two-sided'),
      of('open_interest_history', '2026-06-11', 'two-sided-beside-single'),
      liquidation('2025-02-13', 'one-a-second'),
      liquidation('2025-04-22', 'all'),
      ['contract_size', 'note', contract, '2025-04-22', `bybit/contract_size/${contract}`] as const,
    ]
  }),
  ['candle', 'candle', 'none', '2025-04-22', 'bybit/candle/base-volume'],
  ['candle', 'candle', 'linear', '2025-04-22', 'bybit/candle/base-volume'],
  ['candle', 'candle', 'inverse', '2025-04-22', 'bybit/candle/inverse-quote-volume'],
  ['taker_volume', 'note', 'linear', '2025-04-22', 'bybit/taker_volume/not-given'],
  ['trade', 'trade', 'none', '2025-04-22', 'bybit/trade/spot-fills'],
  ['trade', 'trade', 'linear', '2025-04-22', 'bybit/trade/linear-fills'],
  ['trade', 'trade', 'inverse', '2025-04-22', 'bybit/trade/inverse-fills'],
  ['funding', 'note', 'linear', '2025-04-22', 'bybit/funding/fraction'],
  ['long_short_accounts', 'ratio', 'inverse', '2025-04-22', 'bybit/long_short_accounts/shares'],
  ['symbol', 'note', 'none', '2025-04-22', 'bybit/symbol/base-coin'],
  ['socket', 'note', 'none', '2025-04-22', 'bybit/socket/by-request'],
]

describe('the ledger of Bybit', () => {
  it.each(HOLDS)('says of %s (%s, %s) on %s: %s', (field, rule, contract, day, id) => {
    const lookup = { venue: 'bybit', field, contract, at: parseInstant(day), rule }
    expect(ledgerLookup(bybit)(lookup).id).toBe(id)
  })

  it('has no entry that is never read', () => {
    expect(bybit.map(({ id }) => id).toSorted()).toEqual([...new Set(HOLDS.map((each) => each[4]))].toSorted())
  })

  it('counts both sides of open interest on every day', () => {
    for (const { rule } of bybit) if (rule.of === 'open interest') expect(rule.sides).toBe('two')
  })

  it('names the evidence of every entry', () => {
    for (const { evidence } of bybit) {
      expect(evidence.length).toBeGreaterThan(0)
      for (const { address, says, seen } of evidence) {
        expect(address).toMatch(/^https:\/\//)
        expect([says, seen]).not.toContain('')
      }
    }
  })
})
