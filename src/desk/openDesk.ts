import type { InstantMs } from '../core/instant.ts'
import { killSelf } from '../store/embedded.ts'
import type { Desk } from './desk.ts'
import { openPatiently, type PatientOptions } from './openPatiently.ts'

export interface OpenDeskOptions extends PatientOptions {
  readonly path: string
  readonly now: InstantMs
}

/** A desk over the store at a path, and how to put it away. */
export async function openDesk({
  path,
  now,
  ...options
}: OpenDeskOptions): Promise<{ desk: Desk; close: () => Promise<void> }> {
  const store = await openPatiently(path, options)
  const close = async (): Promise<void> => {
    const end = await store.close()
    if (end === 'closed') return
    options.log(`store "${path}": a query would not stop; ending the process`)
    killSelf()
  }
  return { desk: { store, now }, close }
}
