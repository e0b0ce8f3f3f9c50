import { textParam } from '../../core/params.ts'
import { columnMetric } from './columnMetric.ts'

/** The windows of an estimated map: only positions that were opened so long before the moment are on it. */
export const MAP_WINDOWS = ['1d', '7d', '30d'] as const
export type MapWindow = (typeof MAP_WINDOWS)[number]

/**
 * Registry entry `liquidation_map(window)`: where positions that were opened in the window before each bar's close would be liquidated, as
 * estimated from open interest, over the venues held. `largest_above` and `largest_below` are the prices of the bins (half a percent wide)
 * with the most shorts above and the most longs below the price; `above_usd` and `below_usd` what lies within ten percent of it. The
 * leverages are assumed, every position is taken for isolated, and only the last 120 bars are computed. How well such a map tells what
 * is liquidated: docs/metrics/liquidation_map.md.
 */
export const liquidationMapMetric = columnMetric({
  id: 'liquidation_map',
  title: 'Liquidation map (estimated)',
  params: [{ name: 'window', kind: 'word', default: '7d', choices: MAP_WINDOWS }],
  outputs: [
    { name: 'largest_above', unit: 'quote' },
    { name: 'largest_below', unit: 'quote' },
    { name: 'above_usd', unit: 'usd' },
    { name: 'below_usd', unit: 'usd' },
  ],
  groups: (params) => [`liquidation_map_${textParam(params, 'window') as MapWindow}`],
  compute: (column, _, params) => {
    const group = `liquidation_map_${textParam(params, 'window')}`
    return {
      largest_above: column(`${group}.largest_above`),
      largest_below: column(`${group}.largest_below`),
      above_usd: column(`${group}.above_usd`),
      below_usd: column(`${group}.below_usd`),
    }
  },
})
