import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BadExpressionError, calculate } from './arithmetic.ts'

describe('calculate', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 4 - 3', 3],
    ['100 / 10 / 2', 5],
    ['100 / 10 * 2', 20],
    ['-3 + 5', 2],
    ['2 * -3', -6],
    ['--4', 4],
    ['-(2 + 3) * 2', -10],
    ['5 - -5', 10],
    ['.5 + 1.', 1.5],
    ['1e3 + 2.5E-1', 1000.25],
    ['1.2e-7 - 1e-7', 1.2e-7 - 1e-7],
    ['((((7))))', 7],
    ['  21.821/216.9*100  ', (21.821 / 216.9) * 100],
    ['(1.147 + 1.9052 + 2.3926) / (0.2763 + 0.154 + 4.057)', 5.4448 / 4.4873],
  ])('%s = %d', (text, value) => {
    expect(calculate(text)).toBeCloseTo(value, 12)
  })

  it('divides by zero as numbers do', () => {
    expect(calculate('1 / 0')).toBe(Infinity)
    expect(calculate('0 / 0')).toBeNaN()
  })

  it.each([
    ['', 'unexpected end'],
    ['1 +', 'unexpected end'],
    ['(1 + 2', 'unexpected end'],
    ['1 + 2)', 'unexpected ")"'],
    ['1 2', 'unexpected "2"'],
    ['* 3', 'unexpected "*"'],
    ['+ 3', 'unexpected "+"'],
    ['()', 'unexpected ")"'],
    ['2 ** 3', 'unexpected "*"'],
    ['2 ^ 3', 'unexpected "^"'],
    ['1,000 + 1', 'unexpected ","'],
    ['x + 1', 'unexpected "x"'],
    ['1 - process', 'unexpected "p"'],
    ['3 %', 'unexpected "%"'],
    ['1.2.3', 'unexpected ".3"'],
  ])('refuses "%s": %s', (text, why) => {
    expect(() => calculate(text)).toThrow(BadExpressionError)
    expect(() => calculate(text)).toThrow(why)
  })

  it('agrees with the language on any sum of numbers in brackets', () => {
    const number = fc.integer({ min: -1000, max: 1000 }).map((value) => value / 8)
    const { sum } = fc.letrec<{ sum: { text: string; value: number } }>((tie) => ({
      sum: fc.oneof(
        { maxDepth: 5 },
        number.map((value) => ({ text: value < 0 ? `(${value})` : `${value}`, value })),
        fc.tuple(tie('sum'), fc.constantFrom('+', '-', '*', '/'), tie('sum')).map(([a, op, b]) => ({
          text: `(${a.text} ${op} ${b.text})`,
          value: { '+': a.value + b.value, '-': a.value - b.value, '*': a.value * b.value, '/': a.value / b.value }[op],
        })),
      ),
    }))
    fc.assert(fc.property(sum, ({ text, value }) => void expect(calculate(text)).toEqual(value)))
  })
})
