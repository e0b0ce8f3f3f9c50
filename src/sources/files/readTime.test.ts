import { assert, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDay, formatInstant, instant, parseInstant } from '../../core/instant.ts'
import { timeReader, unitOf } from './readTime.ts'

const readOne = (text: string): number => timeReader().read(text)
const AT = parseInstant('2025-01-01T12:34:56.789Z')

describe('timeReader', () => {
  it.each([
    ['1735734896', AT - 789],
    ['1735734896.7891', AT],
    ['1735734896.7', AT - 89],
    ['1735734896789', AT],
    ['1735734896789.0', AT],
    ['1735734896789999', AT],
    ['1735734896789999999', AT],
    ['2025-01-01T12:34:56.789Z', AT],
    ['2025-01-01 12:34:56.789000+00:00', AT],
    ['2025-01-01T13:34:56.789+01:00', AT],
    ['2025-01-01 12:34', AT - 56_789],
    ['2025-01-01', parseInstant('2025-01-01')],
    ['2025-01-01T24:00:00Z', parseInstant('2025-01-02')],
  ])('reads %s', (text, ms) => {
    expect(readOne(text)).toBe(ms)
  })

  it.each([
    '',
    'x',
    '1',
    '20250101',
    '01/02/2025',
    '2025-02-30',
    '2025-01-01T25:00:00Z',
    '2025-01-01T1x:00:00Z',
    '-1735734896',
    '1e12',
    '17357348967.5',
  ])('takes %j for no time', (text) => {
    expect(readOne(text)).toBeNaN()
  })

  it('wants every time in the unit of the first', () => {
    const { read, unit } = timeReader()
    expect(read('nothing')).toBeNaN()
    expect(unit()).toBeUndefined()
    expect(read('1735734896789')).toBe(AT)
    expect(unit()).toBe('ms')
    expect(read('1735734896')).toBeNaN()
    expect(read('1735734896789000')).toBeNaN()
    expect(read('2025-01-01')).toBeNaN()
    expect(read('173573489678x')).toBeNaN()
    expect(read('1735734896790')).toBe(AT + 1)
  })

  it.each([
    ['1735734896', 's'],
    ['1735734896789', 'ms'],
    ['1735734896789000', 'us'],
    ['1735734896789000000', 'ns'],
    ['2025-01-01', 'text'],
    ['17357348967', undefined],
  ])('tells the unit of %s', (text, unit) => {
    expect(unitOf(text)).toBe(unit)
  })

  it('reads every written form as the core reads it', () => {
    const { read } = timeReader()
    read('2025-01-01')
    assert(
      property(integer({ min: 0, max: 4_102_444_800 }), (seconds) => {
        const at = instant(seconds * 1000)
        const text = formatInstant(at)
        for (const form of [text, text.slice(0, 19), text.replace('T', ' '), formatDay(at)]) {
          expect(read(form)).toBe(parseInstant(form))
        }
      }),
    )
  })
})
