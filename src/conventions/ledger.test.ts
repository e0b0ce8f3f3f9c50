import { describe, expect, it } from 'vitest'
import { instant, parseInstant } from '../core/instant.ts'
import { CONTRACTS } from '../records/instrument.ts'
import { VENDORS, VENUES } from '../records/venues.ts'
import { FIELDS, type Convention } from './convention.ts'
import { convention, LEDGER } from './ledger.ts'

const name = (entry: Convention): string => entry.id

describe.each(LEDGER.map((entry) => [entry.id, entry] as const))('%s', (id, entry) => {
  it('is named after its venue and field', () => {
    const [venue, field, short, ...rest] = id.split('/')
    expect([venue, field, rest]).toEqual([entry.venue, entry.field, []])
    expect(short).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect([...VENUES, ...VENDORS]).toContain(entry.venue)
    expect(FIELDS).toContain(entry.field)
  })

  it('rests on something that can be looked up', () => {
    expect(entry.evidence.length).toBeGreaterThan(0)
    for (const { says, address, seen } of entry.evidence) {
      expect(address).toMatch(/^https:..[a-z0-9.-]+.[^ ]*$/)
      expect(says.length).toBeGreaterThan(10)
      expect(seen).not.toBe('')
    }
    expect(entry.meaning).toMatch(/[^.]\.$/)
  })

  it('holds from a day to a later day', () => {
    const from = entry.from === undefined ? -Infinity : parseInstant(entry.from)
    const to = entry.to === undefined ? Infinity : parseInstant(entry.to)
    expect(from).toBeLessThan(to)
  })
})

it('has no id twice', () => {
  expect(new Set(LEDGER.map(name)).size).toBe(LEDGER.length)
})

it('says one thing of a field at every instant', () => {
  const from = (entry: Convention): number => (entry.from === undefined ? -Infinity : parseInstant(entry.from))
  const to = (entry: Convention): number => (entry.to === undefined ? Infinity : parseInstant(entry.to))
  const contracts = (entry: Convention): readonly string[] => entry.contracts ?? CONTRACTS
  const both = LEDGER.flatMap((a, i) =>
    LEDGER.slice(i + 1)
      .filter((b) => a.venue === b.venue && a.field === b.field && a.rule.of === b.rule.of)
      .filter((b) => contracts(a).some((contract) => contracts(b).includes(contract)))
      .filter((b) => from(a) < to(b) && from(b) < to(a))
      .map((b) => `${a.id} and ${b.id}`),
  )
  expect(both).toEqual([])
})

it('is what mappers ask', () => {
  const entry = LEDGER.find(({ rule }) => rule.of === 'liquidation')
  if (entry === undefined) return
  const [contract = 'linear'] = entry.contracts ?? []
  const at = entry.from === undefined ? instant(0) : parseInstant(entry.from)
  expect(convention({ venue: entry.venue, field: entry.field, contract, at, rule: 'liquidation' })).toBe(entry)
})
