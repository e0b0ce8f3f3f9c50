import { describe, expect, it } from 'vitest'
import { instant } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import { ledgerLookup, FIELDS, type Field, type Rule } from '../convention.ts'
import { LEDGER } from '../ledger.ts'
import { okx } from './okx.ts'

const at = instant(1_750_000_000_000)
const ids = (field: Field, of: Rule['of'], ...contracts: readonly Instrument['contract'][]): readonly string[] =>
  contracts.map((contract) => ledgerLookup(LEDGER)({ venue: 'okx', field, contract, at, rule: of }).id)

describe("OKX's entries", () => {
  it('say what each field means for each kind of contract', () => {
    const [contracts, coins] = ['contracts', 'coins-inverse']
    expect(ids('open_interest', 'open interest', 'linear', 'inverse')).toEqual([
      `okx/open_interest/${contracts}`,
      `okx/open_interest/${coins}`,
    ])
    expect(ids('open_interest_history', 'open interest', 'linear', 'inverse')).toEqual([
      `okx/open_interest_history/${contracts}`,
      `okx/open_interest_history/${coins}`,
    ])
    expect(ids('candle', 'candle', 'none', 'linear', 'inverse')).toEqual([
      'okx/candle/spot-volume',
      'okx/candle/swap-volume',
      'okx/candle/swap-volume',
    ])
    expect(ids('trade', 'trade', 'none', 'linear', 'inverse')).toEqual([
      'okx/trade/spot-units',
      'okx/trade/swap-contracts',
      'okx/trade/swap-contracts',
    ])
    expect(ids('liquidation', 'liquidation', 'linear', 'inverse')).toEqual(Array(2).fill('okx/liquidation/order-side'))
    expect(ids('funding', 'note', 'linear', 'inverse')).toEqual(Array(2).fill('okx/funding/realized'))
    expect(ids('contract_size', 'note', 'linear', 'inverse')).toEqual(Array(2).fill('okx/contract_size/ctval'))
    expect(ids('taker_volume', 'note', 'none', 'linear')).toEqual(Array(2).fill('okx/taker_volume/not-in-candles'))
    expect(ids('symbol', 'note', 'none', 'linear')).toEqual(Array(2).fill('okx/symbol/underlying'))
    expect(ids('socket', 'note', 'none', 'linear')).toEqual(Array(2).fill('okx/socket/business'))
    for (const measure of ['long_short_accounts', 'top_accounts', 'top_positions'] as const) {
      expect(ids(measure, 'ratio', 'linear', 'inverse')).toEqual(Array(2).fill(`okx/${measure}/long-over-short`))
    }
    expect(ids('taker_ratio', 'ratio', 'linear', 'inverse')).toEqual(Array(2).fill('okx/taker_ratio/sell-first'))
  })

  it('are named by their field, each once, and rest on something', () => {
    expect(new Set(okx.map(({ id }) => id)).size).toBe(okx.length)
    for (const { id, field, evidence } of okx) {
      expect(FIELDS).toContain(field)
      expect(id).toMatch(new RegExp(`^okx/${field}/[a-z-]+$`))
      expect(evidence.length).toBeGreaterThan(0)
      for (const { address } of evidence) expect(address).toMatch(/^https:\/\/(www\.okx\.com|github\.com)\//)
    }
  })

  it('do not know how many sides open interest counts', () => {
    const held = okx.filter(({ rule }) => rule.of === 'open interest')
    expect(held).toHaveLength(4)
    for (const { rule, standing } of held) {
      expect(rule).toMatchObject({ sides: 'unknown' })
      expect(standing).toBe('unknown')
    }
  })
})
