import { describe, expect, it } from 'vitest'
import { expectRefused, expectWholeRows, rowsOf, type Table, type Wrong } from '../../../../test/files/tableCases.ts'
import { DAY_MS, parseInstant } from '../../../core/instant.ts'

const DAY = parseInstant('2025-04-22')

describe('odds of target ranges', () => {
  const table: Table = {
    kind: 'rates',
    name: 'odds.csv',
    cells: {
      date: '2025-04-22',
      meeting: '2025-12-10',
      target_low_bps: '325',
      target_high_bps: '350',
      prob: '0.352766',
    },
  }

  it('are of a day and a meeting, known when the day ends', async () => {
    const file = await rowsOf(table)
    expect(file).toMatchObject({ layout: 'rate-probabilities', venue: 'cme', market: undefined, interval: undefined })
    expect(file.rows).toEqual([
      {
        venue: 'cme',
        meeting: '2025-12-10',
        at: DAY,
        knownAt: DAY + DAY_MS,
        range: '325-350',
        low: 325,
        high: 350,
        probability: 0.352_766,
      },
    ])
  })

  it.each<Wrong>([
    ['date', 'x', 'is not ISO 8601'],
    ['date', '2025-04-22T06:00:00Z', 'is no whole day'],
    ['meeting', 'December', 'is no day such as 2025-12-10'],
    ['meeting', '2025-04-21', 'is over on the day of the row'],
    ['target_low_bps', '330', 'is no multiple of 25'],
    ['target_low_bps', '', 'is empty'],
    ['target_high_bps', '375', 'is not 25 above the lower end'],
    ['prob', '1.2', 'is no share of 1'],
    ['prob', '-0.1', 'is no share of 1'],
    ['prob', 'x', 'is not a number'],
  ])('with "%s" of "%s" are refused', (...wrong) => expectRefused(table, wrong))

  it('are refused row by row where the width or the header is wrong', () => expectWholeRows(table))
})

describe('settlements of fed funds futures', () => {
  const table: Table = {
    kind: 'settlements',
    name: 'zq.csv',
    cells: { date: '2025-04-22', contract: 'ZQZ25', price: '96.31', source: 'https://example.org/zq' },
  }

  it('are of a day and a month, with the address where each was read', async () => {
    const file = await rowsOf(table, {}, { contract: '2026-01' })
    expect(file).toMatchObject({ layout: 'settlements', venue: 'file', market: undefined, interval: undefined })
    const row = {
      venue: 'file',
      product: 'ZQ',
      at: DAY,
      knownAt: DAY + DAY_MS,
      price: 96.31,
      source: 'https://example.org/zq',
    }
    expect(file.rows).toEqual([
      { ...row, month: '2025-12' },
      { ...row, month: '2026-01' },
    ])
  })

  it.each<Wrong>([
    ['date', 'x', 'is not ISO 8601'],
    ['contract', 'ESZ25', 'is no month such as 2025-12, nor a contract such as ZQZ25'],
    ['price', '4.33', 'is no price of a rate'],
    ['price', 'x', 'is not a number'],
    ['source', 'my notes', 'is no address where the price can be read'],
  ])('with "%s" of "%s" are refused', (...wrong) => expectRefused(table, wrong))

  it('are refused row by row where the width or the header is wrong', () => expectWholeRows(table))
})
