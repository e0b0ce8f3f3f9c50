import { expect, it } from 'vitest'
import { barsCovered } from './coveredBars.ts'

it('counts the bars that lie in what is covered', () => {
  expect(barsCovered([{ from: 30, to: 350 }], { stepMs: 100, share: 1 })).toEqual([100, 200])
  expect(barsCovered([{ from: 30, to: 350 }], { stepMs: 100, share: 0.5 })).toEqual([0, 100, 200, 300])
  expect(barsCovered([], { stepMs: 100, share: 0.5 })).toEqual([])
})

it('adds up the parts of a bar', () => {
  const parts = [
    { from: 100, to: 149 },
    { from: 150, to: 200 },
  ]
  expect(barsCovered(parts, { stepMs: 100, share: 0.99 })).toEqual([100])
  expect(barsCovered(parts, { stepMs: 100, share: 1 })).toEqual([])
})
