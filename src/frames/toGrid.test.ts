import { describe, expect, it } from 'vitest'
import { CANDLE_FIELDS, gaps } from '../core/candles.ts'
import { HOUR_MS } from '../core/instant.ts'
import { toGrid, type CandleRows } from './toGrid.ts'

/** Rows at the given hours; close = 100 + hour, volume 10, taker volume 4, quote volume 1000, 7 trades. */
function rowsAt(...hours: readonly number[]): CandleRows {
  const column = (value: (hour: number) => number) => Float64Array.from(hours, value)
  return {
    at: column((hour) => hour * HOUR_MS),
    open: column((hour) => 99 + hour),
    high: column((hour) => 102 + hour),
    low: column((hour) => 98 + hour),
    close: column((hour) => 100 + hour),
    volume: column(() => 10),
    quoteVolume: column(() => 1000),
    trades: column(() => 7),
    takerBuyVolume: column(() => 4),
    takerBuyQuoteVolume: column(() => 400),
  }
}

describe('toGrid', () => {
  it('puts rows in a row on the grid as they are', () => {
    const candles = toGrid(rowsAt(5, 6, 7), HOUR_MS, 1)
    expect([candles.start, candles.step, candles.length]).toEqual([5 * HOUR_MS, HOUR_MS, 3])
    expect([...candles.close]).toEqual([105, 106, 107])
    expect([...candles.trades]).toEqual([7, 7, 7])
  })

  it('leaves a gap in every column where a row is missing', () => {
    const candles = toGrid(rowsAt(1, 2, 5), HOUR_MS, 1)
    expect(candles.length).toBe(5)
    for (const field of CANDLE_FIELDS) {
      expect(candles[field]).toHaveLength(5)
      expect([...candles[field].subarray(2, 4)]).toEqual([NaN, NaN])
    }
    expect([...candles.close]).toEqual([101, 102, NaN, NaN, 105])
  })

  it('keeps a measure that the source does not give as a gap', () => {
    const candles = toGrid({ ...rowsAt(1, 3), takerBuyVolume: gaps(2) }, HOUR_MS, 1)
    expect([...candles.takerBuyVolume]).toEqual([NaN, NaN, NaN])
  })

  it('gives prices per coin and volumes in coins for an instrument of many coins; money and counts stay', () => {
    const candles = toGrid(rowsAt(0, 2), HOUR_MS, 1000)
    expect([candles.open[0], candles.high[0], candles.low[0], candles.close[0]]).toEqual([
      99 / 1000,
      102 / 1000,
      98 / 1000,
      100 / 1000,
    ])
    expect([candles.volume[2], candles.takerBuyVolume[2]]).toEqual([10_000, 4000])
    expect([candles.quoteVolume[2], candles.takerBuyQuoteVolume[2], candles.trades[2]]).toEqual([1000, 400, 7])
  })

  it('does not change the rows that it was given', () => {
    const rows = rowsAt(0, 1)
    toGrid(rows, HOUR_MS, 1000)
    expect([...rows.close]).toEqual([100, 101])
  })

  it('is empty for no rows', () => {
    const candles = toGrid(rowsAt(), HOUR_MS, 1)
    expect(candles.length).toBe(0)
    expect(CANDLE_FIELDS.every((field) => candles[field].length === 0)).toBe(true)
  })
})
