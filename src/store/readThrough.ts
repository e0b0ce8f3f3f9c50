import { proveMigrated } from './migrate.ts'
import { storeOver, type OpenOptions, type Store } from './open.ts'
import { openRemote, type HeldStore } from './remote.ts'

/**
 * The store that another process holds, read through its front. Looks like any other; whatever would change it is refused
 * by name.
 * @throws {StoreFrontError} the front does not answer
 * @throws {StoreTooNewError} a newer program has made or migrated the store
 * @throws {StoreTooOldError} an older program holds it
 */
export function readThrough(held: HeldStore, options: Pick<OpenOptions, 'log'> = {}): Promise<Store> {
  return storeOver(held.path, openRemote(held), { ...options, prepare: proveMigrated })
}
