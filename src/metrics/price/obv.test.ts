import { expect, it } from 'vitest'
import { obv } from './obv.ts'

it('adds volume on a rise, takes it off on a fall and stands still on neither', () => {
  expect([...obv(Float64Array.of(1, 2, 2, 1), Float64Array.of(10, 5, 7, 3))]).toEqual([10, 15, 15, 12])
})
