import { assert, constantFrom, property, tuple } from 'fast-check'
import { expect, it } from 'vitest'
import type { RecordSpec } from '../../records/record.ts'
import { fundingRows } from './fundingRows.ts'
import { dailyMetricsRows } from './dailyMetricsRows.ts'
import { binanceDailyMetrics } from './layouts/binanceDailyMetrics.ts'
import { binanceFunding } from './layouts/binanceFunding.ts'
import { binanceMetrics } from './layouts/binanceMetrics.ts'
import { hyperliquidPositions } from './layouts/hyperliquidPositions.ts'
import type { Layout } from './layouts/layout.ts'
import { marketCaps } from './layouts/marketCaps.ts'
import { messariTotals } from './layouts/messariTotals.ts'
import { plainFunding } from './layouts/plainFunding.ts'
import { walletBalances } from './layouts/walletBalances.ts'
import { metricsRows } from './metricsRows.ts'
import { positionRows } from './positionRows.ts'
import type { RowContext, RowReader } from './rowReader.ts'
import { SeenInstruments } from './seenInstruments.ts'
import { supplyRows } from './supplyRows.ts'
import { totalsRows } from './totalsRows.ts'
import { walletRows } from './walletRows.ts'

const METRICS =
  'create_time,symbol,sum_open_interest,sum_open_interest_value,count_toptrader_long_short_ratio,' +
  'sum_toptrader_long_short_ratio,count_long_short_ratio,sum_taker_long_short_vol_ratio'
const FUNDING = 'calc_time,funding_interval_hours,last_funding_rate'

function readerOf(
  layout: Layout,
  header: string,
  stem: string,
  rows: (context: RowContext) => RowReader,
  venue = 'binance',
): RowReader {
  const first = header.split(',')
  const binding = layout.bind({ cells: first, stem, instrument: undefined, column: undefined })!
  const plan = { layout, binding, venue, market: 'perp', instrument: binding.instrument } as const
  return rows({ plan, first, seen: new SeenInstruments({ venue, market: 'perp' }), knownAt: undefined })
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
  const outcome = reader.read(cells, (record, row) => kept.push([record, { ...row }]), 'line 2')
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

const day = constantFrom('2025-07-01', '2025-07-01T00:05:00Z', '', 'noon', '1751328000007')
const coin = constantFrom('AAA', 'kAAA', 'ethereum', 'constructor', '', 'x:A', '@1')
const side = constantFrom('Long', 'short', '', 'both', 'constructor')
const account = constantFrom('0xAB', '', ' ')

const TABLES = [
  {
    what: 'positions',
    reader: () =>
      readerOf(
        hyperliquidPositions,
        'time,address,coin,direction,size,entry_px,leverage,unrealized_pnl,liquidation_px',
        'p',
        positionRows,
        'hyperliquid',
      ),
    cells: tuple(day, account, coin, side, number, number, number, number, number),
  },
  {
    what: 'totals',
    reader: () =>
      readerOf(
        messariTotals,
        'time,asset,futures_oi_usd,close,mcap_circulating,supply_circulating',
        'm',
        totalsRows,
        'messari',
      ),
    cells: tuple(day, coin, number, number, number, number),
  },
  {
    what: 'daily means',
    reader: () =>
      readerOf(
        binanceDailyMetrics,
        'date,oi,oi_value_musd,toptrader_acc_ls,toptrader_pos_ls,global_acc_ls,taker_ls',
        'AUSDT_metrics_1d',
        dailyMetricsRows,
      ),
    cells: tuple(day, number, number, number, number, number, number),
  },
  {
    what: 'market caps',
    reader: () => readerOf(marketCaps, 'date,symbol,price,market_cap,supply', 's', supplyRows, 'messari'),
    cells: tuple(day, coin, number, number, number),
  },
  {
    what: 'wallets',
    reader: () => readerOf(walletBalances, 'date,venue,asset,coins', 'w', walletRows, 'messari'),
    cells: tuple(day, account, coin, number),
  },
  {
    what: 'funding of a venue that is said',
    reader: () => readerOf(plainFunding, 'time,coin,funding_rate,hours', 'f', fundingRows, 'hyperliquid'),
    cells: tuple(day, coin, number, number),
  },
] as const

it.each(TABLES)('rows of $what are records or at fault, whatever their cells hold', ({ reader, cells }) => {
  assert(
    property(cells, (row: readonly string[]) => expectSound(reader(), row)),
    { numRuns: 2000 },
  )
})
