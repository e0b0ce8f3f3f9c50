import { describe, expect, it } from 'vitest'
import { candle } from '../../../records/candle.ts'
import { trade } from '../../../records/trade.ts'
import { EventLag } from './eventLag.ts'

const tradeAt = (at: number) => ({ record: trade, row: { at } })

describe('EventLag', () => {
  it('is the median of what came lately', () => {
    const lag = new EventLag()
    lag.see([tradeAt(0)], 9_000, 0)
    for (const ms of [120, 80, 100]) lag.see([tradeAt(50_000), tradeAt(60_000)], 60_000 + ms, 15_000)
    expect(lag.medianMs(16_000)).toBe(100)
    expect(lag.medianMs(5_000)).toBe(120)
  })

  it('is unknown where no trade came, or none for long', () => {
    const lag = new EventLag()
    lag.see([{ record: candle, row: { at: 0 } }], 60_000, 0)
    lag.see([], 60_000, 0)
    expect(lag.medianMs(1)).toBeNaN()
    lag.see([tradeAt(0)], 10, 0)
    expect(lag.medianMs(1)).toBe(10)
    expect(lag.medianMs(20_000)).toBeNaN()
  })

  it('remembers the latest of many', () => {
    const lag = new EventLag()
    for (let i = 0; i < 10_000; i++) lag.see([tradeAt(0)], i < 9_000 ? 1 : 7, i / 10)
    expect(lag.medianMs(1_000)).toBe(7)
  })
})
