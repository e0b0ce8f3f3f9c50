import { describe, expect, it } from 'vitest'
import { instant, parseInstant } from '../../core/instant.ts'
import { seededRandom } from '../../core/random.ts'
import { chainMoves, meetingMoves, monthOf, rateBehind, splitMove, type ImpliedMonth, type Moves } from './fedWatch.ts'

const implied = (price: number): number => 100 - price
const share = (moves: Moves, steps: number): number => moves.get(steps) ?? 0
const total = (moves: Moves): number => [...moves.values()].reduce((sum, each) => sum + each, 0)

describe('examples that CME publishes', () => {
  // cmegroup.com/articles/2024/the-cme-fedwatch-tool-aggregated-enhancement-explained.html
  const [may, june, july] = [94.875, 94.75, 94.625].map(implied) as [number, number, number]

  it('May 94.875, June 94.750, July 94.625: half a rise at each meeting, told by the month before', () => {
    const [first, second] = [splitMove(may, june), splitMove(june, july)]
    for (const moves of [first, second])
      expect([...moves]).toEqual([
        [0, 0.5],
        [1, 0.5],
      ])
    expect([...chainMoves(first, second)]).toEqual([
      [0, 0.25],
      [1, 0.5],
      [2, 0.25],
    ])
  })

  it('the same told by the rate now: one rise by July, surely', () => {
    expect([...splitMove(may, july)]).toEqual([[1, 1]])
  })

  // cmegroup.com: Fed Funds Futures Probability Tree Calculator, the meeting of 17 September 2015.
  it('August 99.8675, September 99.805, a decision 16 days into 30: a rise with 53.6 %', () => {
    const end = rateBehind(implied(99.805), implied(99.8675), { days: 30, before: 16 })
    expect(end).toBeCloseTo(0.26643, 5)
    const moves = splitMove(implied(99.8675), end)
    expect(share(moves, 1)).toBeCloseTo(0.536, 3)
    expect(share(moves, 0)).toBeCloseTo(0.464, 3)
  })
})

describe('a rate that moves by more than a step', () => {
  it.each([
    [
      4.5,
      4.175,
      [
        [-2, 0.3],
        [-1, 0.7],
      ],
    ],
    [
      4.5,
      4.575,
      [
        [0, 0.7],
        [1, 0.3],
      ],
    ],
    [
      4.5,
      5.05,
      [
        [2, 0.8],
        [3, 0.2],
      ],
    ],
    [4.5, 4, [[-2, 1]]],
    [4.5, 4.5, [[0, 1]]],
  ])('from %f to %f lies between two whole moves', (start, end, expected) => {
    const moves = splitMove(start, end)
    expect([...moves.keys()]).toEqual(expected.map(([steps]) => steps))
    for (const [steps, probability] of expected) expect(share(moves, steps!)).toBeCloseTo(probability!, 9)
  })
})

describe('meetings in a row', () => {
  const months = (first: string, ...rates: readonly number[]): readonly ImpliedMonth[] =>
    rates.map((rate, i) => ({ month: monthOf(parseInstant(first)) + i, rate }))
  const days = (...texts: readonly string[]) => texts.map((text) => parseInstant(text))

  it('begin at the mean of a month without one', () => {
    const [move] = meetingMoves(months('2025-04-01', 4.33, 4.3), days('2025-05-07'), 9)
    expect(move!.start).toBe(4.33)
    expect(move!.end).toBeCloseTo((31 * 4.3 - 7 * 4.33) / 24, 12)
    expect(move!.isThin).toBe(false)
  })

  it('begin at the rate now where the month before is not held', () => {
    expect(meetingMoves(months('2025-05-01', 4.3), days('2025-05-07'), 4.33)[0]!.start).toBe(4.33)
  })

  it('hand the rate on where both months have one', () => {
    const [may, june] = meetingMoves(months('2025-04-01', 4.33, 4.3, 4.2), days('2025-05-07', '2025-06-18'), 4.33)
    expect(june!.start).toBe(may!.end)
    expect(june!.end).toBeCloseTo((30 * 4.2 - 18 * may!.end) / 12, 12)
  })

  it('late in a month take the rate behind from the next one, if that has none', () => {
    const late = months('2025-06-01', 4.2, 4.19, 3.95)
    expect(meetingMoves(late, days('2025-07-30'), 4.33)[0]).toMatchObject({ start: 4.2, end: 3.95, isThin: false })
    const both = meetingMoves(late, days('2025-07-30', '2025-08-20'), 4.33)
    expect(both[0]).toMatchObject({ start: 4.2, isThin: true })
    expect(both[0]!.end).toBeCloseTo(31 * 4.19 - 30 * 4.2, 9)
  })

  it('end where a month is not held, or nothing of it is left', () => {
    const three = days('2025-05-07', '2025-06-18', '2025-07-30')
    expect(meetingMoves(months('2025-04-01', 4.33, 4.3), three, 4.33)).toHaveLength(1)
    expect(meetingMoves(months('2025-04-01', 4.33), three, 4.33)).toEqual([])
    expect(meetingMoves(months('2025-06-01', 4.33, 4.3), days('2025-07-31'), 4.33)).toEqual([])
  })

  it('tell from the rate now what the last rate alone says', () => {
    const free = months('2025-05-01', 4.5, 4.5, 4.375, 4.25)
    const moves = meetingMoves(free, days('2025-06-29', '2025-07-30'), 4.5)
    expect([...moves[1]!.aggregated]).toEqual([[-1, 1]])
  })
})

it('sums to 1 behind every meeting on 10,000 random paths of prices, and expects the rates that the prices imply', () => {
  const { uniform, normal } = seededRandom('fed watch')
  const meetings = ['2025-05-07', '2025-06-18', '2025-07-30', '2025-09-17', '2025-10-29', '2025-12-10'].map((text) =>
    parseInstant(text),
  )
  const first = monthOf(parseInstant('2025-04-01'))
  let [count, leastShare, worstSum, worstMean] = [0, Infinity, 0, 0]
  for (let path = 0; path < 10_000; path++) {
    let rate = 8 * uniform()
    const months = Array.from({ length: 11 }, (_, i) => ({ month: first + i, rate: (rate += 0.3 * normal()) }))
    const moves = meetingMoves(months, meetings, rate)
    count += moves.length
    let expected = 0
    for (const { start, end, conditional, chained, aggregated } of moves) {
      for (const some of [conditional, chained, aggregated]) {
        worstSum = Math.max(worstSum, Math.abs(total(some) - 1))
        leastShare = Math.min(leastShare, ...some.values())
      }
      expected += (end - start) / 0.25
      const mean = [...chained].reduce((sum, [steps, probability]) => sum + steps * probability, 0)
      worstMean = Math.max(worstMean, Math.abs(mean - expected))
    }
  }
  expect(count).toBe(10_000 * meetings.length)
  expect(leastShare).toBeGreaterThan(0)
  expect(worstSum).toBeLessThan(1e-9)
  expect(worstMean).toBeLessThan(1e-6)
})

it('counts months across years', () => {
  expect(monthOf(parseInstant('2025-01-31')) - monthOf(parseInstant('2024-12-01'))).toBe(1)
  expect(monthOf(instant(0))).toBe(12 * 1970)
})
