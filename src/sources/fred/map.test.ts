import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectSound, fixture } from '../../../test/support/wire.ts'
import { formatInstant, instant, parseInstant } from '../../core/instant.ts'
import { fred } from './fred.ts'
import { mapGraph } from './map.ts'

const text = (name: string): string => fixture('fred', name).payload as string
const NOW = parseInstant('2026-05-01')
const CONTEXT = { id: 'SP500', symbol: 'SPX', now: NOW }
const rowsOf = (table: string, context: Partial<typeof CONTEXT> = {}) => {
  const { rows, faults } = mapGraph(table, { ...CONTEXT, ...context })
  expect(faults).toEqual([])
  return rows.map(({ row }) => row)
}
const refused = (table: string): unknown => {
  try {
    return mapGraph(table, CONTEXT)
  } catch (error) {
    return error
  }
}

describe('a table of FRED', () => {
  it('gives the values of its days, each known when its series is told', () => {
    expect(rowsOf(text('graph'))).toEqual([
      {
        venue: 'fred',
        instrument: 'SPX',
        interval: '1d',
        at: parseInstant('2026-04-22'),
        knownAt: parseInstant('2026-04-22T20:00Z'),
        value: 7137.9,
      },
      expect.objectContaining({ at: parseInstant('2026-04-24'), value: 7165.08 }),
    ])
  })

  it('of before December 2024 is read by its old header, with dots for gaps', () => {
    const rows = rowsOf(text('graph-before-2024-12'), { id: 'DFII5', symbol: 'DFII5' })
    expect(rows.map(({ value }) => value)).toEqual([0.52, 0.44, 0.44, 0.43])
  })

  it('may end its lines as other systems do, and begin with a mark', () => {
    expect(rowsOf('\uFEFFobservation_date,SP500\r\n2026-04-22,-1.5\r\n')).toMatchObject([{ value: -1.5 }])
  })

  it('tells of a day that is over when it was asked for, if that is before the series is told', () => {
    const now = parseInstant('2025-04-23T11:00Z')
    const [row] = rowsOf('observation_date,DFF\n2025-04-22,4.33\n', { id: 'DFF', symbol: 'DFF', now })
    expect(formatInstant(instant(row!['knownAt'] as number))).toBe('2025-04-23T11:00:00Z')
  })

  it.each([
    ['a page with status 200', text('page-made'), 'PAGE_NOT_TABLE', /a page came instead of a table: "<!DOCTYPE html>/],
    ['an empty file', '', 'EMPTY_ANSWER', /an empty file came/],
    ['a file of blanks', '\n \n', 'EMPTY_ANSWER', /an empty file came/],
    ['a header alone', 'observation_date,SP500\n', 'EMPTY_ANSWER', /without a value/],
    ['gaps alone', 'observation_date,SP500\n2026-04-22,.\n', 'EMPTY_ANSWER', /without a value/],
    ['another series', 'observation_date,DFF\n2026-04-22,4\n', 'COLUMN_MISSING', /no column "SP500"/],
    ['no dates', 'day,SP500\n2026-04-22,4\n', 'COLUMN_MISSING', /no column "observation_date"/],
    ['a message', 'Bad Request. The series does not exist.', 'COLUMN_MISSING', /its header is "Bad Request/],
    ['text for a value', 'observation_date,SP500\n2026-04-22,n/a\n', 'NOT_A_NUMBER', /line 2.*"n\/a" is no number/],
    ['a number with thousands', 'observation_date,SP500\n2026-04-22,"7,137"\n', 'NOT_AS_DOCUMENTED', /columns/],
    ['an exponent', 'observation_date,SP500\n2026-04-22,1e3\n', 'NOT_A_NUMBER', /"1e3"/],
    ['half a line', 'observation_date,SP500\n2026-04-22\n', 'NOT_AS_DOCUMENTED', /line 2, "2026-04-22"/],
    ['a day that is none', 'observation_date,SP500\n2026-02-31,1\n', 'NOT_AS_DOCUMENTED', /has no date/],
    ['another form of date', 'observation_date,SP500\n22.04.2026,1\n', 'NOT_AS_DOCUMENTED', /has no date/],
    ['a day twice', 'observation_date,SP500\n2026-04-22,1\n2026-04-22,1\n', 'NOT_AS_DOCUMENTED', /line 3/],
    ['days backwards', 'observation_date,SP500\n2026-04-22,1\n2026-04-21,1\n', 'NOT_AS_DOCUMENTED', /line 3/],
  ])('that is %s is named', (_what, table, code, message) => {
    expect(refused(table)).toMatchObject({
      code,
      message: expect.stringMatching(/^"SP500" of fred is unavailable: /) as string,
    })
    expect((refused(table) as Error).message).toMatch(message)
  })

  it('is read or refused by name, however it is damaged', () => {
    const lines = text('graph').split('\n')
    const damage = fc.array(
      fc.oneof(fc.constantFrom(...lines), fc.string(), fc.constantFrom(',', '2026-01-05,', ',,', '2026-04-23,1e999')),
    )
    fc.assert(
      fc.property(damage, (parts) => {
        const outcome = refused(parts.join('\n'))
        if (outcome instanceof Error) expect(outcome.message).toMatch(/is unavailable: /)
        else expectSound(outcome as ReturnType<typeof mapGraph>)
      }),
    )
  })
})

it('proves itself by a header, not by a status', () => {
  const { isAnswer: says } = fred.publisher.proof
  expect(says('observation_date,DFF\n2025-04-21,4.33\n')).toBe(true)
  for (const odd of [undefined, '', text('page-made'), text('graph'), 'observation_date,DFF'])
    expect(says(odd)).toBe(false)
})

it('keeps series under the names that measures look for', () => {
  expect([fred.series['VIXCLS'], fred.series['SP500'], fred.series['DFF']]).toEqual([['VIX'], ['SPX'], ['DFF']])
})
