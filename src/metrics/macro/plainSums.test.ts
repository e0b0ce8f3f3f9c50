import { expect, it } from 'vitest'
import { instant } from '../../core/instant.ts'
import type { Frame } from '../../core/frame.ts'
import { evaluateMetric, resolveMetric } from '../registry.ts'

const frame = (
  quotes: Readonly<Record<string, readonly number[]>>,
  columns: Readonly<Record<string, readonly number[]>> = {},
): Frame => {
  const mapped = (of: Readonly<Record<string, readonly number[]>>) =>
    new Map(Object.entries(of).map(([name, values]) => [name, Float64Array.from(values)]))
  return {
    asset: 'BTC',
    asOf: instant(4 * 86_400_000),
    interval: '1d',
    grid: { start: instant(0), step: 86_400_000, length: 2 },
    quotes: mapped(quotes),
    columns: mapped(columns),
    inputs: [],
    conventions: [],
  }
}

it.each([
  ['etf_flow(BTC)', frame({ ETF_FLOW_BTC: [428.9, -10] }), [428_900_000, -10_000_000]],
  ['stablecoin_supply', frame({ STABLECOIN_SUPPLY: [5, NaN] }), [5, NaN]],
  ['total_cap', frame({ TOTAL_CAP: [7, 8] }), [7, 8]],
  // All coins at the end of a day stand under the next one.
  ['dominance', frame({ TOTAL_CAP: [400, 200] }, { 'market_cap.usd': [120, 5] }), [60, NaN]],
  ['dominance', frame({ TOTAL_CAP: [400, 0] }, { 'market_cap.usd': [120, 5] }), [NaN, NaN]],
  ['exchange_netflow(ETH)', frame({ EXCHANGE_INFLOW_ETH: [10, 4], EXCHANGE_OUTFLOW_ETH: [7, 9] }), [3, -5]],
  ['exchange_netflow(ETH)', frame({ EXCHANGE_INFLOW_ETH: [10, 4] }), [NaN, NaN]],
  ['total_cap', frame({}), [NaN, NaN]],
])('%s is what the series say', (id, of, expected) => {
  expect(Array.from(evaluateMetric(resolveMetric(id), of)['value']!)).toEqual(expected)
})

it('needs what it is of', () => {
  expect(resolveMetric('exchange_netflow(ETH)').needs).toEqual([
    { kind: 'quote', symbol: 'EXCHANGE_INFLOW_ETH' },
    { kind: 'quote', symbol: 'EXCHANGE_OUTFLOW_ETH' },
  ])
  expect(() => resolveMetric('etf_flow(SOL)')).toThrow(expect.objectContaining({ code: 'BAD_PARAM' }))
})
