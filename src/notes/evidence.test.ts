import { describe, expect, test } from 'vitest'
import { closeAt } from '../core/candles.ts'
import { frameAsOf, frameOf, startingAt } from '../../test/support/madeFrame.ts'
import { randomCandles } from '../../test/support/madeCandles.ts'
import { evidenceOf } from './evidence.ts'
import { readingOf, type Reading } from './reading.ts'
import { recentEvents } from './recent.ts'
import { takenBackAt } from './voided.ts'

/** Readings every fifth day of a made market, from its second hundred of days on. */
function readings(seed: string): readonly Reading[] {
  const candles = startingAt('2024-01-01', randomCandles(seed, 400))
  const whole = frameOf(candles)
  return Array.from({ length: 60 }, (_, k) =>
    readingOf(frameAsOf(whole, closeAt(candles, 100 + 5 * k)), undefined),
  ).filter((reading) => reading !== undefined)
}

describe('evidence', () => {
  const all = ['a', 'b', 'c'].flatMap(readings)

  test('names no candle that a later close undid', () => {
    const undone = all.flatMap(({ candleSignals }) => candleSignals.all.filter(({ voided }) => voided !== undefined))
    expect(undone.length).toBeGreaterThan(50)
    for (const reading of all) {
      const marks = evidenceOf(reading).flatMap(({ claim }) => /^evidence-candle-(\d+)$/.exec(claim.id)?.[1] ?? [])
      const standing = reading.candleSignals.days
        .filter(({ named }) => named.some(({ voided }) => voided === undefined))
        .map(({ mark }) => String(mark))
      expect(standing).toEqual(expect.arrayContaining(marks))
    }
  })

  test('names no divergence that a later close undid', () => {
    const undone = all.filter(({ divergences }) => divergences.some(({ voided }) => voided !== undefined))
    expect(undone.length).toBeGreaterThan(5)
    for (const reading of undone) {
      const told = evidenceOf(reading).map(({ claim }) => claim.id)
      for (const side of ['bullish', 'bearish'] as const) {
        const stands = reading.divergences.some((each) => each.side === side && each.voided === undefined)
        expect(told.includes(`evidence-${side}`)).toBe(stands)
      }
    }
  })

  test('names no break of a level that a later close took back', () => {
    let takenBack = 0
    for (const reading of all) {
      const event = recentEvents(reading.levels, 'level_break', 10).at(-1)
      const stands =
        event !== undefined && takenBackAt(reading.levels, event, Number(event.evidence['level'])) === undefined
      if (event !== undefined && !stands) takenBack++
      expect(evidenceOf(reading).some(({ claim }) => claim.id === 'evidence-break')).toBe(stands)
    }
    expect(takenBack).toBeGreaterThan(5)
  })
})
