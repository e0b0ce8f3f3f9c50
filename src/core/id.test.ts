import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BadIdError, formatId, parseId, type Id, type IdArg } from './id.ts'

const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/)
const date = fc.constantFrom('2025-04-01', '1970-01-01', '24h', '30d', '15m')
const number = fc.oneof(
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)

const { id } = fc.letrec<{ id: Id; arg: IdArg }>((tie) => ({
  id: fc
    .record({
      name: word,
      args: fc.array(tie('arg'), { maxLength: 3 }),
      named: fc.dictionary(word, tie('arg'), { maxKeys: 2, noNullPrototype: true }),
      output: fc.option(word, { nil: undefined }),
    })
    .map(({ output, ...rest }) => (output === undefined ? rest : { ...rest, output })),
  arg: fc.oneof({ depthSize: 'small', withCrossShrink: true }, number, word, date, tie('id')),
}))

describe('parseId', () => {
  it('reads a bare name', () => {
    expect(parseId('rsi')).toEqual({ name: 'rsi', args: [], named: {} })
    expect(parseId('  rsi ( )  ')).toEqual({ name: 'rsi', args: [], named: {} })
  })

  it('reads numbers, words, dates and durations by place and by name', () => {
    expect(parseId('volume(24h, futures, unit=quote)')).toEqual({
      name: 'volume',
      args: ['24h', 'futures'],
      named: { unit: 'quote' },
    })
    expect(parseId('low_since(mvrv,2025-04-01)').args).toEqual(['mvrv', '2025-04-01'])
    expect(parseId('x(1, -2.5, .5, 1.2e-7)').args).toEqual([1, -2.5, 0.5, 1.2e-7])
  })

  it('reads an id inside an id, with its output', () => {
    const parsed = parseId('change(volume(24h, futures), 24h)')
    expect(parsed.args[0]).toEqual({ name: 'volume', args: ['24h', 'futures'], named: {} })
    expect(parseId('mean(macd(12, 26, 9).line, 2025-04-01, 2025-04-22)').args[0]).toMatchObject({ output: 'line' })
  })

  it('reads an output, of a bare name too', () => {
    expect(parseId('macd.line')).toMatchObject({ name: 'macd', output: 'line' })
    expect(parseId('ema_break_confirmed(20).strong')).toMatchObject({ args: [20], output: 'strong' })
  })

  it.each([
    ['', 'unexpected end'],
    ['rsi(', 'unexpected end'],
    ['rsi(14', 'unexpected end'],
    ['rsi(14))', 'unexpected ")" at 8'],
    ['rsi 14', 'unexpected "1" at 5'],
    ['rsi(,)', 'unexpected "," at 5'],
    ['14', 'unexpected "1" at 1'],
    ['rsi(14).', 'unexpected end'],
    ['macd.line.x', 'unexpected "." at 10'],
    ['rsi;drop', 'unexpected ";" at 4'],
  ])('refuses "%s": %s', (text, why) => {
    expect(() => parseId(text)).toThrow(BadIdError)
    expect(() => parseId(text)).toThrow(why)
  })
})

describe('an argument named twice', () => {
  it('is an error, outside and inside', () => {
    expect(() => parseId('rsi(n=5, n=6)')).toThrow('"rsi(n=5, n=6)" gives "n" twice')
    expect(() => parseId('change(rsi(n=5, n=5), 24h)')).toThrow('gives "n" twice')
    expect(parseId('change(rsi(n=5), n=5)').named).toEqual({ n: 5 })
  })
})

describe('formatId', () => {
  it('spells canonically', () => {
    expect(formatId(parseId('low_since( mvrv,2025-04-01 )'))).toBe('low_since(mvrv, 2025-04-01)')
    expect(formatId(parseId('rsi()'))).toBe('rsi')
    expect(formatId(parseId('x( n = 3 , 4 ).y'))).toBe('x(4, n=3).y')
  })

  it('gives back what was parsed, for any id', () => {
    fc.assert(fc.property(id, (made) => void expect(parseId(formatId(made))).toEqual(nameless(made))))
  })

  it('is its own canonical form', () => {
    fc.assert(fc.property(id, (made) => void expect(formatId(parseId(formatId(made)))).toBe(formatId(made))))
  })
})

/** What text cannot tell apart: a nested id without brackets is a word, and −0 is 0. */
function nameless(made: Id): Id {
  const arg = (value: IdArg): IdArg => {
    if (typeof value === 'number') return value + 0
    if (typeof value === 'string') return value
    const plain = value.args.length === 0 && Object.keys(value.named).length === 0
    return plain ? formatId(value) : nameless(value)
  }
  const named = Object.fromEntries(Object.entries(made.named).map(([name, value]) => [name, arg(value)]))
  return { ...made, args: made.args.map(arg), named }
}
