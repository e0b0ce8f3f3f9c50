import type { InstantMs } from '../core/instant.ts'
import { killSelf } from '../store/embedded.ts'
import { openStore } from '../store/open.ts'
import type { Desk } from './desk.ts'

export interface OpenDeskOptions {
  readonly path: string
  readonly now: InstantMs
  readonly log: (line: string) => void
}

/** A desk over the store at a path, and how to put it away. */
export async function openDesk({
  path,
  now,
  log,
}: OpenDeskOptions): Promise<{ desk: Desk; close: () => Promise<void> }> {
  const store = await openStore(path, { log })
  const close = async (): Promise<void> => {
    const end = await store.close()
    if (end === 'closed') return
    log(`store "${path}": a query would not stop; ending the process`)
    killSelf()
  }
  return { desk: { store, now }, close }
}
