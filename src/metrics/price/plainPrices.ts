import { candleMetric, single } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'

/** Registry entry `open`: a bar's opening price. */
export const openMetric: Metric = plainPrice('open', 'Open')

/** Registry entry `high`: a bar's highest price. */
export const highMetric: Metric = plainPrice('high', 'High')

/** Registry entry `low`: a bar's lowest price. */
export const lowMetric: Metric = plainPrice('low', 'Low')

/** Registry entry `close`: a bar's last price. */
export const closeMetric: Metric = plainPrice('close', 'Close', { closesOnly: true })

function plainPrice(
  id: 'open' | 'high' | 'low' | 'close',
  title: string,
  of: { readonly closesOnly?: true } = {},
): Metric {
  return candleMetric({
    id,
    title,
    params: [],
    outputs: single('quote'),
    fields: [id],
    ...of,
    kernel: (candles) => ({ value: candles[id] }),
    stream: () => (bar) => ({ value: bar[id] }),
  })
}
