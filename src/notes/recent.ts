import type { SetupEvent } from '../setups/setup.ts'
import type { Figure } from './claim.ts'
import type { FrameReader } from './frameReader.ts'

/** Daily bars for which an event is still worth a sentence. */
const RECENT_BARS = 30

/** Events of a setup completed within the last `bars` bars, oldest first. */
export const recentEvents = (reader: FrameReader, id: string, bars = RECENT_BARS): readonly SetupEvent[] =>
  reader.eventsSince(id, reader.last - bars + 1)

/** The last event of a setup within the last `bars` bars. */
export const lastEvent = (reader: FrameReader, id: string, bars = RECENT_BARS): SetupEvent | undefined =>
  recentEvents(reader, id, bars).at(-1)

/** An event as a figure: the number of such events from the start of the series up to this one. */
export function eventFigure(reader: FrameReader, id: string, event: SetupEvent): Figure {
  return {
    name: 'events so far',
    value: reader.countEvents(id, reader.barOf(event.at)),
    unit: 'count',
    method: event.id.slice(0, event.id.lastIndexOf('@')),
    at: event.knownAt,
  }
}
