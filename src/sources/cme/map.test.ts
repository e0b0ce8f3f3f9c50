import { describe, expect, it } from 'vitest'
import { fixture, fuzz } from '../../../test/support/wire.ts'
import { formatDay, parseInstant } from '../../core/instant.ts'
import { cme } from './cme.ts'
import { mapReport, mapTradeDates } from './map.ts'
import { monthOf, siteDay } from './wire.ts'

interface Report {
  readonly settlements: readonly Readonly<Record<string, string>>[]
}

const AT = parseInstant('2026-09-18')
const SOURCE = 'https://www.cmegroup.com/CmeWS/mvc/Settlements/Futures/Settlements/305/FUT?tradeDate=09/18/2026'
const payload = (name: string): unknown => structuredClone(fixture('cme', name).payload)
const report = (fields: object = {}): Report => ({ ...(payload('report') as Report), ...fields })
const withFirst = (fields: object): Report => {
  const [first, ...others] = report().settlements
  return report({ settlements: [{ ...first, ...fields }, ...others] })
}
const mapped = (json: unknown) => mapReport(json, { at: AT, source: SOURCE })

describe('a final report', () => {
  it('gives a price for each month, known when the day ends in Chicago, with its address', () => {
    const { rows, faults, report: is } = mapped(report())
    expect([is, faults]).toEqual(['final', []])
    expect(rows[0]!.row).toEqual({
      venue: 'cme',
      product: 'ZQ',
      month: '2026-09',
      at: AT,
      knownAt: parseInstant('2026-09-19T05:00Z'),
      price: 96.2525,
      source: SOURCE,
    })
    expect(rows.map(({ row }) => [row['month'], row['price']])).toEqual([
      ['2026-09', 96.2525],
      ['2026-10', 96.105],
      ['2026-12', 95.835],
      ['2027-07', 95.355],
      ['2027-11', 95.33],
      ['2027-12', 95.35],
      ['2031-08', 94.495],
    ])
  })

  it('has a gap where a month was not settled', () => {
    const { rows, faults } = mapped(withFirst({ settle: '-', change: 'UNCH' }))
    expect([rows.length, faults]).toEqual([6, []])
  })

  it('is as good without the row of sums', () => {
    expect(mapped(report({ settlements: report().settlements.slice(0, -1) })).rows).toHaveLength(7)
  })

  it.each([
    ['of another day', report({ tradeDate: '09/17/2026' }), 'tradeDate'],
    ['of no day', report({ tradeDate: '02/31/2026' }), 'tradeDate'],
    ['with a day written otherwise', report({ tradeDate: '2026-09-18' }), 'tradeDate'],
    ['of another product', report({ dsHeader: 'Three-Month SOFR Future' }), 'dsHeader'],
    ['of a kind that is not documented', report({ reportType: 'Amended' }), 'reportType'],
    ['without rows', report({ settlements: [] }), 'settlements'],
    ['that does not say whether it is empty', report({ empty: undefined }), 'empty'],
    ['with a number for a price', withFirst({ settle: 96.25 }), 'settlements[0].settle'],
    ['with a letter at a price', withFirst({ settle: '96.2525B' }), 'settlements[0].settle'],
    ['with a word for a price', withFirst({ settle: 'UNCH' }), 'settlements[0].settle'],
    ['without a price', withFirst({ settle: undefined }), 'settlements[0].settle'],
    ['with a price of something else', withFirst({ settle: '4680.6' }), 'settlements[0].settle'],
    ['with a month that is none', withFirst({ month: 'ZQU6' }), 'settlements[0].month'],
    ['with a month twice', withFirst({ month: 'OCT 26' }), 'settlements[1].month'],
    ['that is a page', payload('blocked-made'), ''],
    ['that is nothing', undefined, ''],
  ])('%s is refused with the place', (_what, json, path) => {
    expect(mapped(json).faults.map((fault) => fault.path)).toContain(path)
  })

  it('names a field that is not documented, and passes it over', () => {
    const { rows, faults } = mapped(withFirst({ mood: '1' }))
    expect([rows.length, faults.map(({ what, path }) => [what, path])]).toEqual([
      7,
      [['unknown field', 'settlements[0].mood']],
    ])
  })

  it('stays sound however it is damaged', () => fuzz(report(), mapped))
})

it('has no prices while it is preliminary', () => {
  expect(mapped(report({ reportType: 'Preliminary' }))).toEqual({ report: 'preliminary', rows: [], faults: [] })
})

it('has none on a day that is not served', () => {
  const at = parseInstant('2026-09-20')
  expect(mapReport(payload('empty'), { at, source: SOURCE })).toEqual({ report: 'none', rows: [], faults: [] })
})

describe('the list of days', () => {
  it('tells those that are final, the newest first', () => {
    const list = [['09/24/2025', 'Preliminary'], ...(payload('tradeDates') as readonly object[])]
    expect(mapTradeDates(list).map(formatDay)).toEqual([
      '2025-09-23',
      '2025-09-22',
      '2025-09-19',
      '2025-09-18',
      '2025-09-17',
    ])
  })

  it.each([
    ['nothing', undefined],
    ['no days', []],
    ['a page', payload('blocked-made')],
    ['days without their reports', [['09/23/2025']]],
    ['a report that is not documented', [['09/23/2025', 'Draft']]],
    ['a day that is none', [['23/09/2025', 'Final']]],
  ])('that is %s is refused', (_what, json) => {
    expect(() => mapTradeDates(json)).toThrow(/an answer of "TradeDate" cannot be read/)
  })
})

it.each([
  ['JAN 26', '2026-01'],
  ['JUL 27', '2027-07'],
  ['JLY 27', '2027-07'],
  ['DEC 31', '2031-12'],
])('the contract %s is of %s', (text, month) => {
  expect(monthOf(text)).toBe(month)
})

it('writes days as the site does', () => {
  expect(siteDay(AT)).toBe('09/18/2026')
})

it('proves itself by its list of days', () => {
  const { isAnswer: says } = cme.proof
  expect([says(payload('tradeDates')), says({}), says(payload('blocked-made'))]).toEqual([true, false, false])
})
