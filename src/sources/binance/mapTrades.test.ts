import { describe, expect, it } from 'vitest'
import { contextOf, fixture, fuzz, made } from '../../../test/support/wire.ts'
import { mapAggTradeEvent, mapAggTrades } from './mapTrades.ts'

const perp = made('binance')
const bnbPerp = made('binance', { instrument: 'BNBUSDT', asset: 'BNB' })
const bnbSpot = made('binance', { market: 'spot', instrument: 'BNBBTC', asset: 'BNB', quote: 'BTC', contract: 'none' })
const context = contextOf('binance', [perp, bnbPerp, bnbSpot])

const documented = {
  at: 1_498_793_709_153,
  knownAt: 1_498_793_709_153,
  tradeId: '26129',
  price: 0.01633102,
  quantity: 4.70443515,
  takerBuy: false,
}

describe('mapAggTrades', () => {
  it.each([
    ['spot-trade-rest', bnbSpot],
    ['perp-trade-rest', perp],
  ] as const)('reads %s: m says that the buyer was the maker, so the taker sold', (name, is) => {
    const { rows, faults } = mapAggTrades(fixture('binance', name).payload, is)
    const { venue, market, instrument } = is
    expect(faults).toEqual([])
    expect(rows.map(({ record, row }) => [record.name, row])).toEqual([
      ['trade', { venue, market, instrument, ...documented }],
    ])
  })

  it('reads the other side, and rows from before RPI was told apart', () => {
    const [row] = fixture('binance', 'perp-trade-rest').payload as Record<string, unknown>[]
    const { nq: _, ...older } = row!
    const { rows, faults } = mapAggTrades([{ ...older, m: false }], perp)
    expect(faults).toEqual([])
    expect(rows[0]?.row).toMatchObject({ takerBuy: true, quantity: 4.70443515 })
  })

  it('counts units of the instrument, whatever coins are in one', () => {
    const thousand = made('binance', { instrument: '1000PEPEUSDT', asset: 'PEPE', multiplier: 1_000 })
    const { rows } = mapAggTrades(fixture('binance', 'perp-trade-rest').payload, thousand)
    expect(rows[0]?.row).toMatchObject({ quantity: 4.70443515, price: 0.01633102 })
  })

  it('keeps nothing with a price or quantity that cannot be', () => {
    const [row] = fixture('binance', 'perp-trade-rest').payload as Record<string, unknown>[]
    const wrong = [{ p: '-1' }, { q: '0' }, { p: 0.5 }, { T: '1498793709153' }, { a: 1.5 }, { m: 'true' }]
    const { rows, faults } = mapAggTrades(
      wrong.map((each) => ({ ...row, ...each })),
      perp,
    )
    expect(rows).toEqual([])
    expect(faults.map(({ what, path }) => `${path} ${what}`)).toEqual([
      'price impossible',
      'quantity impossible',
      '[2].p not as documented',
      '[3].T not as documented',
      '[4].a not as documented',
      '[5].m not as documented',
    ])
  })

  it.each(['spot-trade-rest', 'perp-trade-rest'])('keeps nothing unsound of a damaged answer: %s', (name) => {
    fuzz(fixture('binance', name).payload, (json) => mapAggTrades(json, perp))
  })
})

describe('mapAggTradeEvent', () => {
  it('reads a message of spot', () => {
    const { rows, faults } = mapAggTradeEvent(fixture('binance', 'spot-trade-socket').payload, 'spot', context)
    expect(faults).toEqual([])
    expect(rows.map(({ row }) => row)).toEqual([
      {
        venue: 'binance',
        market: 'spot',
        instrument: 'BNBBTC',
        at: 1_672_515_782_136,
        knownAt: 1_672_515_782_136,
        tradeId: '12345',
        price: 0.001,
        quantity: 100,
        takerBuy: false,
      },
    ])
  })

  it('reads a message of futures, with what came later: nq and st', () => {
    const { rows, faults } = mapAggTradeEvent(fixture('binance', 'perp-trade-socket').payload, 'perp', context)
    expect(faults).toEqual([])
    expect(rows.map(({ row }) => row)).toMatchObject([
      { instrument: 'BNBUSDT', at: 123_456_785, tradeId: '5933014', price: 0.001, quantity: 100, takerBuy: false },
    ])
  })

  it('has the id that an answer has', () => {
    const event = fixture('binance', 'perp-trade-socket').payload as Record<string, unknown>
    const { e: _, E: __, s: ___, st: ____, ...answered } = event
    const live = mapAggTradeEvent(event, 'perp', context)
    expect(live.rows).toEqual(mapAggTrades([answered], bnbPerp).rows)
  })

  it('leaves COIN-M out', () => {
    const event = { ...(fixture('binance', 'perp-trade-socket').payload as object), st: 2 }
    expect(mapAggTradeEvent(event, 'perp', context)).toEqual({ rows: [], faults: [] })
  })

  it.each([
    ['spot-trade-socket', 'spot'],
    ['perp-trade-socket', 'perp'],
  ] as const)('keeps nothing unsound of a damaged message: %s', (name, market) => {
    fuzz(fixture('binance', name).payload, (json) => mapAggTradeEvent(json, market, context))
  })
})
