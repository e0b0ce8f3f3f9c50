import { DAY_MS, instant, type InstantMs } from '../core/instant.ts'
import type { ReadFrames } from './reading.ts'
import { plural, sayDay } from './wording.ts'

/** The last day held, where the store stops two days or more short of the note's own time. */
export function staleSince({ daily, now, asOf }: ReadFrames): InstantMs | undefined {
  const end = now.closeAt(now.last)
  return asOf - end < 2 * daily.candles.step ? undefined : instant(end - 1)
}

/** Says how much is missing before the note's own time; nothing where the last candle is fresh. */
export function sayStaleness(reading: ReadFrames): readonly string[] {
  const last = staleSince(reading)
  if (last === undefined) return []
  const days = Math.floor((reading.asOf - last) / DAY_MS)
  return [`The last ${plural(days, 'day')}: the last candle held closed on ${sayDay(last, reading.asOf)}.`]
}
