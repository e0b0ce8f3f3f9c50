import { describe, expect, it } from 'vitest'
import { fixture } from '../../../test/support/wire.ts'
import { FIELDS } from '../../conventions/convention.ts'
import { convention, LEDGER } from '../../conventions/ledger.ts'
import { instant, parseInstant } from '../../core/instant.ts'
import type { VenueRequest } from '../source.ts'
import { gate } from './gate.ts'

describe('the source', () => {
  it('reads the venue’s clock, and charges each endpoint to a counter of its own', async () => {
    const asked: VenueRequest[] = []
    const ask = async (request: VenueRequest): Promise<unknown> => {
      asked.push(request)
      return fixture('gate', 'spot-time-rest').payload
    }
    const io = { ask, now: () => instant(0), signal: new AbortController().signal }
    expect(await gate.fetchTime(io)).toBe(1731447921098)
    expect(asked).toMatchObject([{ address: 'rest', path: '/api/v4/spot/time', budget: 'spot time', weight: 1 }])
    expect(Object.keys(gate.budgets)).toHaveLength(12)
    expect(gate.budgets['futures trades']).toEqual({ limit: 200, windowMs: 10_000 })
  })

  it('names an address for every feed', () => {
    for (const { address } of gate.feeds) expect(gate.addresses).toHaveProperty(address)
  })

  it('has no two doors for the same', () => {
    const doors = gate.history.map(({ kind, market, interval }) => `${kind} ${market} ${interval ?? ''}`)
    expect(new Set(doors).size).toBe(doors.length)
  })
})

describe('the ledger of the venue', () => {
  const entries = LEDGER.filter(({ venue }) => venue === 'gate')

  it('speaks of every field but positions of accounts and dumps, which the venue has not', () => {
    const fields = new Set(entries.map(({ field }) => field))
    expect(FIELDS.filter((field) => !fields.has(field))).toEqual(['position', 'metrics_label'])
  })

  it.each([
    ['linear', 'gate/contract_size/multiplier'],
    ['inverse', 'gate/contract_size/one-usd'],
  ] as const)('says what a %s contract is', (contract, id) => {
    const at = instant(1_790_000_000_000)
    expect(convention({ venue: 'gate', field: 'contract_size', contract, at, rule: 'note' }).id).toBe(id)
  })

  it('has evidence for every entry, under an id of its own', () => {
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
    for (const { id, field, evidence } of entries) {
      expect(id).toMatch(new RegExp(`^gate/${field}/`))
      expect(evidence.length).toBeGreaterThan(0)
      for (const { address } of evidence) expect(URL.canParse(address)).toBe(true)
    }
  })

  it('leaves no day out where a meaning changed', () => {
    for (const { field, to } of entries) {
      if (to === undefined) continue
      const next = entries.filter((entry) => entry.field === field && entry.from !== undefined)
      expect(next.map(({ from }) => parseInstant(from!))).toEqual([parseInstant(to)])
    }
  })
})
