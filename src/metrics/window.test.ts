import { expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, parseInstant } from '../core/instant.ts'
import { firstBarOn, windowBars } from './window.ts'

it('counts the bars of a window', () => {
  expect([windowBars('24h', 4 * HOUR_MS), windowBars('1d', DAY_MS), windowBars('30d', DAY_MS)]).toEqual([6, 1, 30])
})

it('refuses a window that is not a whole number of bars', () => {
  expect(() => windowBars('6h', 4 * HOUR_MS)).toThrow('"6h" is not a whole number of 4h bars')
  expect(() => windowBars('1h', DAY_MS)).toThrow('"1h" is not a whole number of 1d bars')
})

it('finds the first bar that opens on a date', () => {
  const grid = { start: parseInstant('2025-04-01T20:00Z'), step: 8 * HOUR_MS, length: 9 }
  expect(['2025-03-01', '2025-04-02', '2025-04-03'].map((date) => firstBarOn(grid, date))).toEqual([0, 1, 4])
})
