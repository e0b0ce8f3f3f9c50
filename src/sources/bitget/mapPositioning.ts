import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import type { Instrument } from '../../records/instrument.ts'
import { positioning } from '../../records/positioning.ts'
import type { Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { seriesOf } from './seriesOf.ts'
import * as wire from './wire.ts'

/** The measures whose meaning is known well enough to have a name. */
export type BitgetMeasure = 'top_accounts' | 'top_positions'

/**
 * Shares of long and short on the grid, of accounts or positions. The venue's own ratio is a hundredth of theirs, cut to four
 * decimals, so it is computed. Known when its interval is over; one that is not is left out.
 * @param now - by the venue's clock
 */
export function mapRatios(
  list: readonly unknown[],
  is: Instrument,
  { measure, interval, now }: { readonly measure: BitgetMeasure; readonly interval: Interval; readonly now: number },
): Mapped {
  const mapping = new Mapping(measure)
  for (const [i, element] of list.entries()) {
    const keep = (long: number, short: number, at: number): void => {
      const knownAt = at + intervalMs(interval)
      // Where nobody is short there is no ratio; a fault would spoil every answer that has the row, for two hours and a half.
      if (knownAt > now || short === 0) return
      const lookup = { venue: 'bitget', field: measure, contract: is.contract, rule: 'ratio' } as const
      const { id } = convention({ ...lookup, at: instant(at) })
      const row = { measure, interval, at, knownAt, ratio: long / short, longShare: long / (long + short) }
      mapping.keep(positioning, { ...seriesOf(is), ...row, convention: id }, element)
    }
    if (measure === 'top_accounts') {
      mapping.read(wire.accountRatio, element, ['data', i], ({ longAccountRatio, shortAccountRatio, ts }) =>
        keep(longAccountRatio, shortAccountRatio, ts),
      )
    } else {
      mapping.read(wire.positionRatio, element, ['data', i], ({ longPositionRatio, shortPositionRatio, ts }) =>
        keep(longPositionRatio, shortPositionRatio, ts),
      )
    }
  }
  return mapping.done()
}
