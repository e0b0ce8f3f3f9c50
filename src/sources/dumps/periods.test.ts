import { expect, it } from 'vitest'
import { formatDay, parseInstant } from '../../core/instant.ts'
import { daysIn, firstMonday, monthOf, monthsIn } from './periods.ts'

it('days and months touch the stretch, its end left out', () => {
  const days = daysIn(parseInstant('2024-02-28T13:00Z'), parseInstant('2024-03-01T00:00Z'))
  expect(days.map(({ text }) => text)).toEqual(['2024-02-28', '2024-02-29'])
  const months = monthsIn(parseInstant('2024-12-31'), parseInstant('2025-02-01T00:01Z'))
  expect(months.map(({ text }) => text)).toEqual(['2024-12', '2025-01', '2025-02'])
  expect(daysIn(parseInstant('2024-02-28'), parseInstant('2024-02-28'))).toEqual([])
})

it('a month ends where the next begins', () => {
  expect(monthOf(parseInstant('2024-02-29T23:59Z'))).toEqual({
    text: '2024-02',
    from: parseInstant('2024-02-01'),
    to: parseInstant('2024-03-01'),
  })
})

it.each([
  ['2025-05-01', '2025-05-05'],
  ['2025-09-01', '2025-09-01'],
  ['2025-06-01', '2025-06-02'],
  ['2025-07-01', '2025-07-07'],
])('the first Monday from %s on is %s', (day, monday) => {
  expect(formatDay(firstMonday(parseInstant(day)))).toBe(monday)
})
