import { gaps, type Grid } from '../../core/candles.ts'
import { HOUR_MS } from '../../core/instant.ts'
import type { Funding } from '../../records/funding.ts'

/** Funding paid on one instrument, oldest first, and what weighs it. */
export interface InstrumentFunding {
  readonly rows: readonly Pick<Funding, 'at' | 'rate' | 'hours'>[]
  /** Open interest of its venue on the grid, in the quote; without it all instruments weigh alike. */
  readonly usd: Float64Array | undefined
}

const YEAR_HOURS = 365 * 24
/** Longest interval of a venue. */
const LONGEST_HOURS = 8

/**
 * Funding on a grid. A bar's rate of an instrument is the mean of what was paid in it, annualised by the instrument's own interval: the
 * hours that the venue tells, else those since the payment before. A bar without a payment keeps the last for eight hours.
 * @returns `funding.annual`: mean over instruments, weighed by open interest where all have it, percent a year; `funding.per_8h`: the
 *   same for eight hours, percent; `funding.parts`: instruments in it
 * @example fundingColumns([{ rows: [{ at: 0, rate: 0.0001, hours: 8 }], usd: undefined }], grid)['funding.annual'][0] // 10.95
 */
export function fundingColumns(
  instruments: readonly InstrumentFunding[],
  grid: Grid,
): Readonly<Record<string, Float64Array>> {
  const own = instruments.map(({ rows }) => annualised(rows, grid))
  const annual = gaps(grid.length)
  const parts = new Float64Array(grid.length)
  for (let i = 0; i < grid.length; i++) {
    let [sum, weights, count] = [0, 0, 0]
    const isWeighed = instruments.every(({ usd }, k) => Number.isNaN(own[k]?.[i]) || (usd?.[i] ?? NaN) > 0)
    for (const [k, { usd }] of instruments.entries()) {
      const rate = own[k]?.[i] ?? NaN
      if (Number.isNaN(rate)) continue
      const weight = isWeighed ? (usd?.[i] as number) : 1
      sum += weight * rate
      weights += weight
      count++
    }
    parts[i] = count
    if (count > 0) annual[i] = sum / weights
  }
  const per8h = annual.map((rate) => (rate * LONGEST_HOURS) / YEAR_HOURS)
  return { 'funding.annual': annual, 'funding.per_8h': per8h, 'funding.parts': parts }
}

/** Percent a year, bar by bar. */
function annualised(rows: InstrumentFunding['rows'], grid: Grid): Float64Array {
  const [sums, counts] = [new Float64Array(grid.length), new Float64Array(grid.length)]
  const out = gaps(grid.length)
  const carried = Math.floor((LONGEST_HOURS * HOUR_MS) / grid.step)
  let before: number | undefined
  for (const { at, rate, hours } of rows) {
    const since = before === undefined ? NaN : Math.round((at - before) / HOUR_MS)
    const interval = hours ?? (since >= 1 && since <= LONGEST_HOURS ? since : NaN)
    before = at
    const bar = Math.floor((at - grid.start) / grid.step)
    if (Number.isNaN(interval)) continue
    const yearly = 100 * rate * (YEAR_HOURS / interval)
    for (let i = Math.max(0, bar + 1); i <= bar + carried && i < grid.length; i++) if (counts[i] === 0) out[i] = yearly
    if (bar < 0 || bar >= grid.length) continue
    sums[bar] = (sums[bar] as number) + yearly
    counts[bar] = (counts[bar] as number) + 1
    out[bar] = (sums[bar] as number) / (counts[bar] as number)
  }
  return out
}
