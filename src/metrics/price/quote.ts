import { gaps } from '../../core/candles.ts'
import { textParam } from '../../core/params.ts'
import { single } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'

/** Registry entry `quote(SYMBOL)`: a plain series such as VIX, its last value per bar; a gap where it was not quoted. */
export const quoteMetric: Metric = {
  id: 'quote',
  title: 'Quote',
  params: [{ name: 'symbol', kind: 'word' }],
  outputs: single('points'),
  needs: (params) => [{ kind: 'quote', symbol: textParam(params, 'symbol') }],
  compute: (frame, params) => ({
    value: frame.quotes.get(textParam(params, 'symbol')) ?? gaps(frame.grid.length),
  }),
}
