import { gaps } from '../../core/candles.ts'
import { textParam } from '../../core/params.ts'
import type { Metric } from '../metric.ts'
import { firstBarOn } from '../window.ts'
import { commonDays, needsOfComparison } from './commonDays.ts'

/**
 * Registry entry `relative_strength(SYMBOL, since)`: how much more an asset gained than a series of the New York session since the close there
 * on a date (the next one with both), as the difference of their log returns times a hundred; `.asset` and `.series` are the two.
 */
export const relativeStrengthMetric: Metric = {
  id: 'relative_strength',
  title: 'Relative strength at the close in New York, in log returns',
  params: [
    { name: 'symbol', kind: 'word' },
    { name: 'since', kind: 'date' },
  ],
  outputs: [
    { name: 'value', unit: 'pct' },
    { name: 'asset', unit: 'pct' },
    { name: 'series', unit: 'pct' },
  ],
  needs: needsOfComparison,
  compute: (frame, params) => {
    const first = firstBarOn(frame.grid, textParam(params, 'since'))
    const days = commonDays(frame, params)
    const from = days.bars.findIndex((bar) => bar >= first)
    const out = { value: gaps(frame.grid.length), asset: gaps(frame.grid.length), series: gaps(frame.grid.length) }
    if (from < 0) return out
    for (let k = from; k < days.bars.length; k++) {
      const bar = days.bars[k] as number
      const [asset, series] = [days.asset, days.series].map(
        (values) => 100 * Math.log((values[k] as number) / (values[from] as number)),
      ) as [number, number]
      out.value[bar] = asset - series
      out.asset[bar] = asset
      out.series[bar] = series
    }
    return out
  },
}
