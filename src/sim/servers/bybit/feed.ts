import type { BookEvent } from '../../market/live/book.ts'
import type { Topic } from './topics.ts'

/** What one channel sends to one socket, and when. */
export interface Feed {
  /** Begins with a topic; what is known already is sent at once. */
  add(topic: Topic): void
  remove(topic: Topic): void
  /** Something happened on the socket's market; true where something waits to be sent now. */
  note(event: BookEvent): boolean
  /** The market stands still for a moment: sends what is due. */
  flush(now: number): void
  /** A second has passed. */
  tick(now: number): void
}
