import { describe, expect, it } from 'vitest'
import { askDoors } from '../../../test/support/askDoors.ts'
import { publishedWorld } from '../../../test/support/publishedWorld.ts'
import { shapeDifferences } from '../../../test/support/sameShape.ts'
import { fixture } from '../../../test/support/wire.ts'
import { DAY_MS } from '../../core/instant.ts'
import type { VenueMarket } from '../market/live/venueMarket.ts'
import { coingeckoDoors } from './coingecko/coingecko.ts'
import { defillamaDoors } from './defillama/defillama.ts'

const { world, holdings, prices, now } = await publishedWorld('2025-05-02T13:30Z', ['BTC', 'ETH'])
const market = world.venues.get('binance') as VenueMarket
const gecko = (address: string) => askDoors(coingeckoDoors(prices, holdings), market, `/api/v3${address}`)
const llama = (address: string) => askDoors(defillamaDoors(prices, holdings), market, address)
const example = (of: 'coingecko' | 'defillama', name: string): unknown => fixture(of, name).payload

describe('coingecko', () => {
  it.each([
    ['ping', '/ping'],
    ['now', '/coins/markets?vs_currency=usd&ids=bitcoin,ethereum'],
    ['history', '/coins/bitcoin/market_chart?vs_currency=usd&days=30&interval=daily'],
    ['error-tooFarBack', '/coins/bitcoin/market_chart?vs_currency=usd&days=max'],
  ])('answers in the shape of the example %s', (name, address) => {
    expect(shapeDifferences(example('coingecko', name), gecko(address).body)).toEqual([])
  })

  it('refuses too many questions in the words of the example', () => {
    const { rate } = coingeckoDoors(prices, holdings)
    const refused = rate.refuse(1500, 'address')
    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '2' } })
    expect(refused.body).toEqual(example('coingecko', 'error-rateLimited'))
  })

  it('has a point at every 00:00 of the stretch, and one of now', () => {
    const { body } = gecko('/coins/ethereum/market_chart?vs_currency=usd&days=30&interval=daily')
    const times = (body as { prices: readonly [number, number][] }).prices.map(([at]) => at)
    expect(times).toHaveLength(31)
    const first = times[0]!
    expect(times.slice(0, -1)).toEqual(Array.from({ length: 30 }, (_, day) => first + day * DAY_MS))
    expect(first % DAY_MS).toBe(0)
    expect(times.at(-1)).toBe(now)
  })

  it('knows no coin that the world does not have', () => {
    expect(gecko('/coins/neiro-3/market_chart?vs_currency=usd&days=7')).toMatchObject({
      status: 404,
      body: { error: 'coin not found' },
    })
    expect(gecko('/coins/markets?vs_currency=usd&ids=neiro-3').body).toEqual([])
  })
})

describe('defillama', () => {
  it('answers with the fields of the example, of an exchange', () => {
    const { body } = llama('/protocol/binance-cex')
    const differs = shapeDifferences(example('defillama', 'protocol'), body)
    // Names of chains and symbols are keys; by chain a large exchange has null.
    expect(differs.filter((line) => !/^(currentChainTvls|chainTvls|tokens|tokensInUsd)[.[]/.test(line))).toEqual([
      'methodology: not documented',
    ])
    expect(body).toMatchObject({ category: 'CEX', chains: ['Bitcoin', 'Ethereum'] })
  })

  it('gives what all of it is worth as a bare number', () => {
    expect(shapeDifferences(example('defillama', 'tvl'), llama('/tvl/bybit').body)).toEqual([])
  })

  it('knows no exchange that there is not', () => {
    expect(llama('/protocol/kraken')).toMatchObject({ status: 400 })
  })
})

describe('holdings', () => {
  it('are a part of all coins in every wallet, and grow slowly', () => {
    const supply = holdings.supply('ETH', now)
    expect(holdings.supply('ETH', now + 365 * DAY_MS) / supply).toBeGreaterThan(1)
    expect(holdings.supply('ETH', now + 365 * DAY_MS) / supply).toBeLessThan(1.03)
    expect(holdings.wallet('okx', 'ETH', now) / supply).toBeGreaterThan(0.001)
    expect(holdings.wallet('okx', 'ETH', now) / supply).toBeLessThan(0.05)
  })

  it('are of assets of the world only', () => {
    expect(() => holdings.supply('SOL', now)).toThrow(/"SOL"/)
  })
})
