import { array, assert, constant, double, oneof, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactMap, EXACT_BIN_WIDTH, FARTHEST, type ExactMap, type MapPosition } from './exactMap.ts'

const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0)

describe('the map of published positions', () => {
  it('lays coins and dollars into the bins of their liquidation prices, longs and shorts apart', () => {
    const map = exactMap(
      [
        { coins: 3, liquidationPrice: 1700 },
        { coins: 1, liquidationPrice: 1701 },
        { coins: -2, liquidationPrice: 2000 },
      ],
      1800,
    )
    // ln 1700 over ln 1.01 is 747.5, ln 2000 over it 763.9.
    expect(map.bins).toEqual({ first: 747, count: 763 - 747 + 1, width: EXACT_BIN_WIDTH })
    expect(map.longCoins[0]).toBe(4)
    expect(map.longUsd[0]).toBe(3 * 1700 + 1701)
    expect(map.shortCoins.at(-1)).toBe(2)
    expect(map.shortUsd.at(-1)).toBe(4000)
    expect([sum(map.longCoins), sum(map.shortCoins)]).toEqual([4, 2])
  })

  it('counts what has no or an absurd price by its reason, leaves it out of the bins, and keeps it in its side', () => {
    const map = exactMap(
      [
        { coins: 1 },
        { coins: 2, liquidationPrice: NaN },
        { coins: 4, liquidationPrice: 0 },
        { coins: -8, liquidationPrice: -5 },
        { coins: 16, liquidationPrice: 100 },
        { coins: -32, liquidationPrice: 99 },
        { coins: -64, liquidationPrice: 100 * FARTHEST + 1 },
        { coins: 128, liquidationPrice: 100 / FARTHEST - 1 },
        { coins: -256, liquidationPrice: 100 * FARTHEST },
      ],
      100,
    )
    expect(map.leftOut).toEqual({ none: 2, notPositive: 2, wrongSide: 2, far: 2 })
    expect([...map.shortCoins]).toEqual([256])
    expect([...map.longCoins]).toEqual([0])
    expect(map.long).toEqual({ coins: 1 + 2 + 4 + 16 + 128, positions: 5 })
    expect(map.short).toEqual({ coins: 8 + 32 + 64 + 256, positions: 4 })
  })

  it('has no bins where nothing stands in one, and takes 0 coins for no position', () => {
    const map = exactMap([{ coins: 0, liquidationPrice: 90 }, { coins: 5 }], 100)
    expect(map.bins.count).toBe(0)
    expect(map.leftOut).toEqual({ none: 1, notPositive: 0, wrongSide: 0, far: 0 })
    expect(map.long).toEqual({ coins: 5, positions: 1 })
    expect(exactMap([], 100).bins.count).toBe(0)
  })

  it('loses nothing: what is open is in a bin or left out, whatever the prices', () => {
    const price = oneof(constant(undefined), double({ min: -10, max: 3000, noNaN: true }))
    const coins = double({ min: -1e6, max: 1e6, noNaN: true }).filter((size) => Math.abs(size) > 1e-6)
    assert(
      property(array(record({ coins, price })), (drawn) => {
        const positions = drawn.map(({ coins: size, price: at }): MapPosition =>
          at === undefined ? { coins: size } : { coins: size, liquidationPrice: at },
        )
        const map: ExactMap = exactMap(positions, 100)
        const left = Object.values(map.leftOut).reduce((total, count) => total + count, 0)
        expect(map.long.positions + map.short.positions).toBe(positions.length)
        const placed = positions.filter(
          ({ coins: size, liquidationPrice: at = NaN }) =>
            at >= 100 / FARTHEST && at <= 100 * FARTHEST && (size > 0 ? at < 100 : at > 100),
        )
        expect(left).toBe(positions.length - placed.length)
        const size = placed.reduce((total, each) => total + Math.abs(each.coins), 0)
        expect(sum(map.longCoins) + sum(map.shortCoins)).toBeCloseTo(size, 3)
      }),
    )
  })
})
