import { setTimeout as pause } from 'node:timers/promises'
import { frontOf } from '../store/frontFile.ts'
import { isSelf, readHolder, StoreBusyError, surelyAlive, surelyGone, type Holder } from '../store/holder.ts'
import { openStore, type Store } from '../store/open.ts'
import { StoreFrontError } from '../store/remote.ts'

/** What a command wants with the store: to read, to change it and be done, or to change it for long while others read. */
export type Access = 'read' | 'write' | 'hold'

export interface PatientOptions {
  readonly access: Access
  readonly log: (line: string) => void
}

/** How long a command waits for one that holds the store without a front, which is soon done. */
const PATIENCE_MS = 5_000
/** How long it waits for all that come and go before its turn. */
const LONGEST_MS = 30_000
const LOOK_MS = 50

/**
 * Opens the store at a path, or reads it through its holder. A holder without a front is waited for a little; whoever wants
 * to change a store that is held by one with a front is refused at once.
 * @throws {StoreBusyError} another process holds it, by name
 * @throws {StoreFrontError} the front of the holder does not answer
 * @throws what `openStore`, `holdStore` and `readThrough` throw
 */
export async function openPatiently(path: string, options: PatientOptions): Promise<Store> {
  const patience = patienceOf(performance.now())
  for (;;) {
    const holder = readHolder(path)
    const tries = patience(holder, performance.now())
    try {
      return await openOnce(path, { holder, tries }, options)
    } catch (error) {
      if (tries === 'last' || !isPassing(error)) throw error
    }
    await pause(LOOK_MS)
  }
}

/** Says whether to go on waiting: a while for each holder that is seen, since one after another may come before our turn. */
function patienceOf(begun: number): (holder: Holder | undefined, now: number) => Attempt['tries'] {
  let seen: number | undefined
  let until = begun + PATIENCE_MS
  return (holder, now) => {
    if (holder !== undefined && holder.pid !== seen) until = Math.min(now + PATIENCE_MS, begun + LONGEST_MS)
    seen = holder?.pid ?? seen
    return now < until ? 'more' : 'last'
  }
}

/** The holder may be done at any moment: one that has no front, and one whose front does not answer. */
const isPassing = (error: unknown): boolean =>
  error instanceof StoreFrontError || (error instanceof StoreBusyError && error.holder?.address === undefined)

interface Attempt {
  readonly holder: Holder | undefined
  readonly tries: 'more' | 'last'
}

async function openOnce(path: string, { holder, tries }: Attempt, options: PatientOptions): Promise<Store> {
  if (holder === undefined || isSelf(holder) || surelyGone(holder)) return await open(path, options)
  if (surelyAlive(holder)) return await readHeld(path, holder, options)
  // Where the machine cannot tell that holder from a later process with its number, the lock of the engine can, loudly.
  if (holder.address === undefined && tries === 'more') throw new StoreBusyError(path, holder)
  return await readHeld(path, holder, options).catch((error: unknown) => {
    if (error instanceof StoreFrontError || error instanceof StoreBusyError) return open(path, options)
    throw error
  })
}

async function readHeld(path: string, holder: Holder, { access, log }: PatientOptions): Promise<Store> {
  const front = frontOf(path, holder)
  if (access !== 'read' || front === undefined) throw new StoreBusyError(path, holder)
  const { readThrough } = await import('../store/readThrough.ts')
  return await readThrough({ path, holder, front }, { log })
}

async function open(path: string, { access, log }: PatientOptions): Promise<Store> {
  if (access !== 'hold') return await openStore(path, { log })
  const { holdStore } = await import('../store/holdStore.ts')
  return await holdStore(path, { log })
}
