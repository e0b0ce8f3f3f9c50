import { gaps } from '../../core/candles.ts'
import { textParam } from '../../core/params.ts'
import type { Metric } from '../metric.ts'
import { realisedVolatility } from '../price/realisedVolatility.ts'
import { trailingPercentile } from '../trailingPercentile.ts'
import { firstBarOn } from '../window.ts'

const VIX = 'VIX'
const SPX = 'SPX'
/** Sessions of a month and of a year. */
const MONTH = 21
const YEAR = 252

/**
 * Registry entry `volatility_state(since)`: the VIX, its percentile in the 252 sessions up to then, the realised volatility of an asset and of
 * the S&P 500 over 21 sessions (both at New York's close, percent a year of 252 sessions), and, from a dated event on, by how much the VIX
 * changed since the close of that day (the next session's), in points.
 */
export const volatilityStateMetric: Metric = {
  id: 'volatility_state',
  title: 'State of volatility',
  params: [{ name: 'since', kind: 'date', optional: true }],
  outputs: [
    { name: 'vix', unit: 'points' },
    { name: 'vix_percentile', unit: 'pct' },
    { name: 'asset', unit: 'pct' },
    { name: 'spx', unit: 'pct' },
    { name: 'since', unit: 'points' },
  ],
  needs: () => [
    { kind: 'columns', group: 'us_close' },
    { kind: 'quote', symbol: VIX },
    { kind: 'quote', symbol: SPX },
  ],
  compute: (frame, params) => {
    const vix = frame.quotes.get(VIX) ?? gaps(frame.grid.length)
    const since = params['since'] === undefined ? frame.grid.length : firstBarOn(frame.grid, textParam(params, 'since'))
    const event = vix.findIndex((level, i) => i >= since && !Number.isNaN(level))
    return {
      vix,
      vix_percentile: onSessions(vix, (levels) => trailingPercentile(levels, YEAR)),
      asset: onSessions(frame.columns.get('us_close.price') ?? gaps(frame.grid.length), volatilityOf),
      spx: onSessions(frame.quotes.get(SPX) ?? gaps(frame.grid.length), volatilityOf),
      since: vix.map((level, i) => (event >= 0 && i >= event ? level - (vix[event] as number) : NaN)),
    }
  },
}

const volatilityOf = (closes: Float64Array): Float64Array => realisedVolatility(closes, MONTH, YEAR)

/** A measure of the values alone, as if the days without one were not there. */
function onSessions(column: Float64Array, measure: (values: Float64Array) => Float64Array): Float64Array {
  const bars = Array.from(column.keys()).filter((i) => !Number.isNaN(column[i]))
  const found = measure(Float64Array.from(bars, (i) => column[i] as number))
  const out = gaps(column.length)
  for (const [k, bar] of bars.entries()) out[bar] = found[k] as number
  return out
}
