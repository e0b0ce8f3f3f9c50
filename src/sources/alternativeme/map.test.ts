import { describe, expect, it } from 'vitest'
import { fixture, fuzz } from '../../../test/support/wire.ts'
import { parseInstant } from '../../core/instant.ts'
import { alternativeme } from './alternativeme.ts'
import { mapIndex } from './map.ts'

const payload = (name: string): object => structuredClone(fixture('alternativeme', name).payload) as object
const NOW = parseInstant('2026-04-27T10:00Z')
const one = (fields: object): object => ({
  ...payload('index'),
  data: [{ value: '40', value_classification: 'Fear', timestamp: '1777248000', ...fields }],
})

describe('the index', () => {
  it('of a day is known at the midnight with which it is dated', () => {
    const { rows, faults } = mapIndex(payload('index-midnight'), NOW)
    expect(faults).toEqual([])
    expect(rows.map(({ row }) => row)).toEqual([
      {
        venue: 'alternativeme',
        instrument: 'FEAR_GREED',
        interval: '1d',
        at: parseInstant('2026-04-27'),
        knownAt: parseInstant('2026-04-27'),
        value: 47,
      },
      expect.objectContaining({ at: parseInstant('2026-04-26'), value: 33 }),
    ])
  })

  it('of the documented example belongs to the day of its time, and is known at that time', () => {
    const { rows, faults } = mapIndex(payload('index'), NOW)
    expect(faults).toEqual([])
    expect(rows.map(({ row }) => [row['at'], row['knownAt'], row['value']])).toEqual([
      [parseInstant('2019-02-26'), parseInstant('2019-02-26T05:00Z'), 40],
      [parseInstant('2019-02-25'), parseInstant('2019-02-25T05:00Z'), 47],
    ])
  })

  it('of 0 is a value', () => {
    expect(mapIndex(one({ value: '0' }), NOW).rows).toMatchObject([{ row: { value: 0 } }])
  })

  it.each([
    ['above 100', one({ value: '101' }), 'data[0].value'],
    ['that is a number, not text', one({ value: 40 }), 'data[0].value'],
    ['in words', one({ value: 'Fear' }), 'data[0].value'],
    ['with a date for people', one({ timestamp: '26-02-2019' }), 'data[0].timestamp'],
    ['with two values of a day', { ...payload('index'), data: twice(payload('index')) }, 'data[1].timestamp'],
    ['with an error', { ...payload('index'), metadata: { error: 'no data' } }, 'metadata.error'],
    ['that is nothing', undefined, ''],
  ])('%s is refused with the place', (_what, json, path) => {
    expect(mapIndex(json, NOW).faults.map((fault) => fault.path)).toContain(path)
  })

  it('stays sound however the answer is damaged', () => fuzz(payload('index-midnight'), (json) => mapIndex(json, NOW)))
})

function twice(json: object): readonly unknown[] {
  const { data } = json as { data: readonly unknown[] }
  return [data[0], ...data]
}

it('proves itself by its form', () => {
  const { isAnswer: says } = alternativeme.publisher.proof
  expect([says(payload('index')), says({}), says(undefined)]).toEqual([true, false, false])
})
