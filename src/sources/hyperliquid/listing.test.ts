import { assert, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { damaged, fixture } from '../../../test/support/wire.ts'
import { mapListing } from './listing.ts'

const live = fixture('hyperliquid', 'perp-ticker-rest-live').payload

describe('mapListing', () => {
  it('lists what trades, with its turnover, and passes over what was delisted', () => {
    const { listed, faults } = mapListing(live)
    expect(faults).toEqual([])
    expect(listed.map(({ ticker }) => ticker)).toEqual(['BTC', 'ETH', 'HPOS'])
    expect(listed[0]).toEqual({
      instrument: {
        venue: 'hyperliquid',
        market: 'perp',
        instrument: 'BTC',
        quote: 'USDC',
        contract: 'linear',
        fundingHours: 1,
      },
      ticker: 'BTC',
      quoteVolume24h: 1820651593.0427697,
    })
  })

  it.each(['perp-instruments-rest', 'perp-instruments-rest-live'])(
    'reads the names of %s, which has no contexts',
    (name) => {
      const { listed, faults } = mapListing([fixture('hyperliquid', name).payload, []])
      expect(listed.map(({ ticker }) => ticker)).toEqual(['BTC', 'ETH', 'HPOS'])
      expect(listed.every((each) => each.quoteVolume24h === undefined)).toBe(true)
      expect(faults).toMatchObject([{ why: '0 contexts for 4 names' }])
    },
  )

  it('never changes the case of a name', () => {
    const { listed } = mapListing([{ universe: [{ name: 'kPEPE', szDecimals: 0, maxLeverage: 10 }] }, [{}]])
    expect(listed).toMatchObject([{ ticker: 'kPEPE', instrument: { instrument: 'kPEPE' } }])
  })

  it('throws nothing, however the answer is damaged', () => {
    assert(
      property(damaged(live), (json) => {
        for (const { instrument } of mapListing(json).listed) expect(typeof instrument.instrument).toBe('string')
      }),
    )
  })
})
