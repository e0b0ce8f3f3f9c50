import type { InstantMs } from '../core/instant.ts'
import type { Desk } from '../desk/desk.ts'
import { collect, type CollectRequest } from '../desk/jobs/collect/collect.ts'
import type { LiveNotes } from './liveNotes.ts'
import type { StatusScreen } from './print/collectStatus.ts'
import { showCollecting } from './showCollecting.ts'

export interface CollectWithNotes {
  readonly notes: LiveNotes
  /** The moment that notes are written as of. */
  readonly now: () => InstantMs
  readonly screen: StatusScreen
}

/** Collects until the signal of the request, and writes notes of what has come meanwhile. @throws what storing failed with */
export async function collectWithNotes(
  desk: Desk,
  request: CollectRequest,
  { notes, now, screen }: CollectWithNotes,
): Promise<void> {
  const collecting = await collect(desk, request)
  const ended = new AbortController()
  await Promise.all([
    showCollecting(collecting, screen).finally(() => ended.abort()),
    notes.keepWriting({ now, signal: ended.signal, tell: screen.event }),
  ])
}
