import { describe, expect, it } from 'vitest'
import { fixture, fuzz } from '../../../test/support/wire.ts'
import { parseInstant } from '../../core/instant.ts'
import { mapRates } from './map.ts'
import { nyfed } from './nyfed.ts'

const effr = (): { readonly refRates: readonly object[] } =>
  structuredClone(fixture('nyfed', 'effr').payload) as { readonly refRates: readonly object[] }
const NOW = parseInstant('2024-06-06T21:00Z')
const with1 = (fields: object): object => ({ refRates: [{ ...effr().refRates[0], ...fields }] })

describe('rates', () => {
  it('of a day are the effective one, known on the next morning of business, and the range, known from the day on', () => {
    const { rows, faults } = mapRates(effr(), NOW)
    expect(faults).toEqual([])
    const friday = rows.map(({ row }) => row).filter(({ at }) => at === parseInstant('2023-06-02'))
    const of = { venue: 'nyfed', interval: '1d', at: parseInstant('2023-06-02') }
    expect(friday).toEqual([
      { ...of, instrument: 'EFFR', value: 5.08, knownAt: parseInstant('2023-06-05T13:30Z') },
      { ...of, instrument: 'DFEDTARL', value: 5, knownAt: parseInstant('2023-06-02') },
      { ...of, instrument: 'DFEDTARU', value: 5.25, knownAt: parseInstant('2023-06-02') },
    ])
  })

  it('of a day with one target have no range', () => {
    const { targetRateTo: _, ...single } = { ...effr().refRates[0] } as { targetRateTo?: number }
    const { rows, faults } = mapRates({ refRates: [single] }, NOW)
    expect([rows.map(({ row }) => row['instrument']), faults]).toEqual([['EFFR'], []])
  })

  it.each([
    ['of another kind', with1({ type: 'OBFR' }), 'refRates[0].type'],
    ['in text', with1({ percentRate: '5.08' }), 'refRates[0].percentRate'],
    ['that are missing', with1({ percentRate: null }), 'refRates[0].percentRate'],
    ['of no day', with1({ effectiveDate: '06/06/2023' }), 'refRates[0].effectiveDate'],
    ['with a range upside down', with1({ targetRateFrom: 6 }), 'refRates[0].targetRateFrom'],
    ['of a day twice', { refRates: [effr().refRates[0], effr().refRates[0]] }, 'refRates[1].effectiveDate'],
    ['that are nothing', undefined, ''],
  ])('%s are refused with the place', (_what, json, path) => {
    expect(mapRates(json, NOW).faults.map((fault) => fault.path)).toContain(path)
  })

  it('name a field that is not documented, and pass it over', () => {
    const { rows, faults } = mapRates(with1({ mood: 1 }), NOW)
    expect([rows.length, faults.map(({ what, path }) => [what, path])]).toEqual([
      3,
      [['unknown field', 'refRates[0].mood']],
    ])
  })

  it('stay sound however the answer is damaged', () => fuzz(effr(), (json) => mapRates(json, NOW)))
})

it('proves itself by its form', () => {
  const { isAnswer: says } = nyfed.publisher.proof
  expect([says(effr()), says({}), says(undefined)]).toEqual([true, false, false])
})
