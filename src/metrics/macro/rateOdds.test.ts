import { expect, it } from 'vitest'
import type { Frame } from '../../core/frame.ts'
import { rateOdds } from './rateOdds.ts'

it('gives the meetings that are quoted on a bar, in order, and no column of anything else', () => {
  const columns = new Map([
    ['rate_path.20251210_325', Float64Array.of(1, NaN)],
    ['rate_path.20250507_400', Float64Array.of(0.95, 0.2)],
    ['rate_path.20250507_425', Float64Array.of(NaN, 0.8)],
    ['us_close.price', Float64Array.of(1, 1)],
  ])
  const at = rateOdds({ columns } as unknown as Frame)
  expect(at(0)).toEqual([
    { meeting: '20250507', odds: [[400, 0.95]] },
    { meeting: '20251210', odds: [[325, 1]] },
  ])
  expect(at(1).map(({ meeting, odds }) => [meeting, odds.length])).toEqual([['20250507', 2]])
  expect(at(2)).toEqual([])
})

it('takes shares that leave a good part out for no odds', () => {
  const columns = new Map([['rate_path.20250507_400', Float64Array.of(0.4, 0.91, 1.2)]])
  const at = rateOdds({ columns } as unknown as Frame)
  expect([0, 1, 2].map((bar) => at(bar).length)).toEqual([0, 1, 0])
})
