import { describe, expect, it } from 'vitest'
import { fixture, fuzz, made } from '../../../test/support/wire.ts'
import { mapAccounts, mapTakers } from './mapPositioning.ts'

const btc = made('binance')
const series = { venue: 'binance', market: 'perp', instrument: 'BTCUSDT' }

describe('mapAccounts', () => {
  it('reads a captured row, known at its label', () => {
    const { payload } = fixture('binance', 'perp-positioning-global-accounts-captured')
    const { rows, faults } = mapAccounts(payload, btc, '5m', 'long_short_accounts')
    expect(faults).toEqual([])
    expect(rows.map(({ record, row }) => [record.name, row])).toEqual([
      [
        'positioning',
        {
          ...series,
          measure: 'long_short_accounts',
          interval: '5m',
          at: 1_726_790_400_000,
          knownAt: 1_726_790_400_000,
          ratio: 0.8376,
          longShare: 0.4558,
          convention: 'binance/long_short_accounts/net-accounts',
        },
      ],
    ])
  })

  it.each([
    ['perp-positioning-top-accounts', 'top_accounts', 'binance/top_accounts/top-fifth'],
    ['perp-positioning-top-positions', 'top_positions', 'binance/top_positions/top-fifth'],
  ] as const)('reads the form of %s under its own definition, labels in text', (name, measure, convention) => {
    const { rows, faults } = mapAccounts(fixture('binance', name).payload, btc, '5m', measure)
    expect(faults).toEqual([])
    expect(rows.map(({ row }) => [row['measure'], row['at'], row['convention']])).toEqual([
      [measure, 1_583_139_600_000, convention],
      [measure, 1_583_139_900_000, convention],
    ])
  })

  it('reads the form of an example that contradicts itself', () => {
    const { payload } = fixture('binance', 'perp-positioning-global-accounts')
    const { rows, faults } = mapAccounts(payload, btc, '5m', 'long_short_accounts')
    expect(faults).toEqual([])
    expect(rows).toHaveLength(1)
  })

  it('makes one of shares that were rounded, and none of no accounts', () => {
    const row = { symbol: 'BTCUSDT', longShortRatio: '1.4342', timestamp: 1_583_139_600_000 }
    const shares = (longAccount: string, shortAccount: string) =>
      mapAccounts([{ ...row, longAccount, shortAccount }], btc, '5m', 'top_positions')
    expect(shares('0.5891', '0.4108').rows[0]?.row['longShare']).toBeCloseTo(0.5891 / 0.9999, 12)
    expect(shares('0', '0').rows[0]?.row).not.toHaveProperty('longShare')
    expect(shares('1.5', '-0.5').faults.map(({ path }) => path)).toEqual(['[0].longAccount', '[0].shortAccount'])
  })

  it.each([
    'perp-positioning-global-accounts-captured',
    'perp-positioning-top-accounts',
    'perp-positioning-top-positions',
  ])('keeps nothing unsound of a damaged answer: %s', (name) =>
    fuzz(fixture('binance', name).payload, (json) => mapAccounts(json, btc, '5m', 'top_accounts')),
  )
})

describe('mapTakers', () => {
  it('reads what was bought and sold until the label', () => {
    const { rows, faults } = mapTakers(fixture('binance', 'perp-positioning-taker').payload, btc, '5m')
    expect(faults).toEqual([])
    expect(rows[0]?.row).toEqual({
      ...series,
      measure: 'taker_ratio',
      interval: '5m',
      at: 1_585_614_900_000,
      knownAt: 1_585_614_900_000,
      ratio: 1.5586,
      boughtCoins: 387.33,
      soldCoins: 248.503,
      convention: 'binance/taker_ratio/volume',
    })
    expect(rows).toHaveLength(2)
  })

  it('takes the multiplier out', () => {
    const pepe = made('binance', { instrument: '1000PEPEUSDT', asset: 'PEPE', multiplier: 1_000 })
    const { rows } = mapTakers(fixture('binance', 'perp-positioning-taker').payload, pepe, '5m')
    expect(rows[0]?.row).toMatchObject({ boughtCoins: 387_330, soldCoins: 248_503 })
  })

  it('keeps nothing unsound of a damaged answer', () => {
    fuzz(fixture('binance', 'perp-positioning-taker').payload, (json) => mapTakers(json, btc, '5m'))
  })
})
