import { expect, it } from 'vitest'
import { makesSense } from './capSense.ts'

it.each([
  [{ marketCap: 217e9, supply: 120.7e6, price: 1800 }, true],
  [{ marketCap: 217e9, supply: 120.7e6, price: 1000 }, true],
  [{ marketCap: 400e9, supply: 12, price: 3333 }, false],
  [{ marketCap: 217e9, supply: 120.7e6, price: 3 }, false],
  [{ marketCap: 217e9, supply: 120.7e6 }, true],
  [{}, true],
])('says whether cap, supply and price are of one coin: %j', (values, sense) => {
  expect(makesSense(values)).toBe(sense)
})
