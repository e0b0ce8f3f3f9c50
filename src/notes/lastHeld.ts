import { plusMs, type InstantMs } from '../core/instant.ts'
import type { FrameReader } from './frameReader.ts'

/** A series rests at weekends and on holidays, never for longer than this. */
const WEEK = 7

/** The last bar of a week on which a measure has a value; undefined where it has none. */
export function lastHeld({ column, last }: FrameReader, id: string): number | undefined {
  const values = column(id)
  for (let bar = last; bar > last - WEEK && bar >= 0; bar--) if (!Number.isNaN(values[bar] ?? NaN)) return bar
  return undefined
}

/** True where a series that was held up to an instant has no value in that week. */
export const hasEnded = ({ barOf, last }: FrameReader, to: InstantMs): boolean => barOf(plusMs(to, -1)) <= last - WEEK
