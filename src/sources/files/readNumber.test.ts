import { assert, double, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMissing, readNumber, readOptional } from './readNumber.ts'

describe('readNumber', () => {
  it.each([
    ['0', 0],
    ['0.0', 0],
    ['-0.5', -0.5],
    ['1e-5', 0.00001],
    ['1E3', 1000],
    ['2476002476002.7', 2_476_002_476_002.7],
    [' 5 ', 5],
    ['.5', 0.5],
  ])('reads %j', (text, value) => {
    expect(readNumber(text)).toBe(value)
  })

  it.each([
    '',
    ' ',
    '\t',
    'x',
    '0x10',
    ' 0x10',
    '0b1',
    '1_000',
    '1,5',
    'Infinity',
    '-Infinity',
    '1e999',
    'NaN',
    'null',
    undefined,
  ])('takes %j for no number', (text) => {
    expect(readNumber(text)).toBeNaN()
  })

  it('reads back every number as it is printed', () => {
    assert(property(double({ noNaN: true, noDefaultInfinity: true }), (value) => readNumber(String(value)) === value))
  })
})

describe('readOptional', () => {
  it('tells a missing value from a bad one', () => {
    expect(['', 'NaN', 'null', '.'].map(readOptional)).toEqual([undefined, undefined, undefined, undefined])
    expect(isMissing('0')).toBe(false)
    expect(readOptional('0')).toBe(0)
    expect(readOptional('x')).toBeNaN()
  })
})
