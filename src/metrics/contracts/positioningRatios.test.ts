import { expect, it } from 'vitest'
import { columnFrame, outputsOf } from '../../../test/support/columnFrame.ts'
import { shareLong } from './positioningRatios.ts'

it('says a ratio as the share of the long side', () => {
  expect(shareLong(0.45)).toBeCloseTo(31.034, 3)
  expect([shareLong(0), shareLong(1), shareLong(3)]).toEqual([0, 50, 75])
  expect(shareLong(NaN)).toBe(NaN)
})

it.each(['long_short_accounts', 'top_accounts', 'top_positions', 'taker_ratio'])(
  '%s is the ratio of its own group and no other',
  (id) => {
    const frame = columnFrame({ [`${id}.ratio`]: [1, NaN, 4], 'other.ratio': [9, 9, 9] })
    expect(outputsOf(id, frame)).toEqual({ value: [1, NaN, 4], share_long: [50, NaN, 80] })
    expect(outputsOf(id, columnFrame({ 'other.ratio': [9] }))).toEqual({ value: [NaN], share_long: [NaN] })
  },
)
