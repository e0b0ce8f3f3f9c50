import type { InstantMs } from '../core/instant.ts'
import type { Store } from '../store/open.ts'

/** What every job of the desk is handed: the open store and the moment it calls now. */
export interface Desk {
  readonly store: Store
  readonly now: InstantMs
}
