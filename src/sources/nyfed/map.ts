import type { InstantMs } from '../../core/instant.ts'
import { indexLevel } from '../../records/indexLevel.ts'
import { levelRow } from '../levelRow.ts'
import type { Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import * as wire from './wire.ts'

/**
 * The effective federal funds rate of days of business, and the range that the Federal Reserve aimed at, percent a year. A day of
 * which only one target is told has no range.
 * @param now - when it was asked
 * @returns rows of EFFR, DFEDTARL and DFEDTARU
 */
export function mapRates(json: unknown, now: InstantMs): Mapped {
  const mapping = new Mapping('effr')
  mapping.read(wire.refRates, json, [], ({ refRates }) => {
    const seen = new Set<number>()
    for (const [i, each] of refRates.entries()) {
      const { effectiveDate: at, percentRate, targetRateFrom, targetRateTo } = each
      if (seen.has(at)) mapping.impossible(`refRates[${i}].effectiveDate`, 'is there twice', each)
      seen.add(at)
      const keep = (symbol: string, value: number): void =>
        mapping.keep(indexLevel, levelRow({ venue: 'nyfed', symbol, at, value, now }), each)
      keep('EFFR', percentRate)
      if (targetRateFrom === undefined || targetRateTo === undefined) continue
      if (targetRateFrom > targetRateTo) mapping.impossible(`refRates[${i}].targetRateFrom`, 'is above its end', each)
      keep('DFEDTARL', targetRateFrom)
      keep('DFEDTARU', targetRateTo)
    }
  })
  return mapping.done()
}
