import { expect, it } from 'vitest'
import { sideCoverage } from './sideCoverage.ts'

it('is each side over one-sided open interest', () => {
  expect(sideCoverage({ long: 20, short: 35 }, { least: 100, most: 100 })).toEqual({
    long: { least: 20, most: 20 },
    short: { least: 35, most: 35 },
  })
})

it('has bounds where open interest may count both sides', () => {
  expect(sideCoverage({ long: 20, short: 35 }, { least: 50, most: 100 })).toEqual({
    long: { least: 20, most: 40 },
    short: { least: 35, most: 70 },
  })
})

it('is narrowed by what is known to be open: no side is larger than open interest', () => {
  expect(sideCoverage({ long: 20, short: 80 }, { least: 50, most: 100 })).toEqual({
    long: { least: 20, most: 25 },
    short: { least: 80, most: 100 },
  })
  expect(sideCoverage({ long: 30, short: 120 }, { least: 50, most: 100 })).toEqual({
    long: { least: 25, most: 25 },
    short: { least: 100, most: 100 },
  })
})

it('is a gap where open interest is not known, and where there is none', () => {
  expect(sideCoverage({ long: 1, short: 2 }, { least: NaN, most: NaN }).long).toEqual({ least: NaN, most: NaN })
  expect(sideCoverage({ long: 0, short: 0 }, { least: 0, most: 0 }).short).toEqual({ least: NaN, most: NaN })
})
