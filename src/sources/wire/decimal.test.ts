import { assert, double, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalText, decimalTextOrNone, msText } from './decimal.ts'

describe('decimalText', () => {
  it.each([
    ['37000.10', 37_000.1],
    ['-0.00001507', -0.00001507],
    ['0', 0],
    ['1e-7', 1e-7],
    ['2.5E+3', 2_500],
    ['007', 7],
  ])('reads "%s"', (text, value) => expect(decimalText().parse(text)).toBe(value))

  it.each([
    '',
    ' 1',
    '1 ',
    '1,000',
    '0x10',
    'NaN',
    'Infinity',
    '.5',
    '5.',
    '+1',
    '1e',
    '--1',
    '١',
    1,
    null,
    undefined,
    {},
  ])('refuses %j', (value) => expect(decimalText().safeParse(value).success).toBe(false))

  it('refuses a number that is too large to be one', () => {
    expect(decimalText().safeParse('1e999').success).toBe(false)
    expect(decimalTextOrNone().safeParse('-1e999').success).toBe(false)
  })

  it('reads every number that is written as text', () => {
    assert(
      property(double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(decimalText().parse(String(value))).toBe(value === 0 ? 0 : value)
      }),
    )
  })
})

describe('decimalTextOrNone', () => {
  it('takes an empty text for none', () => {
    expect(decimalTextOrNone().parse('')).toBeUndefined()
    expect(decimalTextOrNone().parse('0.5')).toBe(0.5)
    expect(decimalTextOrNone().safeParse('-').success).toBe(false)
  })
})

describe('msText', () => {
  it('reads digits of a length that can be a time', () => {
    expect(msText().parse('1597370495002')).toBe(1_597_370_495_002)
    for (const odd of [
      '159737049',
      '15973704950021234',
      '1597370495.002',
      '-1597370495002',
      '',
      'now',
      1_597_370_495_002,
    ]) {
      expect(msText().safeParse(odd).success).toBe(false)
    }
  })
})
