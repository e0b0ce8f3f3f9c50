import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../core/instant.ts'
import type { Frame } from '../../core/frame.ts'
import { evaluateMetric, resolveMetric } from '../registry.ts'
import { ratePath } from './ratePath.ts'

it('counts cuts from the middle of the target range, whatever the shares sum to', () => {
  const found = ratePath({
    odds: [
      [325, 0.1],
      [350, 0.3],
      [400, 0.1],
    ],
    target: 425,
  })
  const expected = (0.1 * 337.5 + 0.3 * 362.5 + 0.1 * 412.5) / 0.5
  expect(found.cuts).toBeCloseTo((437.5 - expected) / 25, 12)
  expect(found.expected).toBeCloseTo(expected / 100, 12)
  expect(found).toMatchObject({ probability_cut: 100, mode: 3.5, target: 4.375 })
  expect(found.mode_probability).toBeCloseTo(60, 12)
  expect(found.four_or_more).toBeCloseTo(20, 12)
})

it('counts what is below the target as a cut, and what is above as a rise', () => {
  const found = ratePath({
    odds: [
      [400, 0.25],
      [425, 0.5],
      [450, 0.125],
      [475, 0.0625],
    ],
    target: 425,
  })
  expect(found).toMatchObject({ cuts: 0, four_or_more: 0 })
  expect(found.probability_cut).toBeCloseTo(25 / 0.9375, 12)
  expect(found.probability_rise).toBeCloseTo(18.75 / 0.9375, 12)
})

it('is NaN without odds', () => {
  expect(ratePath({ odds: [], target: 425 }).cuts).toBeNaN()
})

const frame = (columns: Readonly<Record<string, readonly number[]>>, effective: readonly number[]): Frame => ({
  asset: 'US',
  asOf: parseInstant('2025-05-01'),
  interval: '1d',
  grid: { start: parseInstant('2025-04-22'), step: 86_400_000, length: effective.length },
  quotes: new Map(),
  columns: new Map(
    Object.entries({ ...columns, 'rate_now.effective': effective }).map(([name, values]) => [
      name,
      Float64Array.from(values),
    ]),
  ),
  inputs: [],
  conventions: [],
})

it('takes the last meeting up to the date that is quoted on the day, and carries the effective rate for days', () => {
  const two = frame(
    {
      'rate_path.20250507_400': [0.1, 0.2, NaN],
      'rate_path.20250507_425': [0.9, 0.8, NaN],
      'rate_path.20251210_325': [1, NaN, NaN],
      'rate_path.20260128_300': [1, 1, 1],
    },
    [4.33, NaN, NaN],
  )
  const { value: _, ...rest } = evaluateMetric(resolveMetric('rate_path(2025-12-31)'), two)
  expect(Array.from(rest['cuts']!)).toEqual([4, expect.closeTo(0.2, 12), NaN])
  expect(
    Array.from(evaluateMetric(resolveMetric('rate_path(2025-05-07).probability_cut'), two)['probability_cut']!),
  ).toEqual([expect.closeTo(10, 12), expect.closeTo(20, 12), NaN])
})

it('has no target where the effective rate is not held, or too old', () => {
  const days = Array.from({ length: 8 }, () => 1)
  const held = frame({ 'rate_path.20251210_325': days }, [4.33, NaN, NaN, NaN, NaN, NaN, NaN, NaN])
  const cuts = evaluateMetric(resolveMetric('rate_path(2025-12-31).cuts'), held)['cuts']!
  expect(Array.from(cuts, Number.isNaN)).toEqual([false, false, false, false, false, false, true, true])
})

describe('from settlements of futures', () => {
  // April 2025 has no meeting: its mean is the rate before that of 7 May.
  const settled = frame(
    {
      'rate_futures.202504': [4.33, NaN],
      'rate_futures.202505': [4.3, 4.3],
      'rate_futures.202506': [4.2, 4.2],
    },
    [4.33, 4.33],
  )
  const at = (id: string, output: string) => evaluateMetric(resolveMetric(id), settled)[output]![0]!
  const behindMay = (31 * 4.3 - 7 * 4.33) / 24
  const behindJune = (30 * 4.2 - 18 * behindMay) / 12

  it('chains the meetings up to the date', () => {
    const expected = (4.33 - behindJune) / 0.25
    expect(at('rate_path(2025-06-30, futures)', 'cuts')).toBeCloseTo(expected, 9)
    expect(at('rate_path(2025-05-31, futures)', 'cuts')).toBeCloseTo((4.33 - behindMay) / 0.25, 9)
  })

  it('reads the rate behind one meeting against the rate now where that is asked for', () => {
    const [chained, aggregated] = ['chained', 'aggregated'].map((view) =>
      at(`rate_path(2025-06-30, futures, ${view})`, 'probability_cut'),
    )
    const expected = (4.33 - behindJune) / 0.25
    expect(aggregated).toBeCloseTo(100 * Math.min(1, expected), 6)
    expect(chained).not.toBeCloseTo(aggregated!, 3)
  })

  it('says nothing of a day whose months do not reach the meeting', () => {
    const none = frame({ 'rate_futures.202504': [4.33] }, [4.33])
    expect(evaluateMetric(resolveMetric('rate_path(2025-06-30, futures)'), none)['cuts']![0]).toBeNaN()
  })

  it('needs settlements, and not odds', () => {
    expect(resolveMetric('rate_path(2025-06-30, futures)').needs[0]).toEqual({ kind: 'columns', group: 'rate_futures' })
    expect(resolveMetric('rate_path(2025-06-30)').needs[0]).toEqual({ kind: 'columns', group: 'rate_path' })
  })
})
