import { describe, expect, it } from 'vitest'
import { contextOf, fixture, fuzz, made } from '../../../test/support/wire.ts'
import { mapTickers } from './mapTickers.ts'

const btc = made('binance')
const bnb = made('binance', { market: 'spot', instrument: 'BNBBTC', contract: 'none' })
const context = contextOf('binance', [btc, bnb])
const documented = {
  at: 1_499_869_899_040,
  knownAt: 1_499_869_899_040,
  last: 4.000002,
  volume24h: 8_913.3,
  quoteVolume24h: 15.3,
}

describe('mapTickers', () => {
  it('reads the documented list of spot, at the end of the 24 hours', () => {
    const { rows, faults } = mapTickers(fixture('binance', 'spot-ticker-rest-all').payload, 'spot', context)
    expect(faults).toEqual([])
    expect(rows.map(({ record, row }) => [record.name, row])).toEqual([
      ['ticker', { venue: 'binance', market: 'spot', instrument: 'BNBBTC', bid: 4, ask: 4.000002, ...documented }],
    ])
  })

  it('reads the one of futures, which has no bid and ask', () => {
    const { rows, faults } = mapTickers([fixture('binance', 'perp-ticker-rest').payload], 'perp', context)
    expect(faults).toEqual([])
    expect(rows.map(({ row }) => row)).toEqual([
      { venue: 'binance', market: 'perp', instrument: 'BTCUSDT', ...documented },
    ])
  })

  it('reads the one of spot alone as the same', () => {
    const one = mapTickers([fixture('binance', 'spot-ticker-rest').payload], 'spot', context)
    expect(one).toEqual(mapTickers(fixture('binance', 'spot-ticker-rest-all').payload, 'spot', context))
  })

  it('takes 0 for none', () => {
    const [row] = fixture('binance', 'spot-ticker-rest-all').payload as Record<string, unknown>[]
    const read = (more: object) => mapTickers([{ ...row, ...more }], 'spot', context)
    expect(read({ lastPrice: '0.00000000' })).toEqual({ rows: [], faults: [] })
    expect(read({ bidPrice: '0.00000000' }).rows[0]?.row).not.toHaveProperty('bid')
    expect(read({ lastPrice: '-4' })).toMatchObject({ rows: [], faults: [{ what: 'impossible', path: 'last' }] })
    expect(read({ askPrice: '-4' })).toMatchObject({ rows: [], faults: [{ what: 'impossible', path: 'ask' }] })
  })

  it('passes over contracts with a date', () => {
    const dated = { ...(fixture('binance', 'perp-ticker-rest').payload as object), symbol: 'ETHUSDT_230331' }
    expect(mapTickers([dated], 'perp', context)).toEqual({ rows: [], faults: [] })
  })

  it.each([
    ['spot-ticker-rest', 'spot'],
    ['perp-ticker-rest', 'perp'],
  ] as const)('keeps nothing unsound of a damaged answer: %s', (name, market) => {
    fuzz([fixture('binance', name).payload], (json) => mapTickers(json, market, context))
  })
})
