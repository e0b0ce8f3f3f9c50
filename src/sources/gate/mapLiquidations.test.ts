import { describe, expect, it } from 'vitest'
import { BTC_KEY, btc, gateContext, payload, resultOf, rowsOf } from '../../../test/support/gate.ts'
import { mapLiquidationEvent, mapLiquidationOrders } from './mapLiquidations.ts'

describe('liquidations', () => {
  const at = 1548654951000

  it('of REST close the position that the order is against', () => {
    const mapped = mapLiquidationOrders(payload('perp-liquidation-rest'), btc)
    const side = { position: 'long', publishedSide: 'sell' }
    const closed = { ...side, price: 3405, published: 600, coins: expect.closeTo(0.06, 12) }
    const id = { liquidationId: `${at}/-600/3405/0`, convention: 'gate/liquidation/order-sampled' }
    const row = { at, knownAt: at, ...closed, quoteValue: expect.closeTo(204.3, 9), ...id }
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)).toEqual([{ ...BTC_KEY, ...row }])
  })

  it('of 2023 had no order, and close what the position was', () => {
    const mapped = mapLiquidationOrders(payload('perp-liquidation-rest-2023'), btc)
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)).toMatchObject([{ at: 1696736132000, position: 'short', price: 28225, published: 165 }])
  })

  it('of the socket name the order: one that sells closed a long', () => {
    const mapped = mapLiquidationEvent(resultOf('perp-liquidation-socket'), gateContext)
    const second = 1541486601000
    const same = {
      ...BTC_KEY,
      at: second,
      knownAt: second,
      position: 'long',
      publishedSide: 'sell',
      convention: 'gate/liquidation/order-sampled',
    }
    const coins = [124.5 * 0.0001, 10.5 * 0.0001] as const
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)).toEqual([
      {
        ...same,
        liquidationId: `${second}/-124.5/215.1/0`,
        price: 215.1,
        published: 124.5,
        coins: expect.closeTo(coins[0], 12),
        quoteValue: expect.closeTo(coins[0] * 215.1, 12),
      },
      {
        ...same,
        liquidationId: `${second}/-10.5/215.2/0`,
        price: 215.2,
        published: 10.5,
        coins: expect.closeTo(coins[1], 12),
        quoteValue: expect.closeTo(coins[1] * 215.2, 12),
      },
    ])
  })

  it.each(['perp-liquidation-socket-2025', 'perp-liquidation-socket-integer'])('of %s are read alike', (name) => {
    const mapped = mapLiquidationEvent(resultOf(name), gateContext)
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)[0]).toMatchObject({ at: 1541486601000, position: 'long', price: 215.1, published: 124 })
  })

  it('are one and the same record from REST and socket', () => {
    const time = 1790000000
    const rest = { time, contract: 'BTC_USDT', size: '7', order_size: '-7', order_price: '60000', left: '0' }
    const live = { contract: 'BTC_USDT', size: '-7', price: '60000', time: time * 1000 + 250 }
    const asked = mapLiquidationOrders(
      [
        { ...rest, fill_price: '60010' },
        { ...rest, fill_price: '60020' },
      ],
      btc,
    )
    const sent = mapLiquidationEvent([live, { ...live, time: live.time + 300 }], gateContext)
    expect(rowsOf(asked)).toEqual(rowsOf(sent))
    expect(asked.rows.map(({ row }) => row['liquidationId'])).toEqual([
      `${time}000/-7/60000/0`,
      `${time}000/-7/60000/1`,
    ])
    expect(asked.rows[0]?.row['convention']).toBe('gate/liquidation/order')
  })

  it('whose order has the side of the position are told', () => {
    const [row] = payload('perp-liquidation-rest') as [object]
    const { rows, faults } = mapLiquidationOrders([{ ...row, order_size: '600' }], btc)
    expect(rows).toEqual([])
    expect(faults).toMatchObject([{ what: 'impossible', path: '[0].order_size' }])
  })

  it('of the inverse contract are in coins at the price of the order', () => {
    const event = { contract: 'BTC_USD', size: 3000, price: 60000, time_ms: 1790000000123 }
    const [row] = rowsOf(mapLiquidationEvent([event], gateContext))
    expect(row).toMatchObject({ position: 'short', publishedSide: 'buy', coins: 0.05, quoteValue: 3000 })
  })
})
