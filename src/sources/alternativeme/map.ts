import { DAY_MS, instant, SECOND_MS, type InstantMs } from '../../core/instant.ts'
import { indexLevel } from '../../records/indexLevel.ts'
import { levelRow } from '../levelRow.ts'
import type { Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import * as wire from './wire.ts'

const MOST = 100

/**
 * The index day by day, out of `fng`, 0 to 100. A value belongs to the UTC day of its time; it is known when that day begins, or at its
 * own time where that is later.
 * @param now - when it was asked
 */
export function mapIndex(json: unknown, now: InstantMs): Mapped {
  const mapping = new Mapping('fng')
  mapping.read(wire.index, json, [], ({ data, metadata }) => {
    if (metadata.error !== null) return mapping.impossible('metadata.error', `says "${metadata.error}"`, metadata)
    const seen = new Set<number>()
    for (const [i, each] of data.entries()) {
      const [value, time] = [Number(each.value), Number(each.timestamp) * SECOND_MS]
      const at = Math.floor(time / DAY_MS) * DAY_MS
      if (value > MOST) mapping.impossible(`data[${i}].value`, `is above ${MOST}`, each)
      if (seen.has(at)) mapping.impossible(`data[${i}].timestamp`, 'is of a day that is there twice', each)
      seen.add(at)
      const row = levelRow({ venue: 'alternativeme', symbol: 'FEAR_GREED', at: instant(at), value, now })
      mapping.keep(indexLevel, { ...row, knownAt: Math.max(row.knownAt, time) }, each)
    }
  })
  return mapping.done()
}
