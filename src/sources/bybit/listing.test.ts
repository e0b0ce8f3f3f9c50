import { assert, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { damaged, expectSound, fixture } from '../../../test/support/wire.ts'
import { instant } from '../../core/instant.ts'
import type { VenueIo, VenueRequest } from '../source.ts'
import { fetchListing, mapContractListing, mapSpotListing } from './listing.ts'

const payload = (name: string): unknown => fixture('bybit', name).payload
const rowOf = (name: string): Readonly<Record<string, unknown>> =>
  (payload(name) as { result: { list: Readonly<Record<string, unknown>>[] } }).result.list[0]!
const listOf = (list: readonly unknown[], nextPageCursor = ''): unknown => ({
  retCode: 0,
  result: { list, nextPageCursor },
})

describe('what is listed', () => {
  it('on spot has no date', () => {
    expect(mapSpotListing(payload('spot-instruments-rest'))).toEqual({
      listed: [
        {
          instrument: { venue: 'bybit', market: 'spot', instrument: 'BTCUSDT', quote: 'USDT', contract: 'none' },
          ticker: 'BTC',
        },
      ],
      faults: [],
    })
  })

  it('as a linear perpetual has its launch and the hours of its funding', () => {
    const common = { venue: 'bybit', market: 'perp', instrument: 'BTCUSDT', quote: 'USDT', contract: 'linear' }
    expect(mapContractListing(payload('perp-instruments-rest'))).toEqual({
      listed: [{ instrument: { ...common, fundingHours: 8, listedAt: 1585526400000 }, ticker: 'BTC' }],
      faults: [],
    })
  })

  it('as an inverse perpetual is a contract of one dollar, whatever category was asked for', () => {
    const fields = { symbol: 'BTCUSD', contractType: 'InversePerpetual', quoteCoin: 'USD', settleCoin: 'BTC' }
    const { listed } = mapContractListing(listOf([{ ...rowOf('perp-instruments-rest'), ...fields }]))
    expect(listed[0]?.instrument).toMatchObject({ contract: 'inverse', contractSize: 1, quote: 'USD' })
  })

  it('does not hold contracts before their trading, nor dated futures', () => {
    expect(mapContractListing(payload('perp-instruments-rest-preLaunch'))).toEqual({ listed: [], faults: [] })
    const dated = { ...rowOf('perp-instruments-rest'), contractType: 'LinearFutures' }
    expect(mapContractListing(listOf([dated]))).toEqual({ listed: [], faults: [] })
  })

  it('is read whatever is sent, and what is wrong is told', () => {
    for (const [name, map] of [
      ['spot-instruments-rest', mapSpotListing],
      ['perp-instruments-rest', mapContractListing],
    ] as const)
      assert(property(damaged(payload(name)), (json) => expectSound({ rows: [], faults: map(json).faults })))
    expect(mapSpotListing(null).faults).toMatchObject([{ what: 'not as documented' }])
  })
})

describe('a listing of many pages', () => {
  it('is followed by its cursor, decoded once, to an empty page or an empty cursor', async () => {
    const asked: VenueRequest[] = []
    const contract = (symbol: string, contractType: string) => ({
      ...rowOf('perp-instruments-rest'),
      symbol,
      contractType,
    })
    const pages: Readonly<Record<string, unknown>> = {
      spot: payload('spot-instruments-rest'),
      linear: listOf([contract('AUSDT', 'LinearPerpetual')], 'first%3DAUSDT%26last%3DAUSDT'),
      'linear first=AUSDT&last=AUSDT': listOf([contract('BUSDT', 'LinearPerpetual')], 'first%3DBUSDT%26last%3DBUSDT'),
      'linear first=BUSDT&last=BUSDT': listOf([], 'first%3DBUSDT%26last%3DBUSDT%26end'),
      inverse: listOf([contract('BTCUSD', 'InversePerpetual')]),
    }
    const io: VenueIo = {
      ask: (request) => {
        asked.push(request)
        const { category, cursor } = request.query ?? {}
        return Promise.resolve(pages[cursor === undefined ? `${category}` : `${category} ${cursor}`])
      },
      now: () => instant(0),
      signal: new AbortController().signal,
    }
    const { listed, faults } = await fetchListing(io)
    expect(listed.map(({ instrument }) => instrument.instrument)).toEqual(['BTCUSDT', 'AUSDT', 'BUSDT', 'BTCUSD'])
    expect(faults).toEqual([])
    expect(asked).toHaveLength(5)
  })
})
