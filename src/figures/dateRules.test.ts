import { expect, test } from 'vitest'
import { DAY_MS, parseInstant } from '../core/instant.ts'
import { layoutFor } from './figure.ts'
import { placeRules } from './dateRules.ts'
import { plotOn } from './plot.ts'

const layout = layoutFor(360)
const plot = plotOn('a', layout, { start: parseInstant('2024-12-01'), step: DAY_MS, length: 143 }, 8, 270)

test('words of rules close together stand in lanes of their own', () => {
  const placed = placeRules(
    plot,
    ['2025-04-01', '2025-04-02', '2025-04-04', '2025-04-09'].map((day) => ({
      at: parseInstant(day),
      label: 'Announcement',
    })),
  )
  for (const [i, one] of placed.entries()) {
    for (const other of placed.slice(i + 1)) {
      expect(one.lane !== other.lane || one.to <= other.from || other.to <= one.from).toBe(true)
    }
  }
})

test('no rule runs through words where another order avoids it', () => {
  const placed = placeRules(plot, [
    { at: parseInstant('2025-01-20'), label: 'Inauguration' },
    { at: parseInstant('2025-04-02'), label: 'US tariffs announced' },
    { at: parseInstant('2025-04-09'), label: 'Tariff pause' },
  ])
  const through = placed.flatMap(({ x, lane }) => placed.filter((o) => o.lane < lane && o.from < x && o.to > x))
  expect(through).toEqual([])
})

test('words wider than the figure are cut and say so', () => {
  const [rule] = placeRules(plot, [{ at: parseInstant('2025-04-02'), label: 'a very long name '.repeat(9) }])
  expect(rule!.words.endsWith('…')).toBe(true)
  expect(rule!.to - 4).toBeLessThanOrEqual(360 - layout.margin)
})

test('a rule outside the figure is left out', () => {
  expect(placeRules(plot, [{ at: parseInstant('2025-06-01'), label: 'x' }])).toEqual([])
})
