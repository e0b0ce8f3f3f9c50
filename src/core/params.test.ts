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
