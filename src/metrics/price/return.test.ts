import { expect, it } from 'vitest'
import { simpleReturn } from './return.ts'

it('gives the change over n bars in percent', () => {
  expect([...simpleReturn(Float64Array.of(100, 150, 75), 1)]).toEqual([NaN, 50, -50])
  expect([...simpleReturn(Float64Array.of(100, 150, 75), 2)]).toEqual([NaN, NaN, -25])
})
