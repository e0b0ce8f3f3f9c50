import { describe, expect, it } from 'vitest'
import { contextOf, fixture, fuzz, made } from '../../../test/support/wire.ts'
import { mapFundingPaid, mapPremiumIndex } from './mapFunding.ts'

const btc = made('binance', { fundingHours: 4 })
const context = contextOf('binance', [btc])
const series = { venue: 'binance', market: 'perp', instrument: 'BTCUSDT' }
const HOUR = 3_600_000

describe('mapFundingPaid', () => {
  const paid = (fundingTime: number, more: object = {}) => ({
    symbol: 'BTCUSDT',
    fundingRate: '0.0001',
    fundingTime,
    markPrice: '100',
    ...more,
  })

  it('reads the documented rows; hours are those since the charge before', () => {
    const { rows, faults } = mapFundingPaid(fixture('binance', 'perp-funding-history').payload, btc)
    const row = { ...series, state: 'paid', markPrice: 34_287.54619963, convention: 'binance/funding/interval-rate' }
    expect(faults).toEqual([])
    expect(rows.map((each) => [each.record.name, each.row])).toEqual([
      ['funding', { ...row, at: 1_570_608_000_000, knownAt: 1_570_608_000_000, rate: -0.0375 }],
      ['funding', { ...row, at: 1_570_636_800_000, knownAt: 1_570_636_800_000, rate: 0.0001, hours: 8 }],
    ])
  })

  it('reads rows that tell their type', () => {
    const { rows, faults } = mapFundingPaid(fixture('binance', 'perp-funding-history-rateType').payload, btc)
    expect(faults).toEqual([])
    expect(rows).toHaveLength(1)
  })

  it('reads the captured answer, whose times lie off the hour, into times on it', () => {
    const { payload } = fixture('binance', 'perp-funding-history-all')
    const { rows, faults } = mapFundingPaid(payload, btc)
    expect(faults).toEqual([])
    expect(rows).toHaveLength(7)
    for (const { row } of rows) expect([row['at'], row['knownAt']]).toEqual([1_781_078_400_000, 1_781_078_400_000])
    expect(rows.map(({ row }) => row['rate'])).toContain(-0.00001507)
  })

  it('has one key for a charge, whichever milliseconds it was written down with', () => {
    const [a, b, c] = mapFundingPaid(
      [paid(1_751_328_000_007), paid(1_751_328_000_000), paid(1_751_327_999_990)],
      btc,
    ).rows
    expect([a, b, c].map((each) => each?.row['at'])).toEqual(Array(3).fill(1_751_328_000_000))
  })

  it('follows the interval as it changes, and takes a halt for none', () => {
    const at = 1_751_328_000_000
    const times = [at, at + 8 * HOUR, at + 12 * HOUR + 3, at + 13 * HOUR, at + 40 * HOUR, at + 44 * HOUR]
    const { rows } = mapFundingPaid(
      times.map((each) => paid(each)),
      btc,
    )
    expect(rows.map(({ row }) => row['hours'])).toEqual([undefined, 8, 4, 1, undefined, 4])
    expect(mapFundingPaid([paid(at)], btc, at - 4 * HOUR).rows[0]?.row['hours']).toBe(4)
  })

  it('keeps a special charge beside the regular one, without hours, and counts no interval from it', () => {
    const at = 1_785_000_000_000 - (1_785_000_000_000 % HOUR)
    const special = { fundingRate: '0.02', rateType: 'Special' }
    const answer = [
      paid(at),
      paid(at + 4 * HOUR, special),
      paid(at + 4 * HOUR),
      paid(at + 6 * HOUR, special),
      paid(at + 8 * HOUR),
    ]
    const { rows, faults } = mapFundingPaid(answer, btc)
    expect(faults).toEqual([])
    expect(rows.map(({ row }) => [Number(row['at']) - at, row['rate'], row['hours']])).toEqual([
      [0, 0.0001, undefined],
      [4 * HOUR + 1, 0.02, undefined],
      [4 * HOUR, 0.0001, 4],
      [6 * HOUR + 1, 0.02, undefined],
      [8 * HOUR, 0.0001, 4],
    ])
    expect(rows[0]?.row['convention']).toBe('binance/funding/regular-and-special')
  })

  it('tells of a type that is not documented', () => {
    const { rows, faults } = mapFundingPaid([paid(1_785_000_000_000, { rateType: 'Other' })], btc)
    expect(rows).toEqual([])
    expect(faults).toMatchObject([{ path: '[0].rateType' }])
  })

  it('takes an empty mark price, or 0, for none; a negative one cannot be', () => {
    const answer = ['', '0', '-1'].map((markPrice, i) => paid(1_751_328_000_000 + i * HOUR, { markPrice }))
    const { rows, faults } = mapFundingPaid(answer, btc)
    expect(rows.map(({ row }) => 'markPrice' in row)).toEqual([false, false])
    expect(faults).toMatchObject([{ what: 'impossible', path: 'markPrice' }])
  })

  it.each(['perp-funding-history', 'perp-funding-history-rateType', 'perp-funding-history-all'])(
    'keeps nothing unsound of a damaged answer: %s',
    (name) => fuzz(fixture('binance', name).payload, (json) => mapFundingPaid(json, btc)),
  )
})

describe('mapPremiumIndex', () => {
  const documented = fixture('binance', 'perp-markPrice-rest').payload as Record<string, unknown>

  it('reads what is expected next, for the interval that holds now', () => {
    const { rows, faults } = mapPremiumIndex([documented], context)
    expect(faults).toEqual([])
    expect(rows.map(({ row }) => row)).toEqual([
      {
        ...series,
        state: 'expected',
        at: 1_597_370_495_002,
        knownAt: 1_597_370_495_002,
        rate: 0.00038246,
        hours: 4,
        markPrice: 11_793.63104562,
        convention: 'binance/funding/interval-rate',
      },
    ])
  })

  it('reads times that are text', () => {
    const { rows, faults } = mapPremiumIndex([fixture('binance', 'perp-markPrice-rest-captured').payload], context)
    expect(faults).toEqual([])
    expect(rows[0]?.row).toMatchObject({ at: 1_621_252_344_001, rate: 0.00063521, markPrice: 45_802.81129892 })
  })

  it('passes over contracts with a date and over COIN-M, which have no funding of ours', () => {
    const others = ['ETHUSDT_230331', 'BTCUSD_PERP'].map((symbol) => ({ ...documented, symbol, lastFundingRate: '' }))
    const { rows, faults } = mapPremiumIndex([...others, documented], context)
    expect(faults).toEqual([])
    expect(rows).toHaveLength(1)
  })

  it('tells of a symbol that is not listed', () => {
    const { faults } = mapPremiumIndex([{ ...documented, symbol: 'NEWUSDT' }], context)
    expect(faults).toMatchObject([{ what: 'unknown instrument', path: '[0].symbol', why: '"NEWUSDT" is not listed' }])
  })

  it.each(['perp-markPrice-rest', 'perp-markPrice-rest-captured'])(
    'keeps nothing unsound of a damaged answer: %s',
    (name) => {
      fuzz([fixture('binance', name).payload], (json) => mapPremiumIndex(json, context))
    },
  )
})
