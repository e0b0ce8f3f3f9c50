import { openAt } from '../core/candles.ts'
import { claim, type Claim } from './claim.ts'
import type { Reading } from './reading.ts'
import { streak } from './series.ts'
import { plural, sayDay } from './wording.ts'

/**
 * What stands in place of a finding whose measure begins afresh after a gap and has too few candles yet.
 * @param id - of the claim
 * @param what - the measure, as a sentence begins with it: `The 20-day average`
 */
export function tooFewCandles(reading: Reading, id: string, what: string): Claim {
  const { daily } = reading
  const closes = closesSinceGap(reading)
  const figure = {
    name: 'closes in a row without a gap',
    value: closes,
    unit: 'count',
    method: 'closes in a row without a gap',
    at: daily.closeAt(daily.last),
  } as const
  return claim(id, `${what} cannot be measured: ${sayGap(reading)}.`, [figure], daily.frame)
}

/** `only three daily closes came after the gap of 19 April`. */
export function sayGap(reading: Reading): string {
  const { daily, asOf } = reading
  const closes = closesSinceGap(reading)
  return `only ${plural(closes, 'daily close')} came after the gap of ${sayDay(openAt(daily.candles, daily.last - closes), asOf)}`
}

function closesSinceGap({ daily }: Reading): number {
  return streak(daily.last, (i) => !Number.isNaN(daily.candles.close[i] ?? NaN))
}
