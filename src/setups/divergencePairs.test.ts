import { describe, expect, it } from 'vitest'
import { candlesOfCloses } from '../../test/support/madeCandles.ts'
import { divergencePairs, type DivergencePair } from './divergencePairs.ts'

/** Corners of a broken line, by bar. */
type Corners = Readonly<Record<number, number>>

/** The broken line through the corners. */
function lineThrough(corners: Corners): number[] {
  const points = Object.entries(corners).map(([bar, value]) => [Number(bar), value] as const)
  const line: number[] = []
  for (const [k, [to, value]] of points.entries()) {
    const [from, before] = points[k - 1] ?? [to - 1, value]
    for (let bar = from + 1; bar <= to; bar++) line.push(before + ((value - before) * (bar - from)) / (to - from))
  }
  return line
}

/** Pairs of a price and an oscillator, each with the bar that gave it. */
function pairsOf(price: Corners, oscillator: Corners): readonly (DivergencePair & { readonly at: number })[] {
  const bars = candlesOfCloses(lineThrough(price))
  const { push } = divergencePairs()
  return lineThrough(oscillator).flatMap((value, at) => push(bars, at, value).map((pair) => ({ ...pair, at })))
}

const brief = (pairs: readonly (DivergencePair & { readonly at: number })[]) =>
  pairs.map(({ form, kind, first, second, at }) => [form, kind, first.bar, second.bar, at])

/** Lows of the oscillator at 10 and 30, of price at 11 and 31; price corners at 0, 20 and 40 are far away. */
const two = (first: number, second: number) => ({ 0: 100, 10: first, 20: 100, 30: second, 40: 100 })

describe('divergencePairs', () => {
  it('finds a lower low of price with a higher low of the oscillator, 5 bars after the second', () => {
    expect(brief(pairsOf(two(80, 70), two(20, 30)))).toEqual([['regular', 'low', 10, 30, 35]])
  })

  it('finds a higher low of price with a lower low of the oscillator', () => {
    expect(brief(pairsOf(two(70, 80), two(30, 20)))).toEqual([['hidden', 'low', 10, 30, 35]])
  })

  it('finds nothing where both agree or one is equal', () => {
    expect(pairsOf(two(80, 70), two(30, 20))).toEqual([])
    expect(pairsOf(two(70, 80), two(20, 30))).toEqual([])
    expect(pairsOf(two(70, 70), two(20, 30))).toEqual([])
    expect(pairsOf(two(80, 70), two(20, 20))).toEqual([])
  })

  it('mirrors at the highs', () => {
    const over = (corners: Corners) =>
      Object.fromEntries(Object.entries(corners).map(([bar, value]) => [bar, 200 - value]))
    expect(brief(pairsOf(over(two(80, 70)), over(two(20, 30))))).toEqual([['regular', 'high', 10, 30, 35]])
    expect(brief(pairsOf(over(two(70, 80)), over(two(30, 20))))).toEqual([['hidden', 'high', 10, 30, 35]])
  })

  it('reads price at the lowest low of the pivot and the bars beside it', () => {
    const [pair] = pairsOf({ 0: 100, 11: 80, 20: 100, 29: 70, 40: 100 }, two(20, 30))
    expect(pair!.first).toMatchObject({ bar: 10, price: 79.5, oscillator: 20 })
    expect(pair!.second).toMatchObject({ bar: 30, price: 69.5, oscillator: 30 })
  })

  it('joins pivots up to 60 bars apart', () => {
    const apart = (bars: number, first: number, second: number) => ({
      0: 100,
      10: first,
      20: 100,
      [10 + bars]: second,
      [25 + bars]: 100,
    })
    expect(pairsOf(apart(60, 80, 70), apart(60, 20, 30))).toHaveLength(1)
    expect(pairsOf(apart(61, 80, 70), apart(61, 20, 30))).toHaveLength(0)
  })

  const three = (a: number, b: number, c: number) => ({ 0: 100, 10: a, 20: 100, 30: b, 40: 100, 50: c, 60: 100 })

  it('takes the nearest earlier pivot that qualifies', () => {
    expect(brief(pairsOf(three(80, 80, 70), three(20, 25, 30)))).toEqual([['regular', 'low', 30, 50, 55]])
    expect(brief(pairsOf(three(80, 60, 70), three(20, 35, 40)))).toEqual([
      ['regular', 'low', 10, 30, 35],
      ['regular', 'low', 10, 50, 55],
    ])
  })

  it('lets the oscillator dip through the joining line by 10 % of the difference', () => {
    // The line from 20 at bar 10 to 40 at bar 50 passes 30 at bar 30; a tenth of the difference is 2.
    const price = three(90, 60, 70)
    expect(brief(pairsOf(price, three(20, 28.1, 40)))).toContainEqual(['regular', 'low', 10, 50, 55])
    expect(brief(pairsOf(price, three(20, 27.9, 40)))).not.toContainEqual(['regular', 'low', 10, 50, 55])
  })

  it('finds nothing while the oscillator is not defined', () => {
    const bars = candlesOfCloses(lineThrough(two(80, 70)))
    const { push } = divergencePairs()
    expect(Array.from({ length: 41 }, (_, i) => push(bars, i, NaN)).flat()).toEqual([])
  })
})

describe('divergencePairs, provisional', () => {
  const price = lineThrough(two(80, 70))
  const oscillator = lineThrough(two(20, 30))

  function provisionalAt(last: number) {
    const bars = candlesOfCloses(price)
    const { push, provisional } = divergencePairs()
    for (let i = 0; i <= last; i++) push(bars, i, oscillator[i]!)
    return provisional(bars, last)
  }

  it('shows a second pivot from the bar after it until the bar before its confirmation', () => {
    const shown = Array.from({ length: 41 }, (_, last) => provisionalAt(last).map((pair) => pair.second.bar))
    expect(shown.flatMap((bars, last) => bars.map((bar) => [last, bar]))).toEqual([
      [31, 30],
      [32, 30],
      [33, 30],
      [34, 30],
    ])
  })
})
