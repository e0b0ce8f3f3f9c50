import { expect, it } from 'vitest'
import { candle } from '../../records/candle.ts'
import { instrument } from '../../records/instrument.ts'
import type { Batch } from '../../records/batch.ts'
import { columnsOf } from '../../records/record.ts'
import { parseScenario } from './parseScenario.ts'
import { simulatedBatches } from './simulatedBatches.ts'
import { simulateMarket } from './simulateMarket.ts'

const asset = { asset: 'ETH', quote: 'USDT', startPrice: 1800, volatilityPct: 60, dayVolumeQuote: 1e9 }
const follower = { ...asset, asset: 'BTC', startPrice: 80_000, follows: { asset: 'ETH', correlation: 0.8 } }
const scenario = parseScenario(
  {
    title: 'three days',
    seed: 'a',
    from: '2025-04-01',
    to: '2025-04-03',
    assets: [asset, follower],
    facts: [{ asset: 'ETH', on: '2025-04-02', low: 1700, high: 1900 }],
    bounds: [],
  },
  'three.json',
)
const market = simulateMarket(scenario)
const batches = [...simulatedBatches(scenario, market)]
const rowOf = ({ columns }: Batch, i: number): object =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[i]]))

it('gives the instruments first, then one batch of candles per asset', () => {
  expect(batches.map(({ record, length }) => [record.name, length])).toEqual([
    ['instrument', 2],
    ['candle', 72],
    ['candle', 72],
  ])
})

it('marks every instrument as simulated', () => {
  const rows = [0, 1].map((i) => ({ ...rowOf(batches[0]!, i), simulated: batches[0]!.columns['simulated']![i] === 1 }))
  expect(rows.map((row) => instrument.schema.parse(row))).toEqual([
    {
      venue: 'simulated',
      market: 'spot',
      instrument: 'ETHUSDT',
      asset: 'ETH',
      quote: 'USDT',
      multiplier: 1,
      simulated: true,
    },
    {
      venue: 'simulated',
      market: 'spot',
      instrument: 'BTCUSDT',
      asset: 'BTC',
      quote: 'USDT',
      multiplier: 1,
      simulated: true,
    },
  ])
})

it('gives candles that the record accepts, known at their close', () => {
  for (let i = 0; i < 72; i++) {
    const row = candle.schema.parse(rowOf(batches[1]!, i))
    expect(row).toMatchObject({ venue: 'simulated', market: 'spot', instrument: 'ETHUSDT', interval: '1h' })
    expect(row.knownAt - row.at).toBe(3_600_000)
    expect(row.takerBuyVolume).toBe(market.get('ETH')!.takerBuyVolume[i])
  }
})

it('has the columns of each record, no more and no fewer', () => {
  for (const { record, columns } of batches) {
    expect(Object.keys(columns).toSorted()).toEqual(
      columnsOf(record)
        .map(({ name }) => name)
        .toSorted(),
    )
  }
})

it('gives nothing for an asset that the market lacks', () => {
  expect([...simulatedBatches(scenario, new Map())].map(({ length }) => length)).toEqual([0])
})
