import { assert, constantFrom, property, tuple } from 'fast-check'
import { expect, it } from 'vitest'
import type { RecordSpec } from '../../records/record.ts'
import { fundingRows } from './fundingRows.ts'
import { binanceFunding } from './layouts/binanceFunding.ts'
import { binanceMetrics } from './layouts/binanceMetrics.ts'
import type { Layout } from './layouts/layout.ts'
import { metricsRows } from './metricsRows.ts'
import type { RowContext, RowReader } from './rowReader.ts'
import { SeenInstruments } from './seenInstruments.ts'

const METRICS =
  'create_time,symbol,sum_open_interest,sum_open_interest_value,count_toptrader_long_short_ratio,' +
  'sum_toptrader_long_short_ratio,count_long_short_ratio,sum_taker_long_short_vol_ratio'
const FUNDING = 'calc_time,funding_interval_hours,last_funding_rate'

function readerOf(layout: Layout, header: string, stem: string, rows: (context: RowContext) => RowReader): RowReader {
  const first = header.split(',')
  const binding = layout.bind({ cells: first, stem, instrument: undefined, column: undefined })!
  const plan = { layout, binding, venue: 'binance', market: 'perp', instrument: binding.instrument } as const
  return rows({ plan, first, seen: new SeenInstruments({ venue: 'binance', market: 'perp' }), knownAt: undefined })
}

const number = constantFrom('', '0', '1', '-1', '0.7665', '1e300', '1e-300', '1e999', 'x', 'NaN', '-0', ' 5', '0x1f')
const time = constantFrom(
  '2025-07-01 00:05:00',
  '2025-07-02 00:00:00',
  '2025-07-01 00:00:00',
  '',
  'noon',
  '1751328000007',
)
const symbol = constantFrom('AUSDT', '1000AUSDT', '', 'A', '../A')

/** Whatever the cells hold: what is handed on is a record, and a row at fault hands nothing on. */
function expectSound(reader: RowReader, cells: readonly string[]): void {
  const kept: (readonly [RecordSpec, unknown])[] = []
  const outcome = reader.read(cells, (record, row) => kept.push([record, { ...row }]))
  if (outcome !== undefined) expect(kept).toEqual([])
  else expect(kept.length).toBeGreaterThan(0)
  for (const [record, row] of kept) expect(record.schema.safeParse(row)).toMatchObject({ success: true })
}

it('rows of metrics are records or at fault, whatever their cells hold', () => {
  assert(
    property(tuple(time, symbol, number, number, number, number, number, number), (cells) =>
      expectSound(readerOf(binanceMetrics, METRICS, 'AUSDT-metrics-2025-07-01', metricsRows), cells),
    ),
    { numRuns: 2000 },
  )
})

it('rows of funding are records or at fault, whatever their cells hold', () => {
  assert(
    property(tuple(time, number, number), (cells) =>
      expectSound(readerOf(binanceFunding, FUNDING, 'AUSDT-fundingRate-2025-07', fundingRows), cells),
    ),
    { numRuns: 1000 },
  )
})
