import type { SetupEvent } from '../setups/setup.ts'
import type { Figure } from './claim.ts'
import type { FrameReader } from './frameReader.ts'

/** Daily bars for which an event is still worth a sentence. */
export const RECENT_BARS = 30

/** Events of a setup completed within the last `bars` bars, oldest first. */
export function recentEvents(reader: FrameReader, id: string, bars = RECENT_BARS): readonly SetupEvent[] {
  const since = reader.last - bars
  return reader.events(id).filter((event) => reader.barOf(event.at) > since)
}

/** The last event of a setup within the last `bars` bars. */
export const lastEvent = (reader: FrameReader, id: string, bars = RECENT_BARS): SetupEvent | undefined =>
  recentEvents(reader, id, bars).at(-1)

/** An event as a figure: the number of such events from the start of the series up to this one. */
export function eventFigure(reader: FrameReader, id: string, event: SetupEvent): Figure {
  const all = reader.events(id)
  return {
    name: 'events so far',
    value: all.indexOf(event) + 1,
    unit: 'count',
    method: event.id.slice(0, event.id.lastIndexOf('@')),
    at: event.knownAt,
  }
}
