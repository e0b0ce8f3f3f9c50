import { assert, constantFrom, property, record } from 'fast-check'
import { describe, it } from 'vitest'
import { candle } from '../../records/candle.ts'
import { trade } from '../../records/trade.ts'
import { isCandle, type CandleRow } from './candleRows.ts'
import { isTrade } from './tradeRows.ts'

const price = constantFrom(NaN, -1, 0, 1e-300, 1, 2, 3, 1e300, Infinity, -Infinity)
const amount = constantFrom(0, 1, 2, 5e-324, 1e300, -1, NaN, Infinity)
const optional = constantFrom(undefined, 0, 1, 2, -5e-324, NaN, Infinity)

describe('the check by hand accepts what the schema accepts', () => {
  it('of candles', () => {
    const own = { venue: 'x', market: 'spot', instrument: 'A', interval: '1d', at: 0, knownAt: 1 }
    const numbers = record({
      open: price,
      high: price,
      low: price,
      close: price,
      volume: amount,
      quoteVolume: optional,
      trades: optional,
      takerBuyVolume: optional,
      takerBuyQuoteVolume: optional,
    })
    assert(
      property(numbers, (row) => {
        const filled = { ...own, ...row }
        return isCandle(filled as CandleRow) === candle.schema.safeParse(filled).success
      }),
      { numRuns: 20_000 },
    )
  })

  it('of candles whose prices are in order', () => {
    const own = { venue: 'x', market: 'spot', instrument: 'A', interval: '1d', at: 0, knownAt: 1, open: 2, close: 2 }
    const edges = record({ high: constantFrom(1, 2, 3), low: constantFrom(1, 2, 3), volume: amount, trades: optional })
    assert(
      property(edges, (row) => {
        const filled = { ...own, ...row }
        return isCandle(filled as unknown as CandleRow) === candle.schema.safeParse(filled).success
      }),
      { numRuns: 2000 },
    )
  })

  it('of trades', () => {
    const own = { venue: 'x', market: 'spot', instrument: 'A', at: 0, knownAt: 0, tradeId: '1', takerBuy: true }
    assert(
      property(
        record({ price, quantity: amount }),
        (row) => isTrade(row) === trade.schema.safeParse({ ...own, ...row }).success,
      ),
      { numRuns: 2000 },
    )
  })
})
