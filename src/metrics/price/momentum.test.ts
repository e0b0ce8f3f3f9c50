import { expect, it } from 'vitest'
import { momentum } from './momentum.ts'

it('gives the close minus the close n bars earlier', () => {
  expect([...momentum(Float64Array.of(5, 6, 8, 4), 2)]).toEqual([NaN, NaN, 3, -2])
})
