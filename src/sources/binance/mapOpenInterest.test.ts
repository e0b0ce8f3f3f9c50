import { describe, expect, it } from 'vitest'
import { fixture, fuzz, made } from '../../../test/support/wire.ts'
import { mapOpenInterestHistory, mapOpenInterestNow } from './mapOpenInterest.ts'

const btc = made('binance')
const pepe = made('binance', { instrument: '1000PEPEUSDT', asset: 'PEPE', multiplier: 1_000 })
const series = { venue: 'binance', market: 'perp', instrument: 'BTCUSDT' }

describe('mapOpenInterestNow', () => {
  it('reads the documented answer, of sides that nobody tells', () => {
    const { rows, faults } = mapOpenInterestNow(fixture('binance', 'perp-openInterest-rest').payload, btc)
    expect(faults).toEqual([])
    expect(rows.map(({ record, row }) => [record.name, row])).toEqual([
      [
        'openInterest',
        {
          ...series,
          interval: 'live',
          at: 1_589_437_530_011,
          knownAt: 1_589_437_530_011,
          published: 10_659.509,
          countedIn: 'units',
          sides: 'unknown',
          coins: 10_659.509,
          convention: 'binance/open_interest/units',
        },
      ],
    ])
  })

  it('takes the multiplier out', () => {
    const { rows } = mapOpenInterestNow(fixture('binance', 'perp-openInterest-rest').payload, pepe)
    expect(rows[0]?.row).toMatchObject({ published: 10_659.509, coins: 10_659_509 })
  })

  it('keeps nothing unsound of a damaged answer', () => {
    fuzz(fixture('binance', 'perp-openInterest-rest').payload, (json) => mapOpenInterestNow(json, btc))
  })
})

describe('mapOpenInterestHistory', () => {
  const read = (name: string, is = btc) => mapOpenInterestHistory(fixture('binance', name).payload, is, '5m')

  it('reads a captured row: known at its label, valued by the venue', () => {
    const { rows, faults } = read('perp-openInterest-history-captured')
    expect(faults).toEqual([])
    expect(rows.map(({ row }) => row)).toEqual([
      {
        ...series,
        interval: '5m',
        at: 1_642_179_900_000,
        knownAt: 1_642_179_900_000,
        published: 75_375.617,
        countedIn: 'units',
        sides: 'unknown',
        coins: 75_375.617,
        quoteValue: expect.closeTo(3_248_828_883.7125144, 5) as number,
        price: expect.closeTo(43_101.855, 3) as number,
        convention: 'binance/open_interest_history/units',
      },
    ])
  })

  it('reads labels that are text, and amounts beside a circulating supply', () => {
    const page = read('perp-openInterest-history-page')
    expect(page.faults).toEqual([])
    expect(page.rows.map(({ row }) => [row['at'], row['published']])).toEqual([
      [1_583_127_900_000, 20_403.637],
      [1_583_128_200_000, 20_401.367],
    ])
    const newer = read('perp-openInterest-history')
    expect(newer.faults).toEqual([])
    expect(newer.rows.map(({ row }) => row['published'])).toEqual([20_403.12345678])
  })

  it('gives a price per coin where there are a thousand in a unit', () => {
    const [row] = read('perp-openInterest-history-captured', pepe).rows
    expect(row?.row).toMatchObject({
      coins: 75_375_617,
      price: expect.closeTo(43.101855, 6) as number,
      quoteValue: expect.closeTo(3_248_828_883.7125144, 5) as number,
    })
  })

  it('keeps open interest of 0 without a price, and tells of a value that cannot be', () => {
    const row = { symbol: 'BTCUSDT', sumOpenInterest: '0', sumOpenInterestValue: '0', timestamp: 1_642_179_900_000 }
    const { rows, faults } = mapOpenInterestHistory(
      [row, { ...row, sumOpenInterest: '1', sumOpenInterestValue: '-1' }],
      btc,
      '5m',
    )
    expect(rows.map(({ row }) => [row['coins'], row['price']])).toEqual([[0, undefined]])
    expect(faults).toMatchObject([{ what: 'impossible', path: 'quoteValue' }])
  })

  it.each(['perp-openInterest-history', 'perp-openInterest-history-page', 'perp-openInterest-history-captured'])(
    'keeps nothing unsound of a damaged answer: %s',
    (name) => fuzz(fixture('binance', name).payload, (json) => mapOpenInterestHistory(json, btc, '5m')),
  )
})
