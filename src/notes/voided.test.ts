import { describe, expect, test } from 'vitest'
import { gaps, openAt, type Candles } from '../core/candles.ts'
import { DAY_MS, formatDay, parseInstant } from '../core/instant.ts'
import type { SetupEvent } from '../setups/setup.ts'
import { frameOf } from '../../test/support/madeFrame.ts'
import { frameReader, type FrameReader } from './frameReader.ts'
import { takenBackAt, voidedAt } from './voided.ts'

const START = parseInstant('2025-01-01')

/** Days with these closes; each low is one below its close, each high one above. */
function daysOf(...closes: readonly number[]): FrameReader {
  const close = Float64Array.from(closes)
  const candles: Candles = {
    start: START,
    step: DAY_MS,
    length: close.length,
    open: close,
    high: close.map((value) => value + 1),
    low: close.map((value) => value - 1),
    close,
    volume: close,
    quoteVolume: gaps(close.length),
    trades: gaps(close.length),
    takerBuyVolume: gaps(close.length),
    takerBuyQuoteVolume: gaps(close.length),
  }
  return frameReader(frameOf(candles), candles)
}

function eventOn(reader: FrameReader, bar: number, more: Partial<SetupEvent> = {}): SetupEvent {
  const at = openAt(reader.candles, bar)
  return { id: `made@${formatDay(at)}`, at, knownAt: at, side: 'long', evidence: {}, ...more }
}

const day = (at: number | undefined): string | undefined => (at === undefined ? undefined : formatDay(at as never))

describe('voidedAt', () => {
  test('is the first later day that closed below the low of an event that leant up', () => {
    const reader = daysOf(100, 100, 99.5, 98.9, 90)
    expect(day(voidedAt(reader, eventOn(reader, 1)))).toBe('2025-01-04')
  })

  test('is nothing while no close goes beyond, however low the lows', () => {
    const reader = daysOf(100, 100, 99.1, 99.2)
    expect(voidedAt(reader, eventOn(reader, 1))).toBeUndefined()
  })

  test('is the mirror for one that leant down', () => {
    const reader = daysOf(100, 100, 100.9, 101.1)
    expect(day(voidedAt(reader, eventOn(reader, 1, { side: 'short' })))).toBe('2025-01-04')
  })

  test('takes a divergence from its second pivot, also where it was undone before it could be known', () => {
    const reader = daysOf(100, 105, 95, 97, 93, 99, 99, 99)
    const pivots = { firstPivotAt: openAt(reader.candles, 0), pivotAt: openAt(reader.candles, 2) }
    expect(day(voidedAt(reader, eventOn(reader, 7, pivots)))).toBe('2025-01-05')
  })

  test('is never for a neutral event', () => {
    const reader = daysOf(100, 100, 50)
    expect(voidedAt(reader, eventOn(reader, 1, { side: 'neutral' }))).toBeUndefined()
  })
})

describe('takenBackAt', () => {
  test('is the first later day that closed on the other side of the line', () => {
    const reader = daysOf(98, 102, 101, 99.9)
    expect(day(takenBackAt(reader, eventOn(reader, 1), 100))).toBe('2025-01-04')
    expect(takenBackAt(reader, eventOn(reader, 1), 99)).toBeUndefined()
  })
})
