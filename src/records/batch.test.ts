import { describe, expect, it } from 'vitest'
import { instant } from '../core/instant.ts'
import { BatchBuilder, batchOf, knownBy } from './batch.ts'
import { candle } from './candle.ts'
import { columnsOf } from './record.ts'
import { trade } from './trade.ts'

const row = (at: number, close: number) => ({
  venue: 'binance',
  market: 'spot',
  instrument: 'ETHUSDT',
  interval: '1d',
  at,
  knownAt: at + 86_400_000,
  open: close,
  high: close,
  low: close,
  close,
  volume: 1,
})

describe('a batch', () => {
  it('holds every column of its record, by name, as long as its rows', () => {
    const batch = batchOf(candle, [row(0, 1), { ...row(86_400_000, 2), trades: 7 }])
    expect([batch.length, batch.record]).toEqual([2, candle])
    expect(Object.keys(batch.columns).toSorted()).toEqual(
      columnsOf(candle)
        .map(({ name }) => name)
        .toSorted(),
    )
    expect(Object.values(batch.columns).every((column) => column.length === 2)).toBe(true)
    expect(batch.columns['close']).toEqual(Float64Array.of(1, 2))
    expect(batch.columns['instrument']).toEqual(['ETHUSDT', 'ETHUSDT'])
  })

  it('marks what a row does not give as a gap, never as 0', () => {
    expect(batchOf(candle, [{ ...row(0, 1), trades: 0 }, row(1, 2)]).columns['trades']).toEqual(Float64Array.of(0, NaN))
  })

  it('keeps flags as 0 and 1 and ids as text', () => {
    const one = { venue: 'v', market: 'spot', instrument: 'X', at: 0, knownAt: 0, price: 1, quantity: 1 }
    const batch = batchOf(trade, [
      { ...one, tradeId: '0012345678901234567890', takerBuy: true },
      { ...one, tradeId: '7', takerBuy: false },
    ])
    expect(batch.columns['takerBuy']).toEqual(Float64Array.of(1, 0))
    expect(batch.columns['tradeId']).toEqual(['0012345678901234567890', '7'])
  })

  it('is empty for no rows', () => {
    const batch = batchOf(candle, [])
    expect(batch.length).toBe(0)
    expect(Object.values(batch.columns).every((column) => column.length === 0)).toBe(true)
  })

  it('is as long as what was pushed, not as its builder can hold', () => {
    const builder = new BatchBuilder(candle, 100)
    for (let i = 0; i < 3; i++) builder.push(row(i, i + 1))
    expect(builder.length).toBe(3)
    expect(builder.build().columns['at']).toEqual(Float64Array.of(0, 1, 2))
  })
})

describe('knownBy', () => {
  const bars = batchOf(candle, [row(0, 1), row(86_400_000, 2)])
  const knownAt = bars.columns['knownAt'] as Float64Array

  it('leaves out the bar that is still open', () => {
    const known = knownBy(bars, instant((knownAt[1] as number) - 1))
    expect(known.length).toBe(1)
    expect(known.columns['close']).toEqual(Float64Array.of(1))
    expect(known.columns['instrument']).toEqual(['ETHUSDT'])
  })

  it('is the batch itself where all is known', () => {
    expect(knownBy(bars, instant(knownAt[1] as number))).toBe(bars)
  })
})
