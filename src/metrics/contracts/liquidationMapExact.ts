import { columnMetric } from './columnMetric.ts'

const OUTPUTS = [
  ['largest_above', 'usd'],
  ['largest_below', 'usd'],
  ['above_usd', 'usd'],
  ['below_usd', 'usd'],
  ['accounts', 'count'],
  ['left_out', 'count'],
  ['long_coverage', 'pct'],
  ['long_coverage_most', 'pct'],
  ['short_coverage', 'pct'],
  ['short_coverage_most', 'pct'],
  ['all_long_coverage', 'pct'],
  ['all_long_coverage_most', 'pct'],
  ['all_short_coverage', 'pct'],
  ['all_short_coverage_most', 'pct'],
] as const

/**
 * Registry entry `liquidation_map_exact`: where the positions that a venue publishes would be liquidated, by bins of one percent of price,
 * as of the close of each bar. Of the bins from half to double the mark `.largest_above` is the price above it at which most dollars of
 * shorts would be, `.largest_below` the same of longs below it; `.above_usd` and `.below_usd` are those within ten percent. `.accounts` have a position; `.left_out`
 * positions have no or an absurd liquidation price and stand in no bin. `.long_coverage` and `.short_coverage` are what known positions
 * make up of the asset's open interest there, with `_most` where the venue may count both sides; those with `all_` the same over all
 * assets of the venue. An account stands as it was last seen, for a day at the longest.
 */
export const liquidationMapExactMetric = columnMetric({
  id: 'liquidation_map_exact',
  title: 'Liquidation map of published positions',
  outputs: OUTPUTS.map(([name, unit]) => ({ name, unit })),
  groups: ['liquidation_map_exact'],
  compute: (column) => Object.fromEntries(OUTPUTS.map(([name]) => [name, column(`liquidation_map_exact.${name}`)])),
})
