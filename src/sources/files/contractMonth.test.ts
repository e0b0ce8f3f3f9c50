import { expect, it } from 'vitest'
import { contractMonth } from './contractMonth.ts'

it.each([
  ['2025-12', 2025, '2025-12'],
  ['ZQZ25', 2025, '2025-12'],
  ['zqf2026', 2025, '2026-01'],
  ['ZQZ5', 2025, '2025-12'],
  ['ZQF1', 2029, '2031-01'],
  ['ZQX9', 2029, '2029-11'],
])('reads %s in %i as %s', (text, year, expected) => {
  expect(contractMonth(text, year)).toBe(expected)
})

it.each(['', 'ZQ', 'ZQA25', '2025-13', 'ESZ25', 'ZQZ', 'December'])('does not read %o', (text) => {
  expect(contractMonth(text, 2025)).toBeUndefined()
})
