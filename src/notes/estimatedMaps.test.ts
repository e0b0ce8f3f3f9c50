import { expect, it } from 'vitest'
import { DAY_MS, instant } from '../core/instant.ts'
import { estimatedMapReading, type EstimatedMaps } from './estimatedMaps.ts'
import { mapSkillOf } from './mapSkillSentence.ts'

const one = Float64Array.of(1)
const maps: EstimatedMaps = {
  window: '7d',
  at: instant(9 * DAY_MS),
  moment: { price: one, longUsd: one, shortUsd: one, longSum: one, shortSum: one, mark: 100, binWidth: 0.005 },
  heat: { price: one, usd: [one] },
  grid: { start: instant(8 * DAY_MS), step: DAY_MS, length: 1 },
  venues: ['binance', 'bybit'],
  mayBeHalf: ['binance'],
}

it('the skill stands with every map, and so does what was assumed', () => {
  const reading = estimatedMapReading(maps)
  for (const { source, remarks } of [reading.maps![0]!, reading.heat!]) {
    expect(source).toBe('Estimated from seven days of open interest on Binance and Bybit')
    expect(remarks[0]).toBe(mapSkillOf('7d'))
    expect(remarks[1]).toContain('assumed')
    expect(remarks[2]).toMatch(/^Whether Binance counts one side .* may be half\.$/)
  }
  expect(reading.maps![0]).toMatchObject({ id: 'liquidation-map-7d', basis: 'estimate', mark: 100 })
})

it('nothing is said of sides that are known, and no map over time is shown without a bar', () => {
  const reading = estimatedMapReading({ ...maps, mayBeHalf: [], heat: { price: new Float64Array(0), usd: [] } })
  expect(reading.maps![0]!.remarks).toHaveLength(2)
  expect(reading.heat).toBeUndefined()
})
