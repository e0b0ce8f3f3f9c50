import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { damaged, fixture } from '../../../test/support/wire.ts'
import { trade } from '../../records/trade.ts'
import * as binance from '../binance/wire.ts'
import { quick, quickReader } from './quick.ts'

describe('a quick reader', () => {
  const read = quickReader<{ s: string; p: number; m?: boolean }>(
    { s: quick.text, p: quick.decimal },
    { m: quick.flag },
  )

  it('reads what is documented', () => {
    expect(read({ s: 'BTCUSDT', p: '1.5' })).toEqual({ s: 'BTCUSDT', p: 1.5 })
    expect(read({ s: 'BTCUSDT', p: '1.5', m: false })).toEqual({ s: 'BTCUSDT', p: 1.5, m: false })
  })

  it('leaves everything else to the schema', () => {
    const others = [
      null,
      [],
      'text',
      {},
      { s: 'BTCUSDT' },
      { s: 'A', p: 1.5 },
      { s: 'A', p: '1', z: 1 },
      { s: 'A', p: '1e999' },
    ]
    for (const other of others) expect(read(other)).toBeUndefined()
  })
})

it.each(['spot-trade-socket', 'perp-trade-socket'])(
  'says of a trade what its schema says, however it is damaged: %s',
  (name) => {
    const { payload } = fixture('binance', name)
    const { quick: read, schema } = binance.AGG_TRADE_EVENT
    expect(read(payload)).toEqual(schema.parse(payload))
    fc.assert(
      fc.property(damaged(payload), (json) => {
        const found = read(json)
        const { success, data } = schema.safeParse(json)
        if (found !== undefined) expect({ success, data }).toEqual({ success: true, data: found })
      }),
      { numRuns: 500 },
    )
  },
)

it('finds a trade sound only where its schema does', () => {
  const row = {
    venue: 'binance',
    market: 'perp',
    instrument: 'BTCUSDT',
    at: 1,
    knownAt: 1,
    tradeId: '1',
    price: 1,
    quantity: 1,
    takerBuy: true,
  }
  expect(trade.isSound(row)).toBe(true)
  fc.assert(
    fc.property(damaged(row), (each) => {
      const is = each as Record<string, unknown>
      if (trade.isSound(is)) expect(trade.schema.safeParse(is).success).toBe(true)
    }),
    { numRuns: 500 },
  )
})
