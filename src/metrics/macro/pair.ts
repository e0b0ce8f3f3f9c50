import { gaps } from '../../core/candles.ts'
import type { Frame } from '../../core/frame.ts'
import { textParam } from '../../core/params.ts'
import { single } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'

/**
 * Registry entry `pair(ETH, BTC)`: what one coin costs in another, by their closes in dollars; a gap where one of the two is. It does not matter
 * which asset it is asked for.
 */
export const pairMetric: Metric = {
  id: 'pair',
  title: 'Price of one coin in another',
  params: [
    { name: 'coin', kind: 'word' },
    { name: 'in', kind: 'word' },
  ],
  outputs: single('ratio'),
  needs: (params) => ['coin', 'in'].map((name) => ({ kind: 'closes', asset: textParam(params, name) })),
  compute: (frame, params) => {
    const [coin, other] = ['coin', 'in'].map((name) => closes(frame, textParam(params, name))) as [
      Float64Array,
      Float64Array,
    ]
    return { value: coin.map((price, i) => price / (other[i] as number)) }
  },
}

const closes = ({ quotes, grid }: Frame, asset: string): Float64Array =>
  quotes.get(`close(${asset})`) ?? gaps(grid.length)
