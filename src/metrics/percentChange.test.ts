import { expect, it } from 'vitest'
import { percentChange } from './percentChange.ts'

it('is a share of the size of the earlier value', () => {
  expect(percentChange(50, 40)).toBe(-20)
  expect(percentChange(-50, -40)).toBe(20)
  expect(percentChange(-50, 50)).toBe(200)
})

it('is not defined against nothing, or a gap', () => {
  expect([percentChange(0, 1), percentChange(NaN, 1), percentChange(1, NaN)]).toEqual([NaN, NaN, NaN])
})
