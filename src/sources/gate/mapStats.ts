import { coinsOf, comparableOpenInterest } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant, type InstantMs } from '../../core/instant.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import type { Instrument } from '../../records/instrument.ts'
import { openInterest } from '../../records/openInterest.ts'
import { positioning, type PositioningMeasure } from '../../records/positioning.ts'
import type { Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { known, listOf, unlessZero, seriesOf } from './rows.ts'
import * as wire from './wire.ts'

/** The grid of statistics, and now by the venue's clock: a window that is not over still changes and is left out. */
export interface StatsGrid {
  readonly interval: Interval
  readonly now: InstantMs
}

/** Open interest of the windows that are over, keyed by their begin and known at their end. */
export function mapOpenInterestHistory(json: unknown, is: Instrument, { interval, now }: StatsGrid): Mapped {
  const mapping = new Mapping('contract_stats open interest')
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.contractStats, element, [i], ({ time: at, open_interest: published, mark_price: mark }) => {
      const knownAt = at + intervalMs(interval)
      if (knownAt > now) return
      const field = 'open_interest_history'
      const entry = convention({
        venue: 'gate',
        field,
        contract: is.contract,
        at: instant(at),
        rule: 'open interest',
      })
      const priced = mark > 0 ? { price: mark } : {}
      const { coins, sides, quoteValue } = comparableOpenInterest(entry.rule, published, { instrument: is, ...priced })
      const { countedIn } = entry.rule
      const value = { ...known('quoteValue', quoteValue), ...unlessZero('price', mark / is.multiplier) }
      const row = { interval, at, knownAt, published, countedIn, sides, coins, ...value, convention: entry.id }
      mapping.keep(openInterest, { ...seriesOf(is), ...row }, element)
    })
  }
  return mapping.done()
}

/** Ratios of the windows that are over, keyed by their begin and known at their end; each measure by its own definition. */
export function mapPositioning(json: unknown, is: Instrument, { interval, now }: StatsGrid): Mapped {
  const mapping = new Mapping('contract_stats positioning')
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.contractStats, element, [i], (stats) => {
      const knownAt = stats.time + intervalMs(interval)
      if (knownAt > now) return
      for (const each of compared(stats)) {
        if (isPlaceholder(each)) continue
        const { measure, ratio } = each
        const { id } = convention({
          venue: 'gate',
          field: measure,
          contract: is.contract,
          at: instant(stats.time),
          rule: 'ratio',
        })
        const row = { measure, interval, at: stats.time, knownAt, ratio, ...partsOf(each, is, stats.mark_price) }
        mapping.keep(positioning, { ...seriesOf(is), ...row, convention: id }, element)
      }
    })
  }
  return mapping.done()
}

interface Compared {
  readonly measure: PositioningMeasure
  /** Long over short. */
  readonly ratio: number
  /** Both sides of it, in answers since 2026-04-27. */
  readonly long: number | undefined
  readonly short: number | undefined
}

/** The documents once told the first two the other way round; their names and today's documents agree. */
function compared(stats: ReturnType<typeof wire.contractStats.parse>): readonly Compared[] {
  const { lsr_account, lsr_taker, top_lsr_account, top_lsr_size } = stats
  const { long_users, short_users, long_taker_size, short_taker_size } = stats
  const { top_long_account, top_short_account, top_long_size, top_short_size } = stats
  return [
    { measure: 'long_short_accounts', ratio: lsr_account, long: long_users, short: short_users },
    { measure: 'top_accounts', ratio: top_lsr_account, long: top_long_account, short: top_short_account },
    { measure: 'top_positions', ratio: top_lsr_size, long: top_long_size, short: top_short_size },
    { measure: 'taker_ratio', ratio: lsr_taker, long: long_taker_size, short: short_taker_size },
  ]
}

/** A ratio of 0 stands for "nothing on either side" and for "nobody short" too; it is one only where both sides say so. */
const isPlaceholder = ({ ratio, long, short = 0 }: Compared): boolean => ratio === 0 && !(long === 0 && short > 0)

function partsOf({ measure, ratio, long, short }: Compared, is: Instrument, price: number): Record<string, number> {
  if (measure !== 'taker_ratio') return { longShare: ratio / (1 + ratio) }
  const coins = (contracts: number | undefined): number =>
    contracts === undefined ? NaN : coinsOf(contracts, 'contracts', { instrument: is, price })
  return { ...known('boughtCoins', coins(long)), ...known('soldCoins', coins(short)) }
}
