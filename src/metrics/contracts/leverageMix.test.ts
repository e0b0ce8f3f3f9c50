import { expect, it } from 'vitest'
import { cappedMix, LEVERAGE_MIX } from './leverageMix.ts'

const total = (mix: typeof LEVERAGE_MIX): number => mix.reduce((sum, { weight }) => sum + weight, 0)

it('spreads all that is opened', () => {
  expect(total(LEVERAGE_MIX)).toBeCloseTo(1, 12)
})

it('gives nobody more leverage than the venue does, and leaves nobody out', () => {
  const capped = cappedMix(LEVERAGE_MIX, 40)
  expect(capped.map(({ leverage }) => leverage)).toEqual([3, 5, 10, 20, 25, 40])
  expect(total(capped)).toBeCloseTo(1, 12)
  expect(cappedMix(LEVERAGE_MIX, 100)).toEqual(LEVERAGE_MIX)
  expect(cappedMix(LEVERAGE_MIX, 125)).toEqual(LEVERAGE_MIX)
})
