import { expect, it } from 'vitest'
import { columnFrame, outputsOf } from '../../../test/support/columnFrame.ts'

const columns = {
  'open_interest.coins': [8_382_000, 8_382_000, NaN, 10],
  'open_interest.usd': [1, 14_500, NaN, 10],
  'open_interest.least': [4_191_000, 8_382_000, NaN, 5],
  'open_interest.usdLeast': [1, 7250, NaN, 5],
  'market_cap.supply': [120_710_824, NaN, 100, 0],
  'market_cap.usd': [1, 210_000, 100, NaN],
}

it('is coins over coins in circulation, else dollars over dollars', () => {
  const { value, least } = outputsOf('oi_to_market_cap', columnFrame(columns))
  expect(value![0]).toBeCloseTo(6.9439, 4)
  expect(value![1]).toBeCloseTo(6.9048, 4)
  expect(least![0]).toBeCloseTo(3.4719, 4)
  expect(least![1]).toBeCloseTo(3.4524, 4)
})

it('is a gap where one side is, and where nothing is in circulation', () => {
  const { value, least } = outputsOf('oi_to_market_cap', columnFrame(columns))
  expect([value![2], value![3], least![2], least![3]]).toEqual([NaN, NaN, NaN, NaN])
})
