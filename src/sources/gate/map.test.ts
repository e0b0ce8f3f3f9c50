import { describe, expect, it } from 'vitest'
import { LATER, btc, gateContext, gateSpot, inverse, payload, resultIn } from '../../../test/support/gate.ts'
import { fixtureNames, fuzz } from '../../../test/support/wire.ts'
import type { Mapped } from '../source.ts'
import { mapPerpCandles, mapSpotCandles } from './mapCandles.ts'
import { mapContracts } from './mapContracts.ts'
import { mapFundingPaid } from './mapFunding.ts'
import { mapLiquidationEvent, mapLiquidationOrders } from './mapLiquidations.ts'
import { mapOpenInterestHistory, mapPositioning } from './mapStats.ts'
import { mapPerpTickers, mapSpotTickers } from './mapTickers.ts'
import { mapPerpTradeEvent, mapPerpTrades, mapSpotTradeEvent, mapSpotTrades } from './mapTrades.ts'

describe('whatever comes in', () => {
  const grid = { interval: '5m', now: LATER } as const
  const maps: readonly (readonly [string, (json: unknown) => Mapped])[] = [
    ['spot-trade-rest', (json) => mapSpotTrades(json, gateSpot('BTC_USDT'))],
    ['spot-trade-socket', (json) => mapSpotTradeEvent(resultIn(json), gateContext)],
    ['perp-trade-rest', (json) => mapPerpTrades(json, btc)],
    ['perp-trade-rest-2021', (json) => mapPerpTrades(json, inverse)],
    ['perp-trade-socket-2021', (json) => mapPerpTradeEvent(resultIn(json), gateContext)],
    ['perp-trade-socket-decimal', (json) => mapPerpTradeEvent(resultIn(json), gateContext)],
    ['spot-candle-rest-2024', (json) => mapSpotCandles(json, gateSpot('BTC_USDT'), '1m', LATER)],
    ['perp-candle-rest', (json) => mapPerpCandles(json, btc, '1m', LATER)],
    ['perp-candle-rest', (json) => mapPerpCandles(json, inverse, '1h', LATER)],
    ['perp-openInterest-history', (json) => mapOpenInterestHistory(json, btc, grid)],
    ['perp-openInterest-history-2023', (json) => mapOpenInterestHistory(json, inverse, grid)],
    ['perp-openInterest-history', (json) => mapPositioning(json, btc, grid)],
    ['perp-funding-rest', (json) => mapFundingPaid(json, btc)],
    ['perp-instrument-rest', (json) => mapContracts(json, gateContext)],
    ['inverse-instrument-rest', (json) => mapContracts(json, gateContext)],
    ['spot-ticker-rest', (json) => mapSpotTickers(json, gateContext)],
    ['perp-ticker-rest', (json) => mapPerpTickers(json, gateContext)],
    ['perp-liquidation-rest', (json) => mapLiquidationOrders(json, btc)],
    ['perp-liquidation-socket', (json) => mapLiquidationEvent(resultIn(json), gateContext)],
    ['perp-liquidation-socket-2025', (json) => mapLiquidationEvent(resultIn(json), gateContext)],
  ]

  it.each(maps)('nothing unsound is kept of %s', (name, map) => {
    fuzz(payload(name), map)
  })

  it.each(maps)('an answer to another question than %s keeps nothing', (_, map) => {
    const names = fixtureNames('gate').filter((name) => name.startsWith('error-'))
    for (const name of names) {
      const mapped = map(payload(name) ?? {})
      expect(mapped.rows).toEqual([])
      expect(mapped.faults).not.toEqual([])
    }
  })
})
