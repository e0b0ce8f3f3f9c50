import { join } from 'node:path'
import { readRawRows } from './rawRows.mjs'

const HOUR = 3_600_000
/** Older four-hour rows are left out: every detector reads all of them anew at every instant. */
const FOUR_HOURS_SINCE = Date.UTC(2022, 0)
const ASSETS = ['BTC', 'ETH', 'ADA', 'AVAX', 'BNB', 'DOGE', 'LINK', 'SHIB', 'SOL', 'TRX', 'XMR', 'XRP']

const spot = (asset) => `${asset}USDT`
/** SHIB is listed by the thousand, so that a multiplier takes part. */
const perp = (asset) => (asset === 'SHIB' ? '1000SHIBUSDT' : `${asset}USDT`)

const FILES = [
  { name: 'spot-1d', file: 'binance_spot_1d_2017_2026.csv.gz', market: 'spot', hours: 24, instrument: spot },
  { name: 'spot-4h', file: 'binance_spot_4h_BTC_ETH_2017_2026.csv.gz', market: 'spot', hours: 4, instrument: spot },
  {
    name: 'perp-4h',
    file: 'binance_um_perp_4h_2024-12-01_2025-05-10.csv.gz',
    market: 'perp',
    hours: 4,
    instrument: perp,
  },
]

/** The raw rows of the twelve assets, file by file, each in order of closes. */
export function readSources(market) {
  return FILES.map(({ name, file, market: kind, hours, instrument }) => {
    const { header, rows } = readRawRows(join(market, file), hours * HOUR, ASSETS.map(instrument))
    const kept = hours === 24 ? rows : rows.filter(({ closesAt }) => closesAt > FOUR_HOURS_SINCE)
    return { name, market: kind, interval: hours === 24 ? '1d' : '4h', header, rows: kept }
  })
}

/** The assets with the span of their daily rows, and the span of the four-hour rows that all of them have. */
export function spansOf([daily, , perps]) {
  const assets = ASSETS.map((asset) => ({
    asset,
    ...spanOf(daily.rows.filter((row) => row.instrument === spot(asset))),
  }))
  const { from, to } = spanOf(perps.rows)
  return { assets, busy: [from, to] }
}

const spanOf = (rows) => ({ from: rows[0].closesAt, to: rows.at(-1).closesAt + 24 * HOUR })
