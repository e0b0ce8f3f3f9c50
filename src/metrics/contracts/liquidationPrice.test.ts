import { assert, constantFrom, double, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { liquidationPrice, type Isolated, type MarginTable } from './liquidationPrice.ts'

const flat: MarginTable = {
  countedBy: 'value',
  tiers: [{ upTo: Infinity, maintenance: 0.005, amount: 0 }],
  mostLeverage: 100,
}
/** Half a percent up to 1,000, one percent above; the amount makes the margin go on without a step. */
const stepless: MarginTable = {
  countedBy: 'value',
  tiers: [
    { upTo: 1_000, maintenance: 0.005, amount: 0 },
    { upTo: 50_000, maintenance: 0.01, amount: 5 },
    { upTo: Infinity, maintenance: 0.05, amount: 2_005 },
  ],
  mostLeverage: 100,
}
const stepped: MarginTable = { ...stepless, tiers: stepless.tiers.map((tier) => ({ ...tier, amount: 0 })) }

const at = (position: Partial<Isolated>, table = flat): number =>
  liquidationPrice({ side: 'long', contract: 'linear', size: 1, entry: 100, leverage: 10, ...position }, table)

describe('of one rate', () => {
  it('a linear position ends where its margin is down to the rate', () => {
    // 100 x 0.9 / 0.995 and 100 x 1.1 / 1.005
    expect(at({ side: 'long' })).toBeCloseTo(90.452_261_306_5, 9)
    expect(at({ side: 'short' })).toBeCloseTo(109.452_736_318_4, 9)
  })

  it('an inverse position ends farther below and farther above, since its margin is in the coin', () => {
    // 100 x 1.005 / 1.1 and 100 x 0.995 / 0.9
    expect(at({ contract: 'inverse', side: 'long' })).toBeCloseTo(91.363_636_363_6, 9)
    expect(at({ contract: 'inverse', side: 'short' })).toBeCloseTo(110.555_555_555_6, 9)
  })

  it('no price closes a linear long or an inverse short that borrows nothing', () => {
    expect(at({ leverage: 1 })).toBe(0)
    expect(at({ leverage: 1, side: 'short', contract: 'inverse' })).toBe(Infinity)
  })

  it('a position whose whole margin must stay ends at its entry', () => {
    expect(at({ leverage: 200 })).toBe(100)
    expect(at({ leverage: 300, side: 'short' })).toBe(100)
  })
})

describe('of several rows', () => {
  it('the row is that of the value at the price where it ends, and its amount counts', () => {
    // 100 coins: (90 - 5 / 100) / 0.99
    expect(at({ size: 100 }, stepless)).toBeCloseTo(90.858_585_858_6, 9)
    // 10.5 coins are worth 1,050 at entry, and less than 1,000 when they end: the first row.
    expect(at({ size: 10.5 }, stepless)).toBeCloseTo(90.452_261_306_5, 9)
  })

  it('a step between two rows closes a short that grows over it', () => {
    // 9.5 coins pass 1,000 at 105.263…, where the second row asks for 10, and 9.5 x (110 - 105.263) = 45 is left: not there.
    expect(at({ side: 'short', size: 9.5 }, stepped)).toBeCloseTo(110 / 1.01, 9)
    // At leverage 16 there is 9.5 x (106.25 - 105.263) = 9.4 left, under 10: the step closes it, the first row alone would not.
    expect(at({ side: 'short', size: 9.5, leverage: 16 }, stepped)).toBeCloseTo(1_000 / 9.5, 9)
  })

  it('a table that counts by size has one row for a position at every price', () => {
    const bySize: MarginTable = { ...stepped, countedBy: 'size' }
    expect(at({ side: 'short', size: 2_000 }, bySize)).toBeCloseTo(110 / 1.01, 9)
    expect(at({ side: 'short', size: 9.5 }, bySize)).toBeCloseTo(110 / 1.005, 9)
  })
})

it('what is left at the price is what the table asks for there', () => {
  const drawn = [
    constantFrom<Isolated['side']>('long', 'short'),
    constantFrom<Isolated['contract']>('linear', 'inverse'),
    double({ min: 1e-3, max: 1e4, noNaN: true }),
    double({ min: 1.01, max: 19, noNaN: true }),
    constantFrom(0.02, 40),
  ] as const
  assert(
    property(...drawn, (side, contract, size, leverage, entry) => {
      const price = at({ side, contract, size, leverage, entry }, stepless)
      const [first, now] = contract === 'linear' ? [size * entry, size * price] : [size / entry, size / price]
      const gained = (side === 'long' ? 1 : -1) * (contract === 'linear' ? now - first : first - now)
      const { maintenance, amount } = stepless.tiers.find(({ upTo }) => now <= upTo * (1 + 1e-12))!
      expect((first / leverage + gained - (now * maintenance - amount)) / now).toBeCloseTo(0, 9)
    }),
  )
})
