import { assert, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { damaged, fixture } from '../../../test/support/wire.ts'
import { instant } from '../../core/instant.ts'
import type { VenueIo, VenueRequest } from '../source.ts'
import { fetchContracts, fetchListing, mapContractListing, mapPairs } from './listing.ts'

const payload = (name: string): readonly object[] => fixture('gate', name).payload as readonly object[]

const ioOf = (answer: (request: VenueRequest) => unknown): VenueIo => ({
  ask: async (request) => answer(request),
  now: () => instant(0),
  signal: new AbortController().signal,
})

describe('the listing of pairs', () => {
  it.each([
    ['spot-instrument-rest', 'ETH_USDT', 'ETH', 'USDT', 1516378650000],
    ['spot-instrument-rest-2023', 'QTUM_ETH', 'QTUM', 'ETH', 1607313600000],
  ])('reads %s', (name, instrument, ticker, quote, listedAt) => {
    const is = { venue: 'gate', market: 'spot', instrument, quote, contract: 'none', listedAt }
    expect(mapPairs(payload(name))).toEqual({ listed: [{ instrument: is, ticker }], faults: [] })
  })

  it('leaves out what cannot be traded, and what trades the promise of a coin', () => {
    const [pair] = payload('spot-instrument-rest')
    expect(mapPairs([{ ...pair, trade_status: 'untradable' }]).listed).toEqual([])
    expect(mapPairs([{ ...pair, trade_status: 'sellable' }]).listed).toEqual([])
    expect(mapPairs([{ ...pair, type: 'premarket' }]).listed).toEqual([])
  })
})

describe('the listing of contracts', () => {
  it('reads a linear contract with its size in coins', () => {
    const is = { venue: 'gate', market: 'perp', instrument: 'BTC_USDT', quote: 'USDT', contract: 'linear' }
    const sized = { ...is, contractSize: 0.0001, fundingHours: 8, listedAt: 1609899548000 }
    expect(mapContractListing(payload('perp-instrument-rest'))).toEqual({
      listed: [{ instrument: sized, ticker: 'BTC' }],
      faults: [],
    })
  })

  it('reads one asked for without the header for decimals', () => {
    const { listed, faults } = mapContractListing(payload('perp-instrument-rest-2026'))
    expect(faults).toEqual([])
    expect(listed).toMatchObject([{ ticker: '0G', instrument: { contractSize: 1, listedAt: 1758124392000 } }])
  })

  it('reads the inverse contract, whose multiplier is 0, as one dollar', () => {
    const is = { venue: 'gate', market: 'perp', instrument: 'BTC_USD', quote: 'USD', contract: 'inverse' }
    expect(mapContractListing(payload('inverse-instrument-rest'))).toEqual({
      listed: [{ instrument: { ...is, contractSize: 1, fundingHours: 8 }, ticker: 'BTC' }],
      faults: [],
    })
  })

  it.each([
    ['a linear contract of size 0', { quanto_multiplier: '0' }],
    ['an inverse contract with a multiplier', { type: 'inverse' }],
    ['a contract without a quote', { name: 'BTC' }],
  ])('tells of %s', (_, fields) => {
    const [contract] = payload('perp-instrument-rest')
    const { listed, faults } = mapContractListing([{ ...contract, ...fields }])
    expect(listed).toEqual([])
    expect(faults).toMatchObject([{ what: 'impossible' }])
  })

  it('leaves out what is not launched yet, what is gone, and what nobody holds any more', () => {
    const [contract] = payload('perp-instrument-rest')
    const listed = (fields: object): number => mapContractListing([{ ...contract, ...fields }]).listed.length
    expect(listed({ status: 'prelaunch' })).toBe(0)
    expect(listed({ status: 'delisted' })).toBe(0)
    expect(listed({ in_delisting: true, position_size: '0' })).toBe(0)
    expect(listed({ in_delisting: true, status: 'delisting' })).toBe(1)
    expect(listed({ status: 'circuit_breaker' })).toBe(1)
  })

  it('takes any damage without throwing', () => {
    for (const [name, map] of [
      ['perp-instrument-rest', mapContractListing],
      ['spot-instrument-rest', mapPairs],
    ] as const) {
      assert(
        property(damaged(payload(name)), (json) => {
          for (const { instrument } of map(json).listed) expect(instrument.contractSize ?? 1).toBeGreaterThan(0)
        }),
      )
    }
  })
})

describe('asking for the listing', () => {
  const contracts = Array.from({ length: 250 }, (_, i) => ({ name: `C${i}_USDT` }))

  const namesOf = async (answer: (limit: number, offset: number) => unknown): Promise<unknown[]> => {
    const names: unknown[] = []
    const io = ioOf(({ query }) => answer(Number(query?.['limit']), Number(query?.['offset'])))
    for await (const page of fetchContracts(io, 'usdt'))
      names.push(...(page as { name: string }[]).map(({ name }) => name))
    return names
  }

  it.each([
    [
      'serves a hundred at most',
      (limit: number, offset: number) => contracts.slice(offset, offset + Math.min(limit, 100)),
    ],
    ['serves all of them at once', (limit: number, offset: number) => contracts.slice(offset, offset + limit)],
    ['pays no heed to pages', () => contracts],
  ])('finds every contract once where the venue %s', async (_, answer) => {
    expect(await namesOf(answer)).toEqual(contracts.map(({ name }) => name))
  })

  it('asks for pairs and for the contracts of both settlements', async () => {
    const answers: Readonly<Record<string, unknown>> = {
      '/api/v4/spot/currency_pairs': payload('spot-instrument-rest'),
      '/api/v4/futures/usdt/contracts': payload('perp-instrument-rest'),
      '/api/v4/futures/btc/contracts': payload('inverse-instrument-rest'),
    }
    const { listed, faults } = await fetchListing(ioOf(({ path }) => answers[path]))
    expect(faults).toEqual([])
    expect(listed.map(({ instrument }) => instrument.instrument)).toEqual(['ETH_USDT', 'BTC_USDT', 'BTC_USD'])
  })

  it('tells of an answer that is no list', async () => {
    const { listed, faults } = await fetchListing(ioOf(() => ({ label: 'INTERNAL' })))
    expect(listed).toEqual([])
    expect(faults.map(({ channel }) => channel)).toEqual(['spot currency_pairs', 'contracts', 'contracts'])
  })
})
