import { columnMetric } from './columnMetric.ts'

/**
 * Share of the long side in a ratio of long over short, percent: 0.45 is 31 % long.
 * @example shareLong(0.45) // 31.03
 */
export const shareLong = (ratio: number): number => (100 * ratio) / (1 + ratio)

const MEASURES = {
  long_short_accounts: 'Long over short, all accounts',
  top_accounts: 'Long over short, accounts of top traders',
  top_positions: 'Long over short, positions of top traders',
  taker_ratio: 'Bought over sold by takers',
} as const

/**
 * Registry entries `long_short_accounts`, `top_accounts`, `top_positions`, `taker_ratio`: a venue's own ratio of one instrument, under
 * its own definition, never averaged with another's; `.share_long` says the same in percent.
 */
export const positioningMetrics = (Object.keys(MEASURES) as (keyof typeof MEASURES)[]).map((id) =>
  columnMetric({
    id,
    title: MEASURES[id],
    outputs: [
      { name: 'value', unit: 'ratio' },
      { name: 'share_long', unit: 'pct' },
    ],
    groups: [id],
    compute: (column) => {
      const ratio = column(`${id}.ratio`)
      return { value: ratio, share_long: ratio.map(shareLong) }
    },
  }),
)
