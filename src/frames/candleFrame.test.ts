import { describe, expect, it } from 'vitest'
import { CANDLE_FIELDS } from '../core/candles.ts'
import { DAY_MS, HOUR_MS, instant } from '../core/instant.ts'
import { candleFrame } from './candleFrame.ts'
import type { SeriesOffer } from './seriesOffer.ts'
import type { CandleRows } from './toGrid.ts'

const SERIES: SeriesOffer = {
  venue: 'binance',
  market: 'perp',
  instrument: '1000PEPEUSDT',
  interval: '1h',
  asset: 'PEPE',
  quote: 'USDT',
  multiplier: 1000,
  simulated: false,
  from: instant(0),
  to: instant(0),
  rows: 0,
  quoteVolume30d: 0,
}

const rowsAt = (hours: readonly number[]): CandleRows => ({
  at: Float64Array.from(hours, (hour) => hour * HOUR_MS),
  ...(Object.fromEntries(CANDLE_FIELDS.map((field) => [field, new Float64Array(hours.length).fill(2)])) as Omit<
    CandleRows,
    'at'
  >),
})

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, k) => from + k)
const asOf = instant(40 * DAY_MS)

describe('candleFrame', () => {
  it('says where its candles come from, how many there are and what is missing', () => {
    const rows = rowsAt([...range(0, 10), ...range(12, 20)])
    const frame = candleFrame({ series: SERIES, rows, interval: '1h', asOf })
    expect(frame).toMatchObject({
      asset: 'PEPE',
      asOf,
      interval: '1h',
      grid: { start: 0, step: HOUR_MS, length: 20 },
      conventions: ['multiplier/binance/1000PEPEUSDT/1000'],
    })
    expect(frame.inputs).toEqual([
      {
        kind: 'candles',
        venue: 'binance',
        market: 'perp',
        instrument: '1000PEPEUSDT',
        quote: 'USDT',
        interval: '1h',
        from: 0,
        to: 20 * HOUR_MS,
        rows: 18,
        gaps: 2,
        simulated: false,
      },
    ])
    expect([frame.candles?.close[0], frame.candles?.volume[0]]).toEqual([0.002, 2000])
  })

  it('names the interval that its bars were built from', () => {
    const frame = candleFrame({ series: SERIES, rows: rowsAt(range(0, 60)), interval: '1d', asOf })
    expect(frame.inputs[0]).toMatchObject({ interval: '1d', builtFrom: '1h', rows: 2, gaps: 0, to: 2 * DAY_MS })
    expect(frame.grid).toEqual({ start: 0, step: DAY_MS, length: 2 })
    expect(frame.candles?.volume[0]).toBe(48_000)
  })

  it('names no convention where one unit is one coin', () => {
    const series = { ...SERIES, multiplier: 1 }
    expect(candleFrame({ series, rows: rowsAt([0, 1]), interval: '1h', asOf }).conventions).toEqual([])
  })

  it('names the times at which the instrument began and ceased to be the asset', () => {
    const within = { from: instant(DAY_MS), to: instant(2 * DAY_MS) }
    const series = { ...SERIES, instrument: 'LITUSDT', asset: 'LIT', multiplier: 1, within }
    expect(candleFrame({ series, rows: rowsAt(range(24, 48)), interval: '1h', asOf }).conventions).toEqual([
      'asset/binance/LITUSDT/LIT/from/1970-01-02T00:00:00Z',
      'asset/binance/LITUSDT/LIT/to/1970-01-03T00:00:00Z',
    ])
  })

  it('carries into its provenance that a series is simulated', () => {
    const series = { ...SERIES, simulated: true }
    const frame = candleFrame({ series, rows: rowsAt(range(0, 24)), interval: '1d', asOf })
    expect(frame.inputs.map(({ simulated }) => simulated)).toEqual([true])
  })

  it('is empty where no bar is complete', () => {
    const frame = candleFrame({ series: SERIES, rows: rowsAt([0, 1]), interval: '1d', asOf })
    expect([frame.grid.length, frame.candles?.length]).toEqual([0, 0])
  })
})
