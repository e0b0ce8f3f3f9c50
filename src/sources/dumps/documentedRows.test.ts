import { expect, it } from 'vitest'
import { gzipSync } from 'node:zlib'
import { readAll, type Row } from '../../../test/files/readAll.ts'
import { tempFolder } from '../../../test/files/tempFolder.ts'
import { writeZip } from '../../../test/files/writeZip.ts'
import { fixture, fixtureNames } from '../../../test/support/wire.ts'
import { parseInstant } from '../../core/instant.ts'
import type { FileKind } from '../files/layouts/layout.ts'

const write = tempFolder()

interface Documented {
  readonly header: string | null
  readonly rows: readonly string[]
}

/** The documented rows of Binance, packed as the site packs them under a name of its pattern. */
async function ofBinance(kind: FileKind, name: string, stem: string, options = {}): Promise<readonly Row[]> {
  const { header, rows } = fixture('binance', name).payload as Documented
  const text = `${[...(header === null ? [] : [header]), ...rows].join('\n')}\n`
  return (await readAll(kind, write(`${stem}.zip`, writeZip({ [`${stem}.csv`]: text })), options)).rows
}

async function ofBybit(name: string, file: string): Promise<readonly Row[]> {
  const lines = fixture('bybit', name).payload as readonly string[]
  return (await readAll('trades', write(file, gzipSync(`${lines.join('\n')}\n`)))).rows
}

it('candles of spot, in microseconds and without a header', async () => {
  const rows = await ofBinance('candles', 'dump-spot-candle', 'DOGEUSDT-1s-2025-01-01')
  expect(rows.map((row) => [row['at'], row['close'], row['volume'], row['trades'], row['takerBuyVolume']])).toEqual([
    [parseInstant('2025-01-01T00:00:00Z'), 0.316, 27, 1, 0],
    [parseInstant('2025-01-01T00:00:01Z'), 0.316_01, 17, 5, 17],
    [parseInstant('2025-01-01T00:00:02Z'), 0.316_01, 0, 0, 0],
  ])
  const [page] = await ofBinance('candles', 'dump-spot-candle-page', 'ADABKRW-1h-2025-01')
  expect(page).toMatchObject({ at: parseInstant('2025-01-01'), instrument: 'ADABKRW', quoteVolume: 2240.398_609 })
})

it('candles of perpetuals, in milliseconds and with a header', async () => {
  const rows = await ofBinance('candles', 'dump-perp-candle', 'ETHUSDT-5m-2025-07-01', { market: 'perp' })
  expect(rows).toMatchObject([
    { market: 'perp', at: parseInstant('2025-07-01T00:00Z'), close: 2486.15, takerBuyQuoteVolume: 12_977_338.987_29 },
    { at: parseInstant('2025-07-01T00:05Z'), close: 2492.89, trades: 9846 },
  ])
})

it('aggregate trades of both markets, under the ids of the aggregates', async () => {
  const spot = await ofBinance('trades', 'dump-spot-trade', 'BTCBUSD-aggTrades-2025-01')
  const at = parseInstant('2025-01-01T00:00:00.010Z')
  expect(spot).toMatchObject([{ market: 'spot', at, tradeId: '0', price: 0.2, quantity: 50, takerBuy: 1 }])
  const perp = await ofBinance('trades', 'dump-perp-trade', 'BTCUSDT-aggTrades-2024-07-04')
  expect(perp.map((row) => [row['market'], row['tradeId'], row['quantity'], row['takerBuy']])).toEqual([
    ['perp', '2228503268', 0.029, 1],
    ['perp', '2228503269', 0.049, 0],
    ['perp', '2228503270', 0.008, 0],
    ['perp', '2228503271', 0.009, 1],
  ])
})

it('metrics, each row in the file of its day', async () => {
  const { header, rows } = fixture('binance', 'dump-perp-metrics').payload as Documented
  const read = async (row: number, stem: string): Promise<readonly Row[]> =>
    (await readAll('metrics', write(`${stem}.csv`, `${header}\n${rows[row]}\n`))).rows
  const [interest, accounts, topAccounts, topPositions, takers] = await read(1, 'ETHUSDT-metrics-2025-07-01')
  expect(interest).toMatchObject({ at: parseInstant('2025-07-01T00:05Z'), coins: 1_893_129.089, instrument: 'ETHUSDT' })
  // The close of the candle from 00:00 to 00:05 is 2486.15.
  expect(interest!['price']).toBeCloseTo(2486.1, 1)
  expect([accounts, topAccounts, topPositions, takers].map((row) => [row!['measure'], row!['ratio']])).toEqual([
    ['long_short_accounts', 1.467_454_37],
    ['top_accounts', 1.915_196_12],
    ['top_positions', 3.274_859],
    ['taker_ratio', 1.087_358],
  ])
  // Midnight is the last reading of the day before.
  expect(await read(2, 'BTCUSDT-metrics-2025-10-06')).toHaveLength(5)
  await expect(read(2, 'BTCUSDT-metrics-2025-10-07')).rejects.toMatchObject({ code: 'BAD_ROW' })
  expect(await read(3, 'BTCUSDT-metrics-2025-10-07')).toHaveLength(5)
  // A paste that has lost the time of day.
  await expect(read(0, 'BTCUSDT-metrics-2023-01-21')).rejects.toMatchObject({ code: 'BAD_ROW' })
})

it('funding, at its minute', async () => {
  const rows = await ofBinance('funding', 'dump-perp-funding', 'ETHUSDT-fundingRate-2025-07')
  expect(rows).toMatchObject([{ at: parseInstant('2025-07-01'), hours: 8, rate: 0.000_081_91, instrument: 'ETHUSDT' }])
})

it.each([
  ['dump-trade-inverse', 'BTCUSD2026-09-01.csv.gz', { at: 1_788_220_801_092, quantity: 79 / 78_513, takerBuy: 0 }],
  ['dump-trade-perp', 'ATOMUSDT2025-09-02.csv.gz', { at: 1_756_771_201_598, quantity: 0.1, takerBuy: 1 }],
  ['dump-trade-perp-tenColumns', 'BTC-14MAR252025-03-14.csv.gz', { instrument: 'BTC-14MAR25', quantity: 0.001 }],
  ['dump-trade-spot', 'BTCUSDT_2025-05-19.csv.gz', { at: 1_747_612_800_074, tradeId: '2025-05-19/1', takerBuy: 0 }],
  ['dump-trade-spot-fiveColumns', 'BTCUSDT_2023-10-01.csv.gz', { tradeId: '2023-10-01/1', quantity: 0.000_055 }],
])('trades of Bybit, %s', async (name, file, first) => {
  const rows = await ofBybit(name, file)
  expect(rows).toHaveLength((fixture('bybit', name).payload as readonly string[]).length - 1)
  expect(rows[0]).toMatchObject({ venue: 'bybit', ...first })
})

it('no documented file is left out', () => {
  const read =
    'spot-candle spot-candle-page perp-candle spot-trade perp-trade perp-metrics perp-funding ' +
    'trade-inverse trade-perp trade-perp-tenColumns trade-spot trade-spot-fiveColumns'
  // The tests of addresses and of checksums read the other two.
  const names = [...read.split(' '), 'listing', 'checksum']
  const documented = [...fixtureNames('binance'), ...fixtureNames('bybit')].filter((name) => name.startsWith('dump-'))
  expect(documented.map((name) => name.slice('dump-'.length)).toSorted()).toEqual(names.toSorted())
})
