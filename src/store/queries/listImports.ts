import { readImports, type ImportEntry } from '../ledger.ts'
import type { Store } from '../open.ts'

/** The imports that changed the store, oldest first; one that brought nothing new leaves no entry. */
export const listImports = (store: Store): Promise<readonly ImportEntry[]> => readImports(store.engine)
