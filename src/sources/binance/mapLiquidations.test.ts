import { describe, expect, it } from 'vitest'
import { contextOf, fixture, fuzz, made } from '../../../test/support/wire.ts'
import { mapForceOrder } from './mapLiquidations.ts'

const btc = made('binance')
const context = contextOf('binance', [btc])
const series = { venue: 'binance', market: 'perp', instrument: 'BTCUSDT' }
const convention = 'binance/liquidation/last-of-a-second'
const read = (name: string) => mapForceOrder(fixture('binance', name).payload, context)

describe('mapForceOrder', () => {
  it('reads a sell as a long that was closed, at its average fill and not at its limit', () => {
    const { rows, faults } = read('perp-liquidation-socket-captured-long')
    expect(faults).toEqual([])
    expect(rows.map(({ record, row }) => [record.name, row])).toEqual([
      [
        'liquidation',
        {
          ...series,
          at: 1_695_714_031_881,
          knownAt: 1_695_714_031_881,
          liquidationId: '1695714031881/SELL/0.115/26245.1',
          position: 'long',
          publishedSide: 'sell',
          price: 26_245.1,
          published: 0.115,
          coins: 0.115,
          quoteValue: expect.closeTo(3_018.1865, 9) as number,
          convention,
        },
      ],
    ])
  })

  it('reads a buy as a short', () => {
    const { rows, faults } = read('perp-liquidation-socket-captured')
    expect(faults).toEqual([])
    expect(rows[0]?.row).toMatchObject({ position: 'short', publishedSide: 'buy', price: 34_959.7, coins: 1.437 })
  })

  it.each(['perp-liquidation-socket', 'perp-liquidation-socket-all'])('reads the documented message: %s', (name) => {
    const { rows, faults } = read(name)
    expect(faults).toEqual([])
    expect(rows[0]?.row).toMatchObject({ position: 'long', price: 9_910, published: 0.014, quoteValue: 138.74 })
  })

  it('leaves COIN-M out, whose quantity is in contracts of dollars', () => {
    const coinM = { ...(fixture('binance', 'cm-liquidation-socket').payload as object), st: 2, ps: 'BTCUSD' }
    expect(mapForceOrder(coinM, context)).toEqual({ rows: [], faults: [] })
  })

  it('tells of one from before the streams were joined as not listed', () => {
    expect(read('cm-liquidation-socket')).toMatchObject({ rows: [], faults: [{ what: 'unknown instrument' }] })
  })

  it('counts coins where there are a thousand in a unit', () => {
    const pepe = made('binance', { instrument: 'BTCUSDT', asset: 'PEPE', multiplier: 1_000 })
    const { payload } = fixture('binance', 'perp-liquidation-socket')
    expect(mapForceOrder(payload, contextOf('binance', [pepe])).rows[0]?.row).toMatchObject({
      published: 0.014,
      coins: 14,
      price: 9.91,
      quoteValue: expect.closeTo(138.74, 9) as number,
    })
  })

  it('counts what is filled, and keeps nothing of an order of which nothing is', () => {
    const { payload } = fixture('binance', 'perp-liquidation-socket')
    const changed = (fields: object) => {
      const event = payload as { o: object }
      return mapForceOrder({ ...event, o: { ...event.o, ...fields } }, context)
    }
    const part = changed({ X: 'PARTIALLY_FILLED', z: '0.004' })
    expect(part.rows[0]?.row).toMatchObject({ published: 0.004, quoteValue: expect.closeTo(39.64, 9) as number })
    expect(changed({ X: 'NEW', z: '0', ap: '0' })).toMatchObject({ rows: [], faults: [{ what: 'impossible' }] })
    expect(changed({ ap: '-1' })).toMatchObject({ rows: [], faults: [{ what: 'impossible', path: 'price' }] })
  })

  it('gives the same message the same id, and another order another one', () => {
    const id = (name: string) => read(name).rows[0]?.row['liquidationId']
    expect(id('perp-liquidation-socket')).toBe(id('perp-liquidation-socket-all'))
    expect(id('perp-liquidation-socket')).not.toBe(id('perp-liquidation-socket-captured'))
  })

  it.each(['perp-liquidation-socket', 'perp-liquidation-socket-all', 'cm-liquidation-socket'])(
    'keeps nothing unsound of a damaged message: %s',
    (name) => fuzz(fixture('binance', name).payload, (json) => mapForceOrder(json, context)),
  )
})
