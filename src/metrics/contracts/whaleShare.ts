import { textParam, type Params } from '../../core/params.ts'
import { columnMetric } from './columnMetric.ts'

/** `spot_sizes` or `perp_sizes`, by the word for it in an id. */
const groupOf = (params: Params): 'spot_sizes' | 'perp_sizes' =>
  textParam(params, 'market') === 'spot' ? 'spot_sizes' : 'perp_sizes'

/**
 * Registry entry `whale_share(market)`: what takers traded in large trades, of all that they traded, percent. Large is a trade above the
 * 99th percentile of its instrument's trades in the seven days up to the end of the bar, to within one percent of size. Exchange whale
 * ratio (inflows) and the ratio of top traders' positions are other things that go by the same word. A venue that tells fills one by one
 * has smaller large trades than one that tells what an order took.
 */
export const whaleShareMetric = columnMetric({
  id: 'whale_share',
  title: 'Share of large trades',
  params: [{ name: 'market', kind: 'word', default: 'futures', choices: ['spot', 'futures'] }],
  outputs: [{ name: 'value', unit: 'pct' }],
  groups: (params) => [groupOf(params)],
  compute: (column, _, params) => {
    const [large, all] = [column(`${groupOf(params)}.large`), column(`${groupOf(params)}.all`)]
    return { value: large.map((value, i) => ((all[i] as number) > 0 ? (100 * value) / (all[i] as number) : NaN)) }
  },
})
