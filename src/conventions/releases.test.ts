import { expect, it } from 'vitest'
import { DAY_MS, formatInstant, HOUR_MS, parseInstant } from '../core/instant.ts'
import { hasDay, toldAt } from './releases.ts'

it.each([
  ['SPX', '2025-04-22', '2025-04-22T20:00:00Z', 'at the close'],
  ['SPX', '2025-01-14', '2025-01-14T21:00:00Z', 'at the close in winter'],
  ['SPX', '2025-07-03', '2025-07-03T17:00:00Z', 'at the close of a half day'],
  ['GOLD_PAXG', '2025-04-22', '2025-04-22T20:00:00Z', 'at the close, though the token trades on'],
  ['VIX', '2025-05-26', '2025-05-27T00:00:00Z', 'at the end of a day without a session'],
  ['FEAR_GREED', '2025-04-08', '2025-04-08T00:00:00Z', 'when the day begins'],
  ['DFF', '2025-04-22', '2025-04-23T13:30:00Z', 'on the next morning'],
  ['DFF', '2025-04-17', '2025-04-21T13:30:00Z', 'after a long weekend'],
  ['DFF', '1999-03-01', '1999-03-05T14:00:00Z', 'days later where no calendar is known'],
  ['DFEDTARU', '2025-09-18', '2025-09-18T00:00:00Z', 'when the day begins'],
  ['DTWEXBGS', '2025-04-14', '2025-04-21T20:15:00Z', 'on the Monday after its week'],
  ['DTWEXBGS', '2025-04-18', '2025-04-21T20:15:00Z', 'on the Monday after its week, of a Friday'],
  ['DTWEXBGS', '2025-05-23', '2025-05-27T20:15:00Z', 'on the Tuesday after a long weekend'],
  ['DTWEXBGS', '2006-01-02', '2006-01-11T00:00:00Z', 'days later where no calendar is known'],
  ['ZQ', '2025-04-22', '2025-04-23T05:00:00Z', 'at the end of the day in Chicago'],
  ['ZQ', '2025-01-14', '2025-01-15T06:00:00Z', 'at the end of the day in Chicago in winter'],
  ['ZQ', '2025-07-03', '2025-07-04T05:00:00Z', 'at the end of the day in Chicago after a half day'],
  [
    'ZQ',
    '2023-04-07',
    '2023-04-08T06:00:00Z',
    'at the latest end on a day on which New York is shut and Chicago is not',
  ],
  ['ANYTHING', '2025-04-22', '2025-04-23T00:00:00Z', 'at the end of the day'],
])('%s of %s is told at %s: %s', (symbol, day, expected) => {
  expect(formatInstant(toldAt(symbol, parseInstant(day), DAY_MS))).toBe(expected)
})

it('is told at its end where it is of less than a day', () => {
  const at = parseInstant('2025-04-22T15:00Z')
  expect(toldAt('SPX', at, HOUR_MS)).toBe(at + HOUR_MS)
})

it.each([
  ['SPX', '2025-04-17', true, 'a session'],
  ['SPX', '2025-04-18', false, 'Good Friday'],
  ['SPX', '2025-04-19', false, 'a Saturday'],
  ['GOLD_XAUT', '2025-04-19', false, 'a Saturday, though the token trades'],
  ['SPX', '1999-04-02', true, 'a Friday of a year whose calendar is not known'],
  ['SPX', '1999-04-04', false, 'a Sunday of such a year'],
  ['EFFR', '2025-04-18', true, 'a weekday on which banks work'],
  ['EFFR', '2025-04-20', false, 'a Sunday'],
  ['DFF', '2025-04-20', true, 'a Sunday, for a series of all days'],
  ['FEAR_GREED', '2025-04-20', true, 'a Sunday, for a series of all days'],
  ['ANYTHING', '2025-04-20', true, 'a day of a series that nothing is known of'],
])('%s has a value of %s: %s, %s', (...[symbol, day, expected]) => {
  expect(hasDay(symbol as string, parseInstant(day as string))).toBe(expected)
})
