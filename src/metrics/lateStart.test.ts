import { expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, parseInstant } from '../core/instant.ts'
import { lateStart, sayLateStart } from './lateStart.ts'
import { resolveMetric } from './registry.ts'

const grid = { start: parseInstant('2017-08-17'), step: DAY_MS, length: 9 }
const say = (id: string, of = grid): string | undefined => {
  const late = lateStart(resolveMetric(id), of)
  return late === undefined ? undefined : sayLateStart(late)
}

it('names the date that the bars do not reach back to', () => {
  const words = 'the series begins on 2017-08-17, after 2010-01-01'
  for (const id of ['low_since(low, 2010-01-01)', 'drawdown(2010-01-01)', 'rebound(2010-01-01)']) {
    expect(say(id)).toBe(words)
  }
  expect(say('mean(close, 2010-01-01, 2018-01-01)')).toBe(words)
  expect(say('drawdown(2010-01-01).current')).toBe(words)
})

it('looks into the metrics inside', () => {
  expect(say('change(low_since(low, 2010-01-01), 1d)')).toBe('the series begins on 2017-08-17, after 2010-01-01')
})

it('gives the hour of a series that begins within a day', () => {
  const late = { start: parseInstant('2017-08-17T04:00Z'), step: HOUR_MS, length: 9 }
  expect(say('low_since(low, 2017-08-17)', late)).toBe('the series begins at 2017-08-17T04:00:00Z, after 2017-08-17')
})

it('is silent where a date may be left out and is', () => {
  expect(say('cvd(spot)')).toBeUndefined()
  expect(say('cvd(spot, 2010-01-01)')).toContain('after 2010-01-01')
})

it('is silent where the bars reach back, hold nothing, or no date is asked', () => {
  expect(say('low_since(low, 2017-08-17)')).toBeUndefined()
  expect(say('low_since(low, 2010-01-01)', { ...grid, length: 0 })).toBeUndefined()
  expect(say('rsi')).toBeUndefined()
})
