import { expect, it } from 'vitest'
import type { Frame } from '../../core/frame.ts'
import { parseInstant } from '../../core/instant.ts'
import { rateNow } from './rateNow.ts'

const frame = (columns: Readonly<Record<string, readonly number[]>>, start = '2025-08-04'): Frame => ({
  asset: 'BTC',
  asOf: parseInstant('2025-08-20'),
  interval: '1d',
  grid: { start: parseInstant(start), step: 86_400_000, length: 8 },
  quotes: new Map(),
  columns: new Map(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])),
  inputs: [],
  conventions: [],
})
const NO = NaN

it('takes the range that the effective rate lies in where no target is held', () => {
  const at = rateNow(frame({ 'rate_now.effective': [4.33, NO, 4.08, NO, NO, NO, NO, NO] }))
  expect([at(1), at(2)]).toEqual([
    { target: 425, rate: 4.33, toldAt: 0 },
    { target: 400, rate: 4.08, toldAt: 2 },
  ])
})

it('takes the target that was told last, which knows a decision a day before the effective rate', () => {
  const at = rateNow(
    frame({
      'rate_now.target': [4.25, 4.25, 4, 4, NO, NO, NO, NO],
      'rate_now.effective': [4.33, 4.33, NO, NO, NO, NO, NO, NO],
    }),
  )
  expect(at(2)).toEqual({ target: 400, rate: 4.33, toldAt: 2 })
})

it('does not hold a target against an effective rate of a later day', () => {
  const at = rateNow(
    frame({
      'rate_now.target': [4.25, NO, NO, NO, NO, NO, NO, NO],
      'rate_now.effective': [4.33, NO, 4.08, NO, NO, NO, NO, NO],
    }),
  )
  expect(at(3)).toEqual({ target: 400, rate: 4.08, toldAt: 2 })
})

it('knows no effective rate where only targets are held', () => {
  const at = rateNow(frame({ 'rate_now.target': [4.25, NO, NO, NO, NO, NO, NO, NO] }))
  expect(at(0)).toEqual({ target: 425, rate: NaN, toldAt: 0 })
})

it('forgets what is older than five days', () => {
  const at = rateNow(frame({ 'rate_now.target': [4.25, NO, NO, NO, NO, NO, NO, NO] }))
  expect([at(5)?.target, at(6)]).toEqual([425, undefined])
})

it('knows nothing from the day of a decision until a rate of a later day is told', () => {
  // 17 September is the day of a decision.
  const at = rateNow(frame({ 'rate_now.target': [4.25, 4.25, NO, 4, 4, 4, 4, 4] }, '2025-09-16'))
  expect([0, 1, 2, 3].map((bar) => at(bar)?.target)).toEqual([425, undefined, undefined, 400])
})
