import { describe, expect, it } from 'vitest'
import {
  BTC_KEY,
  btc,
  eth,
  gateContext,
  gatePerp,
  gateSpot,
  inverse,
  payload,
  resultIn,
  resultOf,
  rowsOf,
} from '../../../test/support/gate.ts'
import { mapPerpTradeEvent, mapPerpTrades, mapSpotTradeEvent, mapSpotTrades } from './mapTrades.ts'

describe('spot trades', () => {
  it('are told by REST under the id of their market, in coins', () => {
    const mapped = mapSpotTrades(payload('spot-trade-rest'), gateSpot('BTC_USDT'))
    const at = 1548000000123
    const row = { at, knownAt: at, tradeId: '588018', price: 0.03, quantity: 0.15, takerBuy: true }
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)).toEqual([{ ...BTC_KEY, market: 'spot', ...row }])
  })

  it('are told by the socket under the same id', () => {
    const mapped = mapSpotTradeEvent(resultOf('spot-trade-socket'), gateContext)
    const at = 1606292218213
    const row = { at, knownAt: at, tradeId: '2390902', price: 0.4705, quantity: 16.47, takerBuy: false }
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)).toEqual([{ ...BTC_KEY, market: 'spot', instrument: 'GT_USDT', ...row }])
  })

  it('are one and the same record from REST and socket', () => {
    const rest = { id: '9', create_time: '1606292218', create_time_ms: '1606292218213.457800', side: 'sell' as const }
    const live = { id: 9, create_time: 1606292218, create_time_ms: '1606292218213.4578', side: 'sell' as const }
    const what = { amount: '16.47', price: '0.4705', currency_pair: 'GT_USDT' }
    const asked = mapSpotTrades([{ ...rest, ...what, sequence_id: '77' }], gateSpot('GT_USDT'))
    const sent = mapSpotTradeEvent({ ...live, ...what, id_market: 77, range: '77-77' }, gateContext)
    expect(rowsOf(asked)).toEqual(rowsOf(sent))
    expect(asked.rows).toHaveLength(1)
  })

  it('are not kept from a message that covers several ids, and that is told', () => {
    const result = { ...(resultOf('spot-trade-socket') as object), range: '2390900-2390902' }
    const { rows, faults } = mapSpotTradeEvent(result, gateContext)
    expect(rows).toEqual([])
    expect(faults).toMatchObject([{ what: 'not as documented', path: 'result.range' }])
  })

  it.each([
    ['spot-trade-rest-2021', (json: unknown) => mapSpotTrades(json, gateSpot('ADA_USDT')), '[0].sequence_id'],
    ['spot-trade-socket-2023', (json: unknown) => mapSpotTradeEvent(resultIn(json), gateContext), 'result.id_market'],
  ])('of %s, before markets had ids of their own, are refused', (name, map, path) => {
    const { rows, faults } = map(payload(name))
    expect(rows).toEqual([])
    expect(faults[0]).toMatchObject({ what: 'not as documented', path })
  })
})

describe('trades of contracts', () => {
  it('are told by REST in contracts, negative where the taker sold', () => {
    const mapped = mapPerpTrades(payload('perp-trade-rest'), btc)
    const at = 1514764800000
    const row = { at, knownAt: at, tradeId: '121234231', price: 100.123, quantity: 0.01, takerBuy: false }
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)).toEqual([{ ...BTC_KEY, ...row }])
  })

  it('have their time on REST in seconds with decimals', () => {
    const mapped = mapPerpTrades(payload('perp-trade-rest-2021'), gatePerp('ADA_USDT', { contractSize: 10 }))
    const at = 1634673380182
    const row = { at, knownAt: at, tradeId: '2522911', price: 2.10486, quantity: 20, takerBuy: true }
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)).toEqual([{ ...BTC_KEY, instrument: 'ADA_USDT', ...row }])
  })

  it('come from the socket in lists', () => {
    const mapped = mapPerpTradeEvent(resultOf('perp-trade-socket-2021'), gateContext)
    const at = 1614556850860
    const same = { ...BTC_KEY, at, knownAt: at, price: 45300, takerBuy: true }
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)).toEqual([
      { ...same, tradeId: '13654526', quantity: 0.0001 },
      { ...same, tradeId: '13654527', quantity: 0.2 },
      { ...same, tradeId: '13654528', quantity: expect.closeTo(0.0999, 12) },
    ])
  })

  it('are one and the same record from REST and socket', () => {
    const what = { id: 5, size: '-3', price: '2000', contract: 'ETH_USDT' }
    const asked = mapPerpTrades([{ ...what, create_time: 1774443183.399, create_time_ms: 1774443183.399 }], eth)
    const sent = mapPerpTradeEvent([{ ...what, create_time: 1774443183, create_time_ms: 1774443183399 }], gateContext)
    expect(rowsOf(asked)).toEqual(rowsOf(sent))
    expect(asked.rows).toHaveLength(1)
  })

  it('may have sizes with decimals', () => {
    const mapped = mapPerpTradeEvent(resultOf('perp-trade-socket-decimal'), gateContext)
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)).toMatchObject([{ instrument: 'ETH_USDT', quantity: 0.0025, takerBuy: false }])
  })

  it('are told where their size was cut to 0', () => {
    const { rows, faults } = mapPerpTrades(
      [{ id: 1, create_time: 1774443183, contract: 'X', size: 0, price: '1' }],
      btc,
    )
    expect(rows).toEqual([])
    expect(faults).toMatchObject([{ what: 'impossible', path: 'size' }])
  })

  it('are left out where the insurance fund or deleveraging took over', () => {
    expect(mapPerpTradeEvent(resultOf('perp-trade-socket'), gateContext)).toEqual({ rows: [], faults: [] })
  })

  it('of an inverse contract are in coins at their price', () => {
    const trade = { id: 1, create_time: 1774443183, contract: 'BTC_USD', size: '600', price: '60000' }
    expect(rowsOf(mapPerpTrades([trade], inverse))).toMatchObject([{ quantity: 0.01, takerBuy: true }])
  })
})
