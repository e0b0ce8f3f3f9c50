import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contextOf, made } from '../../../test/support/wire.ts'
import { trade } from '../../records/trade.ts'
import { decimalText } from './decimal.ts'
import { Mapping, readWire } from './readWire.ts'
import { excerptOf, sayPath } from './wireFault.ts'

const schema = z.strictObject({ p: decimalText(), inner: z.array(z.strictObject({ q: z.number() })) })
const good = { p: '1.5', inner: [{ q: 1 }] }
const row = {
  venue: 'okx',
  market: 'perp',
  instrument: 'X',
  at: 1,
  knownAt: 1,
  tradeId: '1',
  price: 1,
  quantity: 1,
  takerBuy: true,
}

describe('readWire', () => {
  it('reads what is documented', () => {
    expect(readWire(schema, good, 'trades')).toEqual({ value: { p: 1.5, inner: [{ q: 1 }] }, faults: [] })
  })

  it('leaves out a field that is not documented, wherever it stands, and tells of it', () => {
    const extended = { ...good, st: 1, inner: [{ q: 1, extra: 'x', more: 'y' }] }
    const { value, faults } = readWire(schema, extended, 'trades', ['data', 3])
    expect(value).toEqual({ p: 1.5, inner: [{ q: 1 }] })
    expect(faults).toMatchObject([
      { channel: 'trades', what: 'unknown field', path: 'data[3].inner[0].extra', raw: JSON.stringify(extended) },
      { what: 'unknown field', path: 'data[3].st' },
    ])
    expect(extended.st).toBe(1)
  })

  it('gives nothing where anything else differs, and tells of all of it', () => {
    const { value, faults } = readWire(schema, { p: 1.5, inner: [{ q: '1' }], st: 1 }, 'trades')
    expect(value).toBeUndefined()
    expect(faults.map(({ path, what }) => `${path} ${what}`)).toEqual([
      'p not as documented',
      'inner[0].q not as documented',
      'st unknown field',
    ])
  })

  it.each([undefined, null, 'text', 7, []])('reads nothing out of %j', (odd) => {
    const { value, faults } = readWire(schema, odd, 'trades')
    expect(value).toBeUndefined()
    expect(faults).toMatchObject([{ what: 'not as documented', path: '' }])
  })
})

describe('Mapping', () => {
  const context = contextOf('okx', [made('okx', { instrument: 'BTC-USDT-SWAP' })])

  it('costs no good element for a bad one', () => {
    const mapping = new Mapping('trades')
    for (const [i, p] of ['1', 'x', '2'].entries()) {
      mapping.read(z.strictObject({ p: decimalText() }), { p }, [i], ({ p: price }) =>
        mapping.keep(trade, { ...row, price }, p),
      )
    }
    const { rows, faults } = mapping.done()
    expect(rows.map((each) => [each.record.name, each.row['price']])).toEqual([
      ['trade', 1],
      ['trade', 2],
    ])
    expect(faults).toMatchObject([{ channel: 'trades', path: '[1].p' }])
  })

  it('keeps nothing that its own record refuses', () => {
    const mapping = new Mapping('trades')
    mapping.keep(trade, { ...row, price: -1, quantity: NaN }, { raw: true })
    expect(mapping.done()).toEqual({
      rows: [],
      faults: [
        {
          channel: 'trades',
          what: 'impossible',
          path: 'price',
          why: 'Too small: expected number to be >0',
          raw: '{"raw":true}',
        },
      ],
    })
  })

  it('knows an instrument, one that is left out, and one that is not listed', () => {
    const mapping = new Mapping('trades')
    const find = (name: string, of = context) => mapping.instrument(of, 'perp', { name, path: 's', raw: name })
    expect(find('BTC-USDT-SWAP')?.instrument).toBe('BTC-USDT-SWAP')
    expect(find('ETH-USDT-SWAP', { ...context, instrument: () => 'left out' })).toBeUndefined()
    expect(mapping.done().faults).toEqual([])
    expect(find('ETH-USDT-SWAP')).toBeUndefined()
    expect(mapping.done().faults).toMatchObject([{ what: 'unknown instrument', why: '"ETH-USDT-SWAP" is not listed' }])
  })

  it('takes over what was read elsewhere, and tells of answers of another form', () => {
    const [one, two] = [new Mapping('a'), new Mapping('b')]
    one.keep(trade, row, row)
    one.notDocumented('data', 'not a list', 7)
    two.add(one.done())
    expect(two.done().rows).toHaveLength(1)
    expect(two.done().faults).toEqual([
      { channel: 'a', what: 'not as documented', path: 'data', why: 'not a list', raw: '7' },
    ])
  })
})

describe('what a fault shows', () => {
  it('is a part of what came', () => {
    expect(excerptOf({ a: [1] })).toBe('{"a":[1]}')
    expect(excerptOf('text')).toBe('text')
    expect(excerptOf(undefined)).toBe('undefined')
    expect(excerptOf('x'.repeat(501))).toBe(`${'x'.repeat(500)}…`)
    expect(excerptOf('x'.repeat(500))).toHaveLength(500)
  })

  it('is where it stood', () => {
    expect(sayPath(['data', 3, 'price'])).toBe('data[3].price')
    expect(sayPath([3, 'o', 's'])).toBe('[3].o.s')
    expect(sayPath([])).toBe('')
  })
})
