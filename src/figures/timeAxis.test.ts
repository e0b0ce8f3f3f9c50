import { describe, expect, test } from 'vitest'
import { DAY_MS, HOUR_MS, parseInstant } from '../core/instant.ts'
import { layoutFor } from './figure.ts'
import { plotOn } from './plot.ts'
import { chooseTicks } from './timeAxis.ts'
import { timeTickSets } from './timeTicks.ts'

const ticksOf = (from: string, step: number, length: number, width: number): readonly string[] => {
  const layout = layoutFor(width)
  const plot = plotOn('a', layout, { start: parseInstant(from), step, length }, layout.margin, width - 90)
  return chooseTicks(plot).map(({ label }) => label)
}

describe('the time axis', () => {
  test('names months over half a year, the year once, on a desktop and on a phone', () => {
    const months = ['Dec', 'Jan 2025', 'Feb', 'Mar', 'Apr']
    expect(ticksOf('2024-12-01', DAY_MS, 143, 960)).toEqual(months)
    expect(ticksOf('2024-12-01', DAY_MS, 143, 360)).toEqual(months)
  })

  test('names Mondays over a month', () => {
    expect(ticksOf('2025-03-24', 4 * HOUR_MS, 180, 960)).toEqual(['24 Mar 2025', '31 Mar', '7 Apr', '14 Apr', '21 Apr'])
  })

  test('names hours over a day', () => {
    expect(ticksOf('2025-04-07', HOUR_MS, 24, 960).slice(0, 3)).toEqual(['7 Apr', '02:00', '04:00'])
  })

  test('names years over a decade', () => {
    expect(ticksOf('2015-06-01', DAY_MS, 3650, 960).slice(0, 2)).toEqual(['2016', '2017'])
  })

  test('is empty without bars', () => {
    expect(ticksOf('2025-01-01', DAY_MS, 0, 960)).toEqual([])
  })

  test('never lets labels overlap or leave the figure, for any span and width', () => {
    for (const width of [280, 360, 600, 960, 1400]) {
      for (const step of [HOUR_MS, 4 * HOUR_MS, DAY_MS, 7 * DAY_MS]) {
        for (const length of [1, 2, 7, 24, 61, 140, 365, 1500, 5000]) {
          const layout = layoutFor(width)
          const grid = { start: parseInstant('2019-02-27T20:00Z'), step, length }
          const ticks = chooseTicks(plotOn('a', layout, grid, layout.margin, width - 90))
          ticks.forEach(({ from, to }, i) => {
            expect(from).toBeGreaterThanOrEqual(i === 0 ? layout.margin : ticks[i - 1]!.to + 4)
            expect(to).toBeLessThanOrEqual(width - layout.margin + 1e-9)
          })
        }
      }
    }
  })
})

test('sets of ticks lie inside their span, in order', () => {
  const [from, to] = [parseInstant('2024-02-10T05:00Z'), parseInstant('2025-03-03T07:00Z')]
  for (const ticks of timeTickSets(from, to, HOUR_MS)) {
    ticks.forEach(({ at }, i) => {
      expect(at).toBeGreaterThanOrEqual(from)
      expect(at).toBeLessThanOrEqual(to)
      if (i > 0) expect(at).toBeGreaterThan(ticks[i - 1]!.at)
    })
  }
})
