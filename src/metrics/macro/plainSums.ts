import { gaps } from '../../core/candles.ts'
import type { Frame } from '../../core/frame.ts'
import { textParam } from '../../core/params.ts'
import { single } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'

const valuesOf = ({ quotes, grid }: Frame, symbol: string): Float64Array => quotes.get(symbol) ?? gaps(grid.length)

/**
 * Registry entry `etf_flow(BTC|ETH)`: what spot funds listed in the United States took in on a day less what they paid out. The series is kept
 * as it is published, in millions of dollars.
 */
export const etfFlowMetric: Metric = {
  id: 'etf_flow',
  title: 'Net flow of US spot funds',
  params: [{ name: 'coin', kind: 'word', choices: ['BTC', 'ETH'] }],
  outputs: single('usd'),
  needs: (params) => [{ kind: 'quote', symbol: `ETF_FLOW_${textParam(params, 'coin')}` }],
  compute: (frame, params) => ({
    value: valuesOf(frame, `ETF_FLOW_${textParam(params, 'coin')}`).map((millions) => 1e6 * millions),
  }),
}

/** Registry entry `stablecoin_supply`: dollars of all stablecoins in circulation, as a publisher counts them. */
export const stablecoinSupplyMetric: Metric = {
  id: 'stablecoin_supply',
  title: 'Supply of stablecoins',
  params: [],
  outputs: single('usd'),
  needs: () => [{ kind: 'quote', symbol: 'STABLECOIN_SUPPLY' }],
  compute: (frame) => ({ value: valuesOf(frame, 'STABLECOIN_SUPPLY') }),
}

/** Registry entry `total_cap`: what all coins together are worth when a day begins, as CoinGecko counts and dates it. */
export const totalCapMetric: Metric = {
  id: 'total_cap',
  title: 'Market cap of all coins',
  params: [],
  outputs: single('usd'),
  needs: () => [{ kind: 'quote', symbol: 'TOTAL_CAP' }],
  compute: (frame) => ({ value: valuesOf(frame, 'TOTAL_CAP') }),
}

/**
 * Registry entry `dominance`: the market cap of an asset at the end of a day in percent of that of all coins then (`total`), which is
 * published under the day that begins with it; a gap where one of the two is.
 */
export const dominanceMetric: Metric = {
  id: 'dominance',
  title: 'Share of the market cap of all coins',
  params: [],
  outputs: [
    { name: 'value', unit: 'pct' },
    { name: 'total', unit: 'usd' },
  ],
  needs: () => [
    { kind: 'columns', group: 'market_cap' },
    { kind: 'quote', symbol: 'TOTAL_CAP' },
  ],
  compute: (frame) => {
    const cap = frame.columns.get('market_cap.usd') ?? gaps(frame.grid.length)
    const begins = valuesOf(frame, 'TOTAL_CAP')
    const total = begins.map((_, i) => begins[i + 1] ?? NaN)
    return { value: total.map((all, i) => (all > 0 ? (100 * (cap[i] as number)) / all : NaN)), total }
  },
}

/**
 * Registry entry `exchange_netflow(COIN)`: coins that went into the wallets of exchanges on a day less those that left them. Counted from both
 * flows, and not from what the wallets hold: that jumps when a wallet is added to the list, which is no inflow.
 */
export const exchangeNetflowMetric: Metric = {
  id: 'exchange_netflow',
  title: 'Net flow into exchanges',
  params: [{ name: 'coin', kind: 'word' }],
  outputs: single('coins'),
  needs: (params) => ['IN', 'OUT'].map((way) => ({ kind: 'quote', symbol: flowOf(textParam(params, 'coin'), way) })),
  compute: (frame, params) => {
    const [inflow, outflow] = ['IN', 'OUT'].map((way) => valuesOf(frame, flowOf(textParam(params, 'coin'), way))) as [
      Float64Array,
      Float64Array,
    ]
    return { value: inflow.map((coins, i) => coins - (outflow[i] as number)) }
  },
}

const flowOf = (coin: string, way: string): string => `EXCHANGE_${way}FLOW_${coin}`
