import { describe, expect, it } from 'vitest'
import { BTC_KEY, LATER, btc, gateSpot, inverse, payload, rowsOf } from '../../../test/support/gate.ts'
import { instant } from '../../core/instant.ts'
import type { Mapped } from '../source.ts'
import { mapPerpCandles, mapSpotCandles } from './mapCandles.ts'

describe('candles', () => {
  it('of spot have their columns in the venue’s order', () => {
    const mapped = mapSpotCandles(payload('spot-candle-rest-2024'), gateSpot('BTC_USDT'), '1m', LATER)
    const prices = { open: 67715.1, high: 67839.9, low: 67715, close: 67772.5 }
    const row = { at: 1717246800000, knownAt: 1717246860000, volume: 17.0779, quoteVolume: 1157762.868212 }
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)).toEqual([{ ...BTC_KEY, market: 'spot', interval: '1m', ...row, ...prices }])
  })

  it('of spot without their volume, as in the documents’ example, are refused', () => {
    const { rows, faults } = mapSpotCandles(payload('spot-candle-rest'), gateSpot('BTC_USDT'), '1m', LATER)
    expect(rows).toEqual([])
    expect(faults).not.toEqual([])
  })

  it('of spot are left out while they are open, and told where they are over and yet open', () => {
    const [row] = payload('spot-candle-rest-2024') as [string[]]
    const open = [[...row.slice(0, 7), 'false']]
    const map = (now: number): Mapped => mapSpotCandles(open, gateSpot('BTC_USDT'), '1m', instant(now))
    expect(map(1717246859999)).toEqual({ rows: [], faults: [] })
    expect(map(1717246860000)).toMatchObject({ rows: [], faults: [{ what: 'impossible', path: '[0][7]' }] })
  })

  it('of linear contracts have coins made of contracts', () => {
    const mapped = mapPerpCandles(payload('perp-candle-rest'), btc, '1m', LATER)
    const prices = { open: 1.032, high: 1.032, low: 1.032, close: 1.032 }
    const row = { at: 1539852480000, knownAt: 1539852540000, volume: expect.closeTo(9.7151, 12), quoteVolume: 3580 }
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)).toEqual([{ ...BTC_KEY, interval: '1m', ...row, ...prices }])
  })

  it('of contracts are left out while they are open', () => {
    const map = (now: number): Mapped => mapPerpCandles(payload('perp-candle-rest'), btc, '1m', instant(now))
    expect(map(1539852539999)).toEqual({ rows: [], faults: [] })
    expect(map(1539852540000).rows).toHaveLength(1)
  })

  it('of the inverse contract have coins made at the middle of the bar, and dollars', () => {
    const bar = { t: 1539852480, o: '49000', h: '60000', l: '40000', c: '51000', v: '100000', sum: '1' }
    expect(rowsOf(mapPerpCandles([bar], inverse, '1h', LATER))).toMatchObject([{ volume: 2, quoteVolume: 100000 }])
  })

  it('of a mark price are no candles of trades', () => {
    const { rows, faults } = mapPerpCandles(payload('perp-candle-rest-mark'), btc, '1d', LATER)
    expect(rows).toEqual([])
    expect(faults.map(({ path }) => path)).toEqual(['[0].v', '[0].sum'])
  })
})
