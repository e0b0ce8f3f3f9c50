import { expect, it } from 'vitest'
import { openFile, type FileOptions, type OpenedFile } from '../../src/sources/files/openFile.ts'
import type { FileKind } from '../../src/sources/files/layouts/layout.ts'
import { dataFile, describeWithData } from './data.ts'

async function count(
  kind: FileKind,
  relative: string,
  options: FileOptions = {},
): Promise<OpenedFile & { rows: number }> {
  const file = await openFile(kind, dataFile(relative)!, options)
  let rows = 0
  for await (const batch of file.batches) rows += batch.length
  return { ...file, rows }
}

const spot = { venue: 'binance' }
const perp = { venue: 'binance', market: 'perp' } as const
const MARKETS: readonly (readonly [file: string, FileOptions, rows: number, interval: string, instruments: number])[] =
  [
    ['binance_spot_1d_2017_2026', spot, 50_846, '1d', 21],
    ['binance_spot_1d_taker_2018_2026', spot, 75_034, '1d', 50],
    ['binance_spot_4h_BTC_ETH_2017_2026', spot, 36_742, '4h', 2],
    ['binance_um_perp_1h_BTC_ETH_2023_2025-12', perp, 51_392, '1h', 2],
    ['binance_um_perp_4h_2024-12-01_2025-05-10', perp, 306_946, '4h', 368],
    ['bybit_perp_5m_2025-04-03_2025-05-10', { venue: 'bybit', market: 'perp' }, 53_694, '5m', 5],
    ['hl_perp_5m_keycoins_2025-03-14_2025-05-10', {}, 198_287, '5m', 12],
    ['hl_perp_15m_NEIROETH_ZEREBRO_2025-02-07_2025-07-26', {}, 32_302, '15m', 2],
  ]

type OfContracts = readonly [
  kind: FileKind,
  file: string,
  options: FileOptions,
  records: number,
  instruments: number,
  layout: string,
]
const OF_CONTRACTS: readonly OfContracts[] = [
  // 161 days, each open interest and four ratios.
  ['metrics', 'derivatives/BTCUSDT_metrics_1d_2024-12-01_2025-05-10.csv', {}, 805, 1, 'binance-metrics-daily-means'],
  ['metrics', 'derivatives/ETHUSDT_metrics_1d_2024-12-01_2025-05-10.csv', {}, 805, 1, 'binance-metrics-daily-means'],
  [
    'funding',
    'derivatives/binance_um_funding_8h_BTC_ETH_2023_2025-12.csv.gz',
    { venue: 'binance' },
    6424,
    2,
    'funding',
  ],
  [
    'funding',
    'derivatives/hl_funding_1h_all_2025-01-15_2025-05-10.csv.gz',
    { venue: 'hyperliquid' },
    445_399,
    180,
    'funding',
  ],
  // 3,384 days with a market cap or a supply, and 2,997 of them with open interest and a price.
  ['totals', 'derivatives/messari_daily_BTC_ETH_HYPE_oi_funding_buysell_mcap.csv.gz', {}, 6381, 3, 'messari-totals'],
  [
    'positions',
    'hyperliquid/hl_whale_positions_daily_snapshots_2026-02.csv.gz',
    {},
    60_654,
    191,
    'hyperliquid-positions',
  ],
]

describeWithData('real files', () => {
  it.each(MARKETS)('candles of %s come whole', async (name, options, rows, interval, instruments) => {
    const file = await count('candles', `market/${name}.csv.gz`, options)
    expect(file).toMatchObject({ rows, interval })
    expect(file.instruments()).toHaveLength(instruments)
    expect(file.bad().count).toBe(0)
  })

  it('coins of Hyperliquid are perpetuals in USDC, kPEPE a thousand of PEPE', async () => {
    const file = await count('candles', 'market/hl_perp_5m_keycoins_2025-03-14_2025-05-10.csv.gz')
    expect(file).toMatchObject({ layout: 'hyperliquid-candles', venue: 'hyperliquid', market: 'perp' })
    const symbols = new Map(file.instruments().map(({ instrument, symbol }) => [instrument, symbol]))
    expect(symbols.get('kPEPE')).toEqual({ asset: 'PEPE', quote: 'USDC', multiplier: 1000 })
    expect(symbols.get('NEIROETH')).toEqual({ asset: 'NEIROETH', quote: 'USDC', multiplier: 1 })
  })

  it('trades take their symbol from the name of the file', async () => {
    const file = await count('trades', 'market/binance_BTCUSDT_trades_2021-01-08_2001rows.csv.gz', spot)
    expect(file.rows).toBe(2001)
    expect(file.instruments()).toMatchObject([{ instrument: 'BTCUSDT', symbol: { asset: 'BTC' } }])
  })

  it.each([
    ['VIX', 4132],
    ['VIXCLS', 9256],
    ['SPX', 4164],
  ])('the series %s comes whole, a value a day', async (symbol, rows) => {
    const file = await count('series', `macro/${symbol}.csv`)
    expect(file).toMatchObject({ rows, interval: '1d', venue: 'file' })
    expect(file.instruments()).toMatchObject([{ instrument: symbol, rows }])
    expect(file.gaps()).toBe(0)
  })

  it.each(OF_CONTRACTS)('%s of %s come whole', async (kind, file, options, records, instruments, layout) => {
    const read = await count(kind, file, options)
    expect(read).toMatchObject({ rows: records, layout, market: 'perp' })
    expect(read.instruments()).toHaveLength(instruments)
    expect(read.bad().count).toBe(0)
  })

  it('market caps come without second coins of a ticker and caps that are not supply times price, which are counted', async () => {
    const file = 'chain/markets_2026-01-28.csv.gz'
    await expect(count('supply', file)).rejects.toMatchObject({ row: { line: 61, column: 'symbol', value: 'WETH' } })
    const read = await count('supply', file, { badRows: 'skip' })
    expect(read).toMatchObject({ rows: 2267, interval: '1d', market: undefined })
    expect(read.bad().count).toBe(233)
  })

  it('the total of a venue comes as a plain series, reading by reading', async () => {
    const said = { column: 'totalOI', venue: 'hyperliquid', instrument: 'OPEN_INTEREST', interval: '1s' }
    const read = await count('series', 'hyperliquid/hl_dashboard_totals_2026-02.csv.gz', said)
    expect(read).toMatchObject({ rows: 95, interval: '1s', venue: 'hyperliquid' })
  })
})
