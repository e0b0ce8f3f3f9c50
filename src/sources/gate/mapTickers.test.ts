import { describe, expect, it } from 'vitest'
import { BTC_KEY, LATER, gateContext, payload, rowsOf } from '../../../test/support/gate.ts'
import { contextOf } from '../../../test/support/wire.ts'
import { mapPerpTickers, mapSpotTickers } from './mapTickers.ts'

describe('tickers', () => {
  const now = { at: LATER, knownAt: LATER }

  it('of spot are in coins and quote', () => {
    const mapped = mapSpotTickers(payload('spot-ticker-rest'), gateContext)
    const quotes = { last: 2.46140352, bid: 2.4606821, ask: 2.477 }
    const traded = { volume24h: 656614.0845820589, quoteVolume24h: 1602221.6646837553 }
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)).toEqual([
      { ...BTC_KEY, market: 'spot', instrument: 'BTC3L_USDT', ...now, ...quotes, ...traded },
    ])
  })

  it('of contracts have their volume made of contracts', () => {
    const mapped = mapPerpTickers(payload('perp-ticker-rest'), gateContext)
    const shown = { last: 6432, mark: 6534, index: 6531, bid: 34089.7, ask: 34217.9 }
    const traded = { volume24h: expect.closeTo(18404023.3284, 6), quoteVolume24h: 184040233284 }
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)).toEqual([{ ...BTC_KEY, ...now, ...shown, ...traded }])
  })

  it('leave open what is "nan" or empty, and leave out what never traded', () => {
    const [row] = payload('spot-ticker-rest') as [object]
    const odd = { ...row, base_volume: 'nan', quote_volume: '', lowest_ask: '', highest_bid: '0' }
    expect(rowsOf(mapSpotTickers([odd], gateContext))).toEqual([
      { ...BTC_KEY, market: 'spot', instrument: 'BTC3L_USDT', ...now, last: 2.46140352 },
    ])
    expect(
      mapSpotTickers(
        [
          { ...row, last: '' },
          { ...row, last: '0' },
        ],
        gateContext,
      ),
    ).toEqual({ rows: [], faults: [] })
  })

  it('of a pair that is not listed are told', () => {
    const { faults } = mapSpotTickers(payload('spot-ticker-rest'), contextOf('gate', []))
    expect(faults).toMatchObject([{ what: 'unknown instrument', path: '[0].currency_pair' }])
  })
})
