import { instant, MINUTE_MS, startOfDay, type InstantMs } from '../../core/instant.ts'
import { newYorkSession } from '../../core/newYorkSession.ts'
import { indexLevel } from '../../records/indexLevel.ts'
import { levelRow } from '../levelRow.ts'
import type { Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import * as wire from './wire.ts'

/** Points of hours come some minutes after the hour, the next one an hour and some minutes later: an older one is not of that hour. */
const OLDEST_MS = 75 * MINUTE_MS

export interface CloseWish {
  /** As the series is called here: `GOLD_PAXG`. */
  readonly symbol: string
  /** When it was asked for. */
  readonly now: InstantMs
}

/**
 * The price of a coin at each close of the New York session, out of a `market_chart` of hours: the last point at or before the close, US
 * dollars. A session has no row where that point is more than 75 minutes older than the close, or has no price (null and 0 are none); nor
 * where nothing after its close is in the answer, for the hour that ends with it may still be missing there.
 * @returns one row a session, `at` its day, known at its close
 * @example mapCloses({ prices: [[close - 3_000_000, 3300], [close + 600_000, 3310]], market_caps: [], total_volumes: [] }, wish).rows[0].row
 *   // { venue: 'coingecko', instrument: 'GOLD_PAXG', interval: '1d', at: day, knownAt: close, value: 3300 }
 */
export function mapCloses(json: unknown, { symbol, now }: CloseWish): Mapped {
  const mapping = new Mapping('market_chart')
  mapping.read(wire.chart, json, [], ({ prices }) => {
    for (const [i, point] of prices.entries()) {
      const [at, value] = point
      const next = prices[i + 1]?.[0] ?? at
      if (next < at) mapping.impossible(`prices[${i + 1}][0]`, 'is before the point before it', prices[i + 1])
      if (value !== null && value < 0) mapping.impossible(`prices[${i}][1]`, 'is a price below 0', point)
      const close = newYorkSession(instant(at))?.close
      const isLast = close !== undefined && at <= close && close < next
      if (!isLast || close - at > OLDEST_MS || value === null || value === 0) continue
      mapping.keep(indexLevel, levelRow({ venue: 'coingecko', symbol, at: startOfDay(instant(at)), value, now }), point)
    }
  })
  return mapping.done()
}
