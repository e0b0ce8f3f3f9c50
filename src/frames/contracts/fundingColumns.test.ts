import { expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, instant } from '../../core/instant.ts'
import { fundingColumns, type InstrumentFunding } from './fundingColumns.ts'

const hours = (length: number) => ({ start: instant(0), step: HOUR_MS, length })
const days = (length: number) => ({ start: instant(0), step: DAY_MS, length })
type Paid = InstrumentFunding['rows'][number]
const paid = (hour: number, rate: number, every?: number): Paid => ({
  at: instant(hour * HOUR_MS),
  rate,
  ...(every === undefined ? {} : { hours: every }),
})
const annual = (instruments: readonly InstrumentFunding[], grid: ReturnType<typeof days>) => [
  ...fundingColumns(instruments, grid)['funding.annual']!,
]

it('annualises by the interval of the instrument: a ten-thousandth every 8 hours is 10.95 % a year, hourly 87.6', () => {
  expect(annual([{ rows: [paid(0, 0.0001, 8)], usd: undefined }], days(1))[0]).toBeCloseTo(10.95, 12)
  expect(annual([{ rows: [paid(0, 0.0001, 1)], usd: undefined }], days(1))[0]).toBeCloseTo(87.6, 12)
})

it('says the same for eight hours', () => {
  const columns = fundingColumns([{ rows: [paid(0, 0.0001, 4)], usd: undefined }], days(1))
  expect(columns['funding.per_8h']![0]).toBeCloseTo(0.02, 12)
})

it('takes the mean of the payments of a bar', () => {
  const rows = [paid(0, 0.0001, 8), paid(8, 0.0003, 8), paid(16, 0.0002, 8), paid(24, -0.0001, 8)]
  const [first, second] = annual([{ rows, usd: undefined }], days(2))
  expect(first).toBeCloseTo(21.9, 12)
  expect(second).toBeCloseTo(-10.95, 12)
})

it('takes the hours since the payment before where the venue tells none, but no longer than eight', () => {
  const rows = [paid(0, 0.0001), paid(4, 0.0001), paid(30, 0.0001), paid(38, 0.0001)]
  const column = annual([{ rows, usd: undefined }], hours(40))
  expect(column[3]).toBe(NaN)
  expect(column[4]).toBeCloseTo(21.9, 12)
  // 26 hours after the one before there must be payments missing: what it was paid for is not known.
  expect(column[30]).toBe(NaN)
  expect(column[38]).toBeCloseTo(10.95, 12)
})

it('stands for eight hours where bars are shorter, then is a gap', () => {
  const column = annual([{ rows: [paid(-2, 0.0001, 8), paid(10, 0.0002, 8)], usd: undefined }], hours(20))
  for (let hour = 0; hour <= 6; hour++) expect(column[hour]).toBeCloseTo(10.95, 12)
  expect(column.slice(7, 10)).toEqual([NaN, NaN, NaN])
  expect(column[10]).toBeCloseTo(21.9, 12)
  expect(column[18]).toBeCloseTo(21.9, 12)
  expect(column[19]).toBe(NaN)
})

it('weighs by open interest where all have it, else all alike, and counts who is in', () => {
  const [a, b] = [[paid(0, 0.0001, 8)], [paid(0, 0.0003, 8)]]
  const of = (usdA: number | undefined, usdB: number | undefined) =>
    fundingColumns(
      [
        { rows: a, usd: usdA === undefined ? undefined : Float64Array.of(usdA) },
        { rows: b, usd: usdB === undefined ? undefined : Float64Array.of(usdB) },
      ],
      days(1),
    )
  expect(of(3, 1)['funding.annual']![0]).toBeCloseTo(16.425, 12)
  expect(of(3, undefined)['funding.annual']![0]).toBeCloseTo(21.9, 12)
  expect(of(3, NaN)['funding.annual']![0]).toBeCloseTo(21.9, 12)
  expect(of(3, 1)['funding.parts']![0]).toBe(2)
})

it('is a gap where nothing was paid', () => {
  const columns = fundingColumns([{ rows: [], usd: undefined }], days(2))
  expect([...columns['funding.annual']!]).toEqual([NaN, NaN])
  expect([...columns['funding.parts']!]).toEqual([0, 0])
})
