import { DeskError } from '../../core/errors.ts'
import { openSocket } from '../../net/socketMessages.ts'
import type { Feed, MapContext, VenueSource } from '../../sources/source.ts'
import type { VenueLink } from '../jobs/collect/venueLink.ts'

/**
 * Opens the connection of a feed, pings or subscribes to something that is always there, waits for a word and closes it.
 * @returns how long the word took, ms
 * @throws {NotUnderstoodError} the venue answers otherwise than its documents say
 * @throws what `openSocket` throws, and whatever the link's signal was aborted with
 */
export async function hearFeed({ venue }: VenueSource, feed: Feed, link: VenueLink): Promise<number> {
  const { hosts, headers, signal } = link
  const began = performance.now()
  const socket = await openSocket({ url: `${link.address(feed.address)}${feed.path}`, hosts, headers, signal })
  // Nothing is kept of what comes.
  const context: MapContext = { venue, now: link.now(), instrument: () => 'left out' }
  try {
    const questions = questionsOf(feed, link)
    const sent = performance.now()
    for (const question of questions) socket.send(question)
    if (questions.length === 0) return Math.round(sent - began)
    for await (const [first] of socket.messages) {
      if (first === undefined) continue
      understood(feed, first.text, context)
      return Math.round(first.receivedAt - sent)
    }
    throw new NotUnderstoodError('it ended without a word')
  } finally {
    socket.drop('it was heard')
  }
}

function questionsOf({ ping, probeTopics = [], subscribe }: Feed, link: VenueLink): readonly string[] {
  if (ping !== undefined) return [typeof ping.text === 'string' ? ping.text : ping.text(link.now())]
  return probeTopics.length === 0 ? [] : subscribe(probeTopics, 1, link.now())
}

function understood(feed: Feed, text: string, context: MapContext): void {
  const reading = feed.read(text, context)
  if (reading.is === 'refused') throw new NotUnderstoodError(`it refuses: ${reading.why}`)
  const [fault] = reading.is === 'rows' ? reading.faults : []
  if (fault !== undefined) throw new NotUnderstoodError(`${fault.what}: ${fault.why}: ${fault.raw}`)
}

/** A venue listens and says something else than it should. */
export class NotUnderstoodError extends DeskError {
  constructor(why: string) {
    super('NOT_UNDERSTOOD', why, { retry: 'later' })
  }
}
