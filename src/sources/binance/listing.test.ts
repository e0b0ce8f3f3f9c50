import { assert, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { damaged, fixture } from '../../../test/support/wire.ts'
import { instant } from '../../core/instant.ts'
import type { VenueIo, VenueRequest } from '../source.ts'
import { binance } from './binance.ts'
import { mapFundingInfo, mapPerpListing, mapSpotListing } from './listing.ts'

const payload = (name: string): unknown => fixture('binance', name).payload
const perpPayload = payload('perp-instrument-rest') as { symbols: readonly Record<string, unknown>[] }
const perps = (...changes: readonly object[]) =>
  mapPerpListing(
    { ...perpPayload, symbols: changes.map((change) => ({ ...perpPayload.symbols[0], ...change })) },
    new Map(),
  )

describe('mapSpotListing', () => {
  it('lists what trades', () => {
    expect(mapSpotListing(payload('spot-instrument-rest'))).toEqual({
      listed: [
        {
          instrument: { venue: 'binance', market: 'spot', instrument: 'ETHBTC', quote: 'BTC', contract: 'none' },
          ticker: 'ETH',
        },
      ],
      faults: [],
    })
  })

  it.each(['HALT', 'BREAK', 'CANCEL_ONLY'])('leaves out what is in status %s', (status) => {
    const whole = payload('spot-instrument-rest') as { symbols: readonly object[] }
    const halted = { ...whole, symbols: [{ ...whole.symbols[0], status }] }
    expect(mapSpotListing(halted)).toEqual({ listed: [], faults: [] })
  })
})

describe('mapPerpListing', () => {
  it('lists a perpetual with its day of listing and its interval of funding', () => {
    const { hours } = mapFundingInfo(payload('perp-funding-info-captured'))
    expect(mapPerpListing(perpPayload, hours)).toEqual({
      listed: [
        {
          instrument: {
            venue: 'binance',
            market: 'perp',
            instrument: 'BLZUSDT',
            quote: 'USDT',
            contract: 'linear',
            fundingHours: 4,
            listedAt: 1_598_252_400_000,
          },
          ticker: 'BLZ',
        },
      ],
      faults: [],
    })
  })

  it('takes eight hours where the interval was never changed', () => {
    expect(mapPerpListing(perpPayload, new Map()).listed[0]?.instrument.fundingHours).toBe(8)
  })

  it('keeps the thousand in the ticker', () => {
    expect(perps({ symbol: '1000PEPEUSDT', baseAsset: '1000PEPE' }).listed[0]?.ticker).toBe('1000PEPE')
  })

  it.each([
    ['a dated contract', { symbol: 'ETHUSDT_230331', contractType: 'CURRENT_QUARTER' }],
    ['a share', { symbol: 'TSLAUSDT', contractType: 'TRADIFI_PERPETUAL' }],
    ['COIN-M', { symbol: 'BTCUSD_PERP', quoteAsset: 'USD', marginAsset: 'BTC' }],
    ['one that is not open yet', { status: 'PENDING_TRADING' }],
    ['one that is being settled', { status: 'SETTLING' }],
  ])('leaves out %s', (_, change) => expect(perps(change)).toEqual({ listed: [], faults: [] }))

  it('tells of one element that cannot be read, and keeps the others', () => {
    const { listed, faults } = perps({}, { symbol: 7 }, { baseAsset: '' }, { symbol: 'OTHERUSDT' })
    expect(listed.map(({ instrument }) => instrument.instrument)).toEqual(['BLZUSDT', 'OTHERUSDT'])
    expect(faults.map(({ path }) => path)).toEqual(['symbols[1].symbol', 'symbols[2].baseAsset'])
  })
})

describe('mapFundingInfo', () => {
  it('has the hours of what is named', () => {
    const { hours, faults } = mapFundingInfo(payload('perp-funding-info-captured'))
    expect(faults).toEqual([])
    expect([...hours]).toEqual([
      ['BLZUSDT', 4],
      ['GTCUSDT', 8],
      ['LPTUSDT', 4],
      ['UNFIUSDT', 4],
    ])
  })

  it('tells of an answer that is no list', () => {
    expect(mapFundingInfo({})).toMatchObject({ faults: [{ channel: 'fundingInfo', why: 'not a list' }] })
  })
})

describe('damaged listings', () => {
  it('never list what cannot be, and throw nothing', () => {
    const answers = record({
      spot: damaged(payload('spot-instrument-rest')),
      perp: damaged(perpPayload),
      hours: damaged(payload('perp-funding-info')),
    })
    assert(
      property(answers, ({ spot, perp, hours }) => {
        const fundings = mapFundingInfo(hours)
        const listings = [mapSpotListing(spot), mapPerpListing(perp, fundings.hours)]
        for (const { instrument, ticker } of listings.flatMap(({ listed }) => listed)) {
          expect(instrument.instrument).not.toBe('')
          expect(instrument.quote).not.toBe('')
          expect(ticker).not.toBe('')
          if (instrument.market === 'perp') expect(instrument.fundingHours).toBeGreaterThan(0)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('the source', () => {
  const answers: Readonly<Record<string, string>> = {
    '/api/v3/exchangeInfo': 'spot-instrument-rest',
    '/fapi/v1/exchangeInfo': 'perp-instrument-rest',
    '/fapi/v1/fundingInfo': 'perp-funding-info',
    '/api/v3/time': 'spot-time-rest',
    '/fapi/v1/time': 'perp-time-rest',
  }
  const asked: VenueRequest[] = []
  const io: VenueIo = {
    ask: async (request) => {
      asked.push(request)
      return payload(answers[request.path] ?? '')
    },
    now: () => instant(0),
    signal: new AbortController().signal,
  }

  it('asks for both markets and for the intervals of funding', async () => {
    const { listed, faults } = await binance.fetchListing(io)
    expect(listed.map(({ instrument }) => `${instrument.market} ${instrument.instrument}`)).toEqual([
      'spot ETHBTC',
      'perp BLZUSDT',
    ])
    expect(faults).toEqual([])
    for (const { address, budget } of asked) {
      expect(binance.addresses).toHaveProperty(address)
      expect(binance.budgets).toHaveProperty(budget)
    }
  })

  it('knows the clock of the venue, at either of its addresses', async () => {
    expect(await binance.fetchTime(io)).toBe(1_499_827_319_559)
    asked.length = 0
    await Promise.all(['spot', 'perp'].map((address) => binance.fetchTime(io, address)))
    expect(asked.map(({ address, path }) => `${address} ${path}`)).toEqual(['spot /api/v3/time', 'perp /fapi/v1/time'])
  })
})
