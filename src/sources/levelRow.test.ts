import { expect, it } from 'vitest'
import { formatInstant, instant, parseInstant } from '../core/instant.ts'
import { levelRow } from './levelRow.ts'

const knownAt = (symbol: string, day: string, now: string): string => {
  const row = levelRow({ venue: 'fred', symbol, at: parseInstant(day), value: 1, now: parseInstant(now) })
  return formatInstant(instant(row.knownAt))
}

it.each([
  ['when its series is told', 'VIX', '2025-04-22', '2026-01-01', '2025-04-22T20:00:00Z'],
  [
    'when it was asked for, if its day is over and it is there sooner',
    'DFF',
    '2025-04-22',
    '2025-04-23T10:00Z',
    '2025-04-23T10:00:00Z',
  ],
  ['later, if its day is not over', 'VIX', '2025-04-22', '2025-04-22T15:00Z', '2025-04-22T20:00:00Z'],
])('is known %s', (_what, symbol, day, now, expected) => {
  expect(knownAt(symbol, day, now)).toBe(expected)
})
