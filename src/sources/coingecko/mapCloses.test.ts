import { describe, expect, it } from 'vitest'
import { fixture, fuzz } from '../../../test/support/wire.ts'
import { HOUR_MS, MINUTE_MS, parseInstant } from '../../core/instant.ts'
import { mapCloses } from './mapCloses.ts'

const hours = (): unknown => structuredClone(fixture('coingecko', 'hours').payload)
const WISH = { symbol: 'GOLD_PAXG', now: parseInstant('2025-04-26') }
const DAY = parseInstant('2025-04-22')
const CLOSE = parseInstant('2025-04-22T20:00Z')

type Point = readonly [at: number, price: number | null]
const chart = (...prices: readonly Point[]): object => ({ prices, market_caps: [], total_volumes: [] })
/** The point of the last hour before a close, and one after it. */
const around = (close: number, price: number | null = 3300): readonly Point[] => [
  [close - 55 * MINUTE_MS, price],
  [close + 5 * MINUTE_MS, 3400],
]
const valuesOf = (json: unknown, wish = WISH): readonly (readonly [at: unknown, value: unknown])[] => {
  const { rows, faults } = mapCloses(json, wish)
  expect(faults).toEqual([])
  return rows.map(({ row }) => [row['at'], row['value']] as const)
}

describe('the closes in a week of hours that was kept', () => {
  it('are the last points before 20:00 UTC, and a hole of five hours is a gap', () => {
    expect(valuesOf(hours(), { ...WISH, now: parseInstant('2021-12-31') })).toEqual([
      [parseInstant('2019-03-25'), 3462.4442235092893],
      [parseInstant('2019-03-27'), 3567.2578847776813],
      [parseInstant('2019-03-28'), 3587.3607503323374],
      [parseInstant('2019-03-29'), 3657.4726426085485],
    ])
  })

  it('are rows of a plain series, known at the close', () => {
    const { rows } = mapCloses(chart(...around(CLOSE)), WISH)
    expect(rows.map(({ row }) => row)).toEqual([
      { venue: 'coingecko', instrument: 'GOLD_PAXG', interval: '1d', at: DAY, knownAt: CLOSE, value: 3300 },
    ])
  })
})

describe('the close', () => {
  it.each([
    ['of a session in summer', '2025-04-22', '2025-04-22T20:00Z'],
    ['of a session in winter', '2025-01-14', '2025-01-14T21:00Z'],
    ['of a half day', '2024-11-29', '2024-11-29T18:00Z'],
  ])('%s is that of New York', (_what, day, close) => {
    expect(valuesOf(chart(...around(parseInstant(close))))).toEqual([[parseInstant(day), 3300]])
  })

  it.each([
    ['a Saturday', '2025-04-19T20:00Z'],
    ['Good Friday', '2025-04-18T20:00Z'],
  ])('of %s is none', (_what, at) => {
    expect(valuesOf(chart(...around(parseInstant(at))))).toEqual([])
  })

  it('takes a point that stands on it', () => {
    expect(valuesOf(chart([CLOSE - HOUR_MS, 1], [CLOSE, 2], [CLOSE + 1, 3]))).toEqual([[DAY, 2]])
  })

  it('takes a point 75 minutes older, and none beyond', () => {
    const aged = (ms: number) => valuesOf(chart([CLOSE - ms, 3300], [CLOSE + 1, 3400]))
    expect([aged(75 * MINUTE_MS).length, aged(75 * MINUTE_MS + 1).length]).toEqual([1, 0])
  })

  it.each([null, 0])('whose price is %j is a gap, whatever stood before', (price) => {
    expect(valuesOf(chart([CLOSE - 70 * MINUTE_MS, 3200], ...around(CLOSE, price)))).toEqual([])
  })

  it('that nothing follows yet is left out: the answer may be older than it', () => {
    expect(valuesOf(chart([CLOSE - 10 * MINUTE_MS, 3300]))).toEqual([])
    expect(valuesOf(chart([CLOSE - 10 * MINUTE_MS, 3300], [CLOSE, 3310]))).toEqual([])
  })
})

describe('an answer', () => {
  it.each([
    ['of which a list is missing', { prices: [], market_caps: [] }, 'total_volumes'],
    ['with a text for a price', chart([CLOSE, '3300' as unknown as number]), 'prices[0][1]'],
    ['with a price below 0', chart([CLOSE, -1]), 'prices[0][1]'],
    ['with a time of parts of a millisecond', chart([CLOSE + 0.5, 1]), 'prices[0][0]'],
    ['whose points go back', chart([CLOSE, 1], [CLOSE - 1, 1]), 'prices[1][0]'],
    ['that is an error', { error: 'coin not found' }, 'prices'],
    ['that is nothing', undefined, ''],
  ])('%s is refused with the place', (_what, json, path) => {
    expect(mapCloses(json, WISH).faults.map((fault) => fault.path)).toContain(path)
  })

  it('with a field that is not documented is used, and the field is named', () => {
    const { rows, faults } = mapCloses({ ...chart(...around(CLOSE)), mood: 1 }, WISH)
    expect([rows.length, faults.map(({ what, path }) => [what, path])]).toEqual([1, [['unknown field', 'mood']]])
  })

  it('of days, as more than 90 of them come, has no close', () => {
    const midnights = Array.from({ length: 5 }, (_, day): Point => [DAY + day * 24 * HOUR_MS, 3300])
    expect(valuesOf(chart(...midnights))).toEqual([])
  })

  it('stays sound however it is damaged', () => fuzz(hours(), (json) => mapCloses(json, WISH)))
})
