import { expect, it } from 'vitest'
import type { Convention } from '../../conventions/convention.ts'
import { parseInstant } from '../../core/instant.ts'
import { conventionHealth } from './conventionHealth.ts'

const entry = (id: string, fields: Partial<Convention> = {}): Convention => ({
  id,
  venue: 'bybit',
  field: 'funding',
  meaning: 'as said',
  rule: { of: 'note' },
  standing: 'documented',
  evidence: [{ says: 'as said', address: 'https://example.org', seen: '2026' }],
  ...fields,
})
const now = parseInstant('2026-07-01')
const health = (...ledger: readonly Convention[]) => conventionHealth(ledger, { venues: ['okx', 'bybit'], now })

it('counts what holds today, by venue, and what of it is unknown', () => {
  const past = entry('past', { to: '2026-07-01' })
  const ahead = entry('ahead', { from: '2026-07-02' })
  const open = entry('open', { standing: 'unknown', from: '2026-07-01' })
  expect(health(entry('held'), open, past, ahead, entry('other', { venue: 'gate' }))).toEqual({
    venues: [
      { venue: 'bybit', entries: 2, unknown: 1 },
      { venue: 'okx', entries: 0, unknown: 0 },
    ],
    withoutEvidence: [],
    ending: [],
  })
})

it('names what rests on nothing and what ends soon', () => {
  const ledger = [
    entry('bare', { evidence: [] }),
    entry('once bare', { evidence: [], to: '2020-01-01' }),
    entry('soon', { to: '2026-07-31' }),
    entry('later', { to: '2026-08-15' }),
  ]
  expect(health(...ledger)).toMatchObject({ withoutEvidence: ['bare'], ending: [{ id: 'soon', to: '2026-07-31' }] })
})
