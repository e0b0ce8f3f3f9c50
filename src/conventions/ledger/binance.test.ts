import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../core/instant.ts'
import { ledgerLookup, FIELDS, type Field, type Rule } from '../convention.ts'
import { binance } from './binance.ts'

const asked = <R extends Rule['of']>(
  field: Field,
  rule: R,
  day = '2026-11-01',
  contract: 'none' | 'linear' = 'linear',
) => ledgerLookup(binance)({ venue: 'binance', field, contract, at: parseInstant(day), rule })

describe('the ledger of Binance', () => {
  it('says something of every field but the positions of accounts, which the venue does not publish', () => {
    const fields = new Set(binance.map(({ field }) => field))
    expect(FIELDS.filter((field) => !fields.has(field))).toEqual(['position'])
  })

  it('has these entries', () => {
    expect(binance.map(({ id }) => id.slice('binance/'.length))).toEqual([
      'open_interest/units',
      'open_interest_history/units',
      'contract_size/one-unit',
      'candle/spot',
      'candle/usd-m',
      'taker_volume/buys',
      'trade/order',
      'trade/100ms',
      'liquidation/last-of-a-second',
      'funding/interval-rate',
      'funding/regular-and-special',
      'long_short_accounts/net-accounts',
      'top_accounts/top-fifth',
      'top_positions/top-fifth',
      'taker_ratio/volume',
      'metrics_label/end',
      'metrics_label/start',
      'symbol/thousands',
      'socket/spot',
      'socket/one-path',
      'socket/split-paths',
    ])
  })

  it('does not claim to know the sides of open interest', () => {
    for (const field of ['open_interest', 'open_interest_history'] as const) {
      const { rule, standing } = asked(field, 'open interest')
      expect(rule).toEqual({ of: 'open interest', countedIn: 'units', sides: 'unknown' })
      expect(standing).toBe('unknown')
    }
  })

  it('reads liquidations as orders, filled at an average, one a second', () => {
    expect(asked('liquidation', 'liquidation').rule).toEqual({
      of: 'liquidation',
      side: 'order',
      price: 'average fill',
      countedIn: 'units',
      feed: 'one a second',
    })
  })

  it('reads trades as aggregates, of an order on spot and of 100 ms on futures', () => {
    expect(asked('trade', 'trade', '2026-11-01', 'none').id).toBe('binance/trade/order')
    expect(asked('trade', 'trade').id).toBe('binance/trade/100ms')
    expect(asked('trade', 'trade').rule).toMatchObject({ grain: 'aggregate', countedIn: 'units', ids: 'consecutive' })
  })

  it('reads candles as volumes in units with what takers bought', () => {
    for (const contract of ['none', 'linear'] as const) {
      expect(asked('candle', 'candle', '2026-11-01', contract).rule).toEqual({
        of: 'candle',
        volumeIn: 'units',
        takerVolume: 'given',
        dayEnds: '00:00Z',
      })
    }
  })

  it('keeps four definitions of positioning apart', () => {
    const fields = ['long_short_accounts', 'top_accounts', 'top_positions', 'taker_ratio'] as const
    const definitions = fields.map((field) => asked(field, 'ratio').rule.definition)
    expect(new Set(definitions).size).toBe(4)
    expect(asked('taker_ratio', 'ratio').standing).toBe('inferred')
  })

  it('knows the day on which the labels of the dump of statistics moved', () => {
    expect(asked('metrics_label', 'label', '2026-06-24')).toMatchObject({
      id: 'binance/metrics_label/end',
      rule: { marks: 'end' },
    })
    expect(asked('metrics_label', 'label', '2026-06-25')).toMatchObject({
      id: 'binance/metrics_label/start',
      rule: { marks: 'start' },
    })
  })

  it('knows the day from which there are special charges, and the day on which paths were split', () => {
    expect(asked('funding', 'note', '2026-07-23').id).toBe('binance/funding/interval-rate')
    expect(asked('funding', 'note', '2026-07-24').id).toBe('binance/funding/regular-and-special')
    expect(asked('socket', 'note', '2026-03-05').id).toBe('binance/socket/one-path')
    expect(asked('socket', 'note', '2026-03-06').id).toBe('binance/socket/split-paths')
  })
})
