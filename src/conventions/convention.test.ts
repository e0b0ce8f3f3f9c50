import { assert, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDay, instant, parseInstant } from '../core/instant.ts'
import { ledgerLookup, MissingConventionError, type Convention, type Lookup, type Rule } from './convention.ts'

const entry = (id: string, fields: Partial<Convention> = {}): Convention => ({
  id,
  venue: 'bybit',
  field: 'open_interest',
  meaning: 'as said',
  rule: { of: 'open interest', countedIn: 'coins', sides: 'two' },
  standing: 'documented',
  evidence: [{ says: 'as said', address: 'https://example.org', seen: '2026' }],
  ...fields,
})

const asked = (day: string, fields: Partial<Lookup<'open interest'>> = {}): Lookup<'open interest'> => ({
  venue: 'bybit',
  field: 'open_interest',
  contract: 'linear',
  at: parseInstant(day),
  rule: 'open interest',
  ...fields,
})

const NOTE: Rule = { of: 'note' }

describe('ledgerLookup', () => {
  it('finds what holds on a day: the first day is in, the day on which it ends is out', () => {
    const ledger = [entry('two', { to: '2026-06-11' }), entry('one', { from: '2026-06-11' })]
    const on = (day: string): string => ledgerLookup(ledger)(asked(day)).id
    expect(on('1970-01-01')).toBe('two')
    expect(on('2026-06-10T23:59:59.999Z')).toBe('two')
    expect(on('2026-06-11')).toBe('one')
    expect(on('2100-01-01')).toBe('one')
  })

  it('tells kinds of contracts apart; an entry that names none holds for all', () => {
    const ledger = [entry('inverse', { contracts: ['inverse'] }), entry('any')]
    expect(ledgerLookup(ledger)(asked('2026-01-01', { contract: 'inverse' })).id).toBe('inverse')
    expect(ledgerLookup(ledger)(asked('2026-01-01', { contract: 'linear' })).id).toBe('any')
  })

  it('gives a rule of the kind that is asked for', () => {
    const ledger = [entry('note', { rule: NOTE }), entry('rule')]
    expect(ledgerLookup(ledger)(asked('2026-01-01')).rule.sides).toBe('two')
    expect(ledgerLookup(ledger)({ ...asked('2026-01-01'), rule: 'note' }).id).toBe('note')
  })

  it.each([
    ['of another venue', { venue: 'okx' }],
    ['of another field', { field: 'funding' }],
    ['of another contract', { contract: 'none' }],
    ['of a day before the ledger', { at: parseInstant('2025-12-31') }],
  ] as const)('refuses a number %s, which has no meaning here', (_, fields) => {
    const ledger = [entry('dated', { contracts: ['linear'], from: '2026-01-01' })]
    const read = () => ledgerLookup(ledger)({ ...asked('2026-02-01'), ...fields })
    expect(read).toThrow(MissingConventionError)
    expect(read).toThrow(/the conventions ledger does not say what ".*" of .* means at 202\d-/)
  })

  it('finds exactly one of entries that follow each other, on every day', () => {
    const days = integer({ min: 0, max: 30_000 })
    assert(
      property(days, days, days, (a, b, day) => {
        const [first, second] = [Math.min(a, b), Math.max(a, b)].map((n) => formatDay(instant(n * 86_400_000))) as [
          string,
          string,
        ]
        const ledger = [
          entry('1', { to: first }),
          entry('2', { from: first, to: second }),
          entry('3', { from: second }),
        ]
        const at = instant(day * 86_400_000)
        const holding = ledger.filter((each) => {
          try {
            return ledgerLookup([each])({ ...asked('1970-01-01'), at }).id === each.id
          } catch {
            return false
          }
        })
        expect(holding).toHaveLength(1)
        expect(ledgerLookup(ledger)({ ...asked('1970-01-01'), at })).toBe(holding[0])
      }),
    )
  })
})
