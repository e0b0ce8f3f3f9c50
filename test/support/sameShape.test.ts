import { expect, it } from 'vitest'
import { shapeDifferences } from './sameShape.ts'

it('finds nothing where only values differ', () =>
  expect(
    shapeDifferences(
      { a: [{ b: '1', c: null }] },
      {
        a: [
          { b: '2', c: null },
          { b: '', c: null },
        ],
      },
    ),
  ).toEqual([]))

it('names keys that are missing, added or of another type, by their path', () =>
  expect(shapeDifferences({ a: { b: '1', c: 2 } }, { a: { b: 1, d: 2 } })).toEqual([
    'a.b: number, documented as text',
    'a.c: missing',
    'a.d: not documented',
  ]))

it('compares rows place by place', () => {
  expect(shapeDifferences([['1', '2']], [['1', '2'], ['1']])).toEqual(['[1]: 1 places, documented as 2'])
  expect(shapeDifferences([1, '2'], ['1', '2'])).toEqual(['[0]: text, documented as number'])
})

it('compares an entry of a list with the example that it is most like', () =>
  expect(
    shapeDifferences(
      [
        { is: 'a', x: 1 },
        { is: 'b', y: 1 },
      ],
      [{ is: 'b', y: 1 }],
    ),
  ).toEqual([]))

it('tells null, lists and objects apart', () =>
  expect(shapeDifferences({ a: null, b: [], c: {} }, { a: {}, b: {}, c: [] })).toEqual([
    'a: object, documented as null',
    'b: object, documented as list',
    'c: list, documented as object',
  ]))
