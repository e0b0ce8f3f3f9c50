import { describe, expect, it } from 'vitest'
import { parseId } from './id.ts'
import { BadParamError, bindParams, canonicalId, numberParam, type ParamSpec } from './params.ts'

const PRICE: readonly ParamSpec[] = [{ name: 'price', kind: 'number', optional: true }]
const TWO: readonly ParamSpec[] = [...PRICE, { name: 'n', kind: 'count', default: 14 }]

const canonical = (specs: readonly ParamSpec[], text: string): string => {
  const id = parseId(text)
  return canonicalId(id.name, specs, bindParams(specs, id))
}

describe('an optional parameter', () => {
  it('is bound where it is given', () => {
    expect(bindParams(PRICE, parseId('level_rejected(1650)'))).toEqual({ price: 1650 })
    expect(bindParams(PRICE, parseId('level_rejected(price=1650)'))).toEqual({ price: 1650 })
  })

  it('is absent where it is left out, and reads as NaN', () => {
    const params = bindParams(PRICE, parseId('level_break'))
    expect(params).toEqual({})
    expect(numberParam(params, 'price')).toBeNaN()
  })

  it('prints canonically with and without it', () => {
    expect(canonical(PRICE, 'level_rejected( price = 1650 )')).toBe('level_rejected(1650)')
    expect(canonical(PRICE, 'level_break()')).toBe('level_break')
  })

  it('leaves what follows it to be printed by name, so that the text reads back the same', () => {
    expect(canonical(TWO, 'x')).toBe('x(n=14)')
    expect(canonical(TWO, 'x(1650, 20)')).toBe('x(1650, 20)')
    expect(canonical(TWO, canonical(TWO, 'x(n=20)'))).toBe('x(n=20)')
  })

  it('still refuses a value of the wrong kind', () => {
    expect(() => bindParams(PRICE, parseId('level_break(high)'))).toThrow(BadParamError)
  })
})

const ALL: readonly ParamSpec[] = [
  { name: 'n', kind: 'count', min: 2 },
  { name: 'x', kind: 'number', default: 1.5 },
  { name: 'since', kind: 'date', default: '2025-04-01' },
  { name: 'window', kind: 'duration', default: '24h' },
  { name: 'side', kind: 'word', default: 'spot', choices: ['spot', 'futures'] },
  { name: 'of', kind: 'metric', default: 'close' },
]

const bind = (text: string) => bindParams(ALL, parseId(text))

describe('bindParams', () => {
  it('fills defaults in, in declared order', () => {
    expect(Object.entries(bind('m(3)'))).toEqual([
      ['n', 3],
      ['x', 1.5],
      ['since', '2025-04-01'],
      ['window', '24h'],
      ['side', 'spot'],
      ['of', 'close'],
    ])
  })

  it('binds by place and by name, and spells a metric inside canonically', () => {
    expect(bind('m(3, 2, side=futures, of=macd( 12,26,9 ).line)')).toMatchObject({
      n: 3,
      x: 2,
      side: 'futures',
      of: 'macd(12, 26, 9).line',
    })
  })

  it.each([
    ['m', 'needs "n"'],
    ['m(1)', 'a whole number from 2, not "1"'],
    ['m(2.5)', 'a whole number from 2, not "2.5"'],
    ['m(x)', 'not "x"'],
    ['m(3, high)', '"x" must be a number'],
    ['m(3, 1, 2025-4-1)', 'a date like 2025-04-01'],
    ['m(3, window=24)', 'a duration like 24h'],
    ['m(3, window=0h)', 'a duration like 24h'],
    ['m(3, side=perp)', 'one of spot, futures'],
    ['m(3, of=4)', '"of" must be a metric'],
    ['m(3, n=4)', 'gives "n" twice'],
    ['m(3, y=4)', 'has no parameter "y"'],
    ['m(3, 1, 2025-04-01, 24h, spot, close, 7)', 'takes at most 6 parameters'],
  ])('refuses %s: %s', (text, why) => {
    expect(() => bind(text)).toThrow(BadParamError)
    expect(() => bind(text)).toThrow(why)
  })

  it('says which parameters there are', () => {
    expect(() => bind('m')).toThrow(
      expect.objectContaining({
        hint: 'parameters: n, x=1.5, since=2025-04-01, window=24h, side=spot, of=close',
      }),
    )
    expect(() => bindParams([], parseId('m(1)'))).toThrow(expect.objectContaining({ hint: 'it takes no parameters' }))
  })
})
