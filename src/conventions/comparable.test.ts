import { assert, constantFrom, double, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OpenInterestRule } from './convention.ts'
import { closedPosition, coinsOf, comparableOpenInterest, sidedBounds, unitsOf, type Valued } from './comparable.ts'

const valued = (
  contract: 'linear' | 'inverse',
  fields: Partial<Valued['instrument']> = {},
  price?: number,
): Valued => ({
  instrument: { contract, multiplier: 1, ...fields },
  ...(price === undefined ? {} : { price }),
})

const rule = (sides: OpenInterestRule['sides'], countedIn: OpenInterestRule['countedIn']): OpenInterestRule => ({
  of: 'open interest',
  sides,
  countedIn,
})

const amount = () => double({ min: 1e-6, max: 1e12, noNaN: true })
const multiplier = () => constantFrom(1, 1_000, 10_000, 1_000_000)

describe('coinsOf', () => {
  it.each([
    ['coins as coins', 12, 'coins', valued('linear', { multiplier: 1_000 }), 12],
    ['units of a thousand coins', 12, 'units', valued('linear', { multiplier: 1_000 }), 12_000],
    ['linear contracts by their size', 100, 'contracts', valued('linear', { contractSize: 0.01 }), 1],
    [
      'linear contracts of a thousand coins',
      3,
      'contracts',
      valued('linear', { contractSize: 10, multiplier: 1_000 }),
      30_000,
    ],
    [
      'inverse contracts by their size in quote, at the price',
      300,
      'contracts',
      valued('inverse', { contractSize: 100 }, 60_000),
      0.5,
    ],
    ['quote units at the price', 30_000, 'quote', valued('linear', {}, 60_000), 0.5],
    [
      'quote units at the price of a thousand coins',
      10,
      'quote',
      valued('linear', { multiplier: 1_000 }, 0.01),
      1_000_000,
    ],
  ] as const)('counts %s', (_, quantity, countedIn, of, coins) => {
    expect(coinsOf(quantity, countedIn, of)).toBeCloseTo(coins, 9)
  })

  it('gives NaN without the price or the size that it needs', () => {
    expect(coinsOf(1, 'quote', valued('linear'))).toBeNaN()
    expect(coinsOf(1, 'contracts', valued('linear'))).toBeNaN()
    expect(coinsOf(1, 'contracts', valued('inverse', { contractSize: 100 }))).toBeNaN()
    expect(coinsOf(1, 'contracts', valued('inverse', {}, 60_000))).toBeNaN()
  })

  it('gives the same coins however a venue counts them', () => {
    assert(
      property(
        amount(),
        amount(),
        multiplier(),
        constantFrom(0.0001, 1, 10, 100),
        (coins, price, per, contractSize) => {
          const linear = valued('linear', { contractSize, multiplier: per }, price)
          const inverse = valued('inverse', { contractSize, multiplier: per }, price)
          const units = coins / per
          const same = [
            coinsOf(coins, 'coins', linear),
            coinsOf(units, 'units', linear),
            coinsOf(units * price, 'quote', linear),
            coinsOf(units / contractSize, 'contracts', linear),
            coinsOf((units * price) / contractSize, 'contracts', inverse),
          ]
          for (const each of same) expect(Math.abs(each / coins - 1)).toBeLessThan(1e-9)
        },
      ),
    )
  })
})

describe('comparableOpenInterest', () => {
  it('halves what counts both sides, and nothing else', () => {
    const of = valued('linear', {}, 2)
    expect(comparableOpenInterest(rule('two', 'coins'), 1_147_000, of)).toEqual({
      sides: 'two',
      coins: 573_500,
      quoteValue: 1_147_000,
    })
    expect(comparableOpenInterest(rule('one', 'coins'), 10, of).coins).toBe(10)
    expect(comparableOpenInterest(rule('unknown', 'coins'), 10, of).coins).toBe(10)
  })

  it('has no value without a price', () => {
    expect(comparableOpenInterest(rule('one', 'units'), 10, valued('linear'))).toMatchObject({
      coins: 10,
      quoteValue: NaN,
    })
  })

  it('values units of many coins at the price of a unit', () => {
    const of = valued('linear', { multiplier: 1_000 }, 0.01)
    expect(comparableOpenInterest(rule('one', 'units'), 500, of)).toMatchObject({ coins: 500_000, quoteValue: 5 })
  })

  it('gives half of the one-sided number where both sides are counted, in every unit', () => {
    const countedIn = constantFrom('coins' as const, 'units' as const, 'quote' as const, 'contracts' as const)
    assert(
      property(
        amount(),
        amount(),
        multiplier(),
        countedIn,
        constantFrom('linear', 'inverse'),
        (n, price, per, unit, kind) => {
          const of = valued(kind as 'linear' | 'inverse', { contractSize: 10, multiplier: per }, price)
          const one = comparableOpenInterest(rule('one', unit), n, of)
          const two = comparableOpenInterest(rule('two', unit), n, of)
          expect(two.coins).toBe(one.coins / 2)
          expect(Math.abs((two.quoteValue * 2) / one.quoteValue - 1)).toBeLessThan(1e-12)
        },
      ),
    )
  })
})

describe('sidedBounds', () => {
  it('leaves half to all where the sides are unknown', () => {
    expect(sidedBounds('unknown')).toEqual([0.5, 1])
    expect(sidedBounds('one')).toEqual([1, 1])
    expect(sidedBounds('two')).toEqual([1, 1])
  })

  it('holds the one-sided truth, whichever the sides turn out to be', () => {
    assert(
      property(amount(), constantFrom('one' as const, 'two' as const), (truth, real) => {
        const published = real === 'two' ? truth * 2 : truth
        const { coins } = comparableOpenInterest(rule('unknown', 'coins'), published, valued('linear'))
        const [least, most] = sidedBounds('unknown')
        expect(coins * least).toBeLessThanOrEqual(truth)
        expect(coins * most).toBeGreaterThanOrEqual(truth)
      }),
    )
  })
})

describe('closedPosition', () => {
  it.each([
    ['order', 'sell', 'long'],
    ['order', 'buy', 'short'],
    ['position', 'buy', 'long'],
    ['position', 'sell', 'short'],
  ] as const)('reads the side of the %s, %s, as a %s that was closed', (side, word, position) => {
    expect(closedPosition({ side }, word)).toBe(position)
  })
})

describe('unitsOf', () => {
  it('gives units as they are, to the last bit', () => {
    assert(
      property(amount(), multiplier(), (units, per) => {
        expect(unitsOf(units, 'units', valued('linear', { multiplier: per }))).toBe(units)
      }),
    )
  })

  it('counts contracts and quote units in units of the instrument', () => {
    const inverse = valued('inverse', { contractSize: 100 }, 60_000)
    expect(unitsOf(300, 'contracts', inverse)).toBe(0.5)
    expect(unitsOf(3, 'contracts', valued('linear', { contractSize: 10, multiplier: 1_000 }))).toBe(30)
    expect(unitsOf(10, 'quote', valued('linear', { multiplier: 1_000 }, 0.01))).toBeCloseTo(1_000, 9)
  })
})
