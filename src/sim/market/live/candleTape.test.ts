import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../../core/instant.ts'
import { CandleTape, joinBars, MINUTE } from './candleTape.ts'

const startAt = Date.UTC(2026, 0, 5, 13)
const add = (tape: CandleTape, ms: number, price: number, lots = 1, takerBuy = true) =>
  tape.add({ at: startAt + ms, price, lots, units: lots / 10, quoteValue: (price * lots) / 10, takerBuy })

describe('CandleTape', () => {
  it('is flat at the last price where nothing was traded', () => {
    const tape = new CandleTape(startAt, 100)
    add(tape, 2 * MINUTE + 5, 110)
    tape.reach(startAt + 3 * MINUTE)
    const bars = tape.bars(MINUTE, startAt, Infinity)
    expect(bars.map(({ open, close, trades }) => [open, close, trades])).toEqual([
      [100, 100, 0],
      [100, 100, 0],
      [110, 110, 1],
      [110, 110, 0],
    ])
  })

  it('adds trades up, what takers bought apart', () => {
    const tape = new CandleTape(startAt, 100)
    add(tape, 0, 101, 10)
    add(tape, 1, 99, 20, false)
    const bar = add(tape, MINUTE - 1, 100, 30)
    expect(bar).toEqual({
      at: startAt,
      stepMs: MINUTE,
      open: 101,
      high: 101,
      low: 99,
      close: 100,
      units: 6,
      quoteValue: 101 + 198 + 300,
      trades: 3,
      takerBuyUnits: 4,
      takerBuyQuoteValue: 401,
      lots: 60,
    })
  })

  it('gives bars that open in [from, to), the last one running', () => {
    const tape = new CandleTape(startAt, 100)
    tape.reach(startAt + 11 * MINUTE)
    const opens = (from: number, to: number) => tape.bars(5 * MINUTE, startAt + from, startAt + to).map(({ at }) => at)
    expect(opens(-HOUR_MS, HOUR_MS)).toEqual([0, 5, 10].map((minutes) => startAt + minutes * MINUTE))
    expect(opens(1, 10 * MINUTE)).toEqual([startAt + 5 * MINUTE])
    expect(opens(10 * MINUTE, 10 * MINUTE)).toEqual([])
  })

  it('does not keep an hour that is still running', () => {
    const tape = new CandleTape(startAt, 100)
    add(tape, 0, 100)
    const hour = () => tape.bars(HOUR_MS, startAt, startAt + HOUR_MS)[0]!
    expect(hour().trades).toBe(1)
    add(tape, 59 * MINUTE, 120)
    expect([hour().trades, hour().high]).toEqual([2, 120])
    add(tape, HOUR_MS, 130)
    expect([hour().trades, hour().high]).toEqual([2, 120])
  })
})

it('joins no bars to none', () => {
  expect(joinBars([], MINUTE)).toBeUndefined()
})
