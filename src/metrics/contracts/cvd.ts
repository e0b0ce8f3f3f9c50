import { gaps } from '../../core/candles.ts'
import { textParam, type Params } from '../../core/params.ts'
import { firstBarOn } from '../window.ts'
import { columnMetric } from './columnMetric.ts'

/**
 * Cumulative volume delta: what takers bought less what they sold, summed from an anchor on. It is the flow of aggressors, never "net
 * longs". A bar without a value is a gap, after which the sum goes on from where it stood: the flow of the gap is not in it.
 * @param bought - quote value that takers bought, bar by bar
 * @param sold - what they sold
 * @param from - first bar of the sum
 * @returns the running sum in the quote; NaN before the anchor and at gaps
 * @example cumulativeDelta(Float64Array.of(3, 1), Float64Array.of(1, 2)) // [2, 1]
 */
export function cumulativeDelta(bought: Float64Array, sold: Float64Array, from = 0): Float64Array {
  const out = gaps(bought.length)
  let sum = 0
  for (let i = Math.max(from, 0); i < bought.length; i++) {
    const delta = (bought[i] as number) - (sold[i] as number)
    if (Number.isNaN(delta)) continue
    sum += delta
    out[i] = sum
  }
  return out
}

/** `spot_flow` or `perp_flow`, by the word for it in an id. */
const groupOf = (params: Params): 'spot_flow' | 'perp_flow' =>
  textParam(params, 'market') === 'spot' ? 'spot_flow' : 'perp_flow'

/**
 * Registry entry `cvd(market, from)`: cumulative volume delta of the spot or the futures instruments in dollars, from a day on (the first
 * bar held, unless said); `.delta` is that of the bar alone. From candles with taker volume, else from trades. Whether fills of the
 * insurance fund and of automatic deleveraging are in, the ledger says by venue.
 */
export const cvdMetric = columnMetric({
  id: 'cvd',
  title: 'Cumulative volume delta',
  params: [
    { name: 'market', kind: 'word', default: 'futures', choices: ['spot', 'futures'] },
    { name: 'from', kind: 'date', optional: true },
  ],
  outputs: [
    { name: 'value', unit: 'usd' },
    { name: 'delta', unit: 'usd' },
  ],
  groups: (params) => [groupOf(params)],
  compute: (column, { grid }, params) => {
    const group = groupOf(params)
    const [bought, sold] = [column(`${group}.bought`), column(`${group}.sold`)]
    const anchor = params['from'] === undefined ? 0 : firstBarOn(grid, textParam(params, 'from'))
    return {
      value: cumulativeDelta(bought, sold, anchor),
      delta: bought.map((value, i) => value - (sold[i] as number)),
    }
  },
})
