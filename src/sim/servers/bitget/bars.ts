import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/instant.ts'
import { joinBars, type SimCandle } from '../../market/live/candleTape.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'

/** A length of bars, and where they begin. */
export interface Bar {
  /** Length; of a month, the longest. */
  readonly stepMs: number
  /** The open of the bar that holds an instant. */
  readonly openOf: (ms: number) => number
}

const UTC_PLUS_8 = 8 * HOUR_MS
/** 1970-01-05 was a Monday. */
const MONDAY = 4 * DAY_MS

const from = (stepMs: number, origin: number): Bar => ({
  stepMs,
  openOf: (ms) => Math.floor((ms - origin) / stepMs) * stepMs + origin,
})

const monthFrom = (zoneMs: number): Bar => ({
  stepMs: 31 * DAY_MS,
  openOf: (ms) => {
    const date = new Date(ms + zoneMs)
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) - zoneMs
  },
})

const minutes = (count: number): Bar => from(count * MINUTE_MS, 0)
const hours = (count: number): Bar => from(count * HOUR_MS, 0)

/** Up to four hours; the zone makes no difference. */
const SHORT = { m1: minutes(1), m3: minutes(3), m5: minutes(5), m15: minutes(15), m30: minutes(30) } as const
const HOURS = { h1: hours(1), h2: hours(2), h4: hours(4) } as const

/** Bars of six hours and longer begin at midnight of UTC+8, unless their name ends in `utc`. Weeks begin on Monday. */
const long = (zoneMs: number) => ({
  h6: from(6 * HOUR_MS, -zoneMs),
  h12: from(12 * HOUR_MS, -zoneMs),
  d1: from(DAY_MS, -zoneMs),
  d3: from(3 * DAY_MS, -zoneMs),
  w1: from(7 * DAY_MS, MONDAY - zoneMs),
  month: monthFrom(zoneMs),
})

const [EAST, UTC] = [long(UTC_PLUS_8), long(0)]
const UTC_NAMES: Readonly<Record<string, Bar>> = {
  '6Hutc': UTC.h6,
  '12Hutc': UTC.h12,
  '1Dutc': UTC.d1,
  '3Dutc': UTC.d3,
  '1Wutc': UTC.w1,
  '1Mutc': UTC.month,
}

/** The names of bars in the doors of spot. */
export const SPOT_BARS: Readonly<Record<string, Bar>> = {
  '1min': SHORT.m1,
  '3min': SHORT.m3,
  '5min': SHORT.m5,
  '15min': SHORT.m15,
  '30min': SHORT.m30,
  '1h': HOURS.h1,
  '4h': HOURS.h4,
  '6h': EAST.h6,
  '12h': EAST.h12,
  '1day': EAST.d1,
  '3day': EAST.d3,
  '1week': EAST.w1,
  '1M': EAST.month,
  ...UTC_NAMES,
}

const LONG_NAMES: Readonly<Record<string, Bar>> = {
  '6H': EAST.h6,
  '12H': EAST.h12,
  '1D': EAST.d1,
  '3D': EAST.d3,
  '1W': EAST.w1,
  '1M': EAST.month,
  ...UTC_NAMES,
}

/** The names of bars in the doors of contracts. */
export const MIX_BARS: Readonly<Record<string, Bar>> = {
  '1m': SHORT.m1,
  '3m': SHORT.m3,
  '5m': SHORT.m5,
  '15m': SHORT.m15,
  '30m': SHORT.m30,
  '1H': HOURS.h1,
  '2H': HOURS.h2,
  '4H': HOURS.h4,
  ...LONG_NAMES,
}

/** The names of bars in channels, of spot and contracts alike, behind `candle`. */
export const CHANNEL_BARS: Readonly<Record<string, Bar>> = {
  '1m': SHORT.m1,
  '5m': SHORT.m5,
  '15m': SHORT.m15,
  '30m': SHORT.m30,
  '1H': HOURS.h1,
  '4H': HOURS.h4,
  ...LONG_NAMES,
}

/** Bars that open in [from, to), oldest first; the last may be running. One whose beginning nobody has is left out. */
export function barsOf(
  market: VenueMarket,
  listing: Listing,
  { bar, from, to }: { readonly bar: Bar; readonly from: number; readonly to: number },
): readonly SimCandle[] {
  const { stepMs, openOf } = bar
  if (stepMs <= HOURS.h4.stepMs) return market.candles(listing, { stepMs, from, to })
  const end = Math.min(to, market.now() + 1)
  const parts = market.candles(listing, { stepMs: HOUR_MS, from: openOf(from), to: openOf(end - 1) + stepMs })
  const groups = groupedBy(openOf, parts)
  return groups
    .filter(([first]) => first !== undefined && first.at === openOf(first.at) && first.at >= from && first.at < end)
    .flatMap((group) => joinBars(group, stepMs) ?? [])
}

function groupedBy(openOf: Bar['openOf'], parts: readonly SimCandle[]): readonly (readonly SimCandle[])[] {
  const groups = new Map<number, SimCandle[]>()
  for (const part of parts) {
    const open = openOf(part.at)
    const group = groups.get(open)
    if (group === undefined) groups.set(open, [part])
    else group.push(part)
  }
  return [...groups.values()]
}
