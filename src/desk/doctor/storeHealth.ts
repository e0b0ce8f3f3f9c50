import { statfs } from 'node:fs/promises'
import { DeskError } from '../../core/errors.ts'
import type { InstantMs } from '../../core/instant.ts'
import { isSelf, readHolder, sayHolder } from '../../store/holder.ts'
import type { Desk } from '../desk.ts'
import { openDesk } from '../openDesk.ts'
import { heldStorePath, NoStoreError } from '../storePath.ts'

/** The store, as it was found. */
export type StoreHealth =
  /** Nothing was ever stored there. */
  | { readonly is: 'none'; readonly path: string }
  | { readonly is: 'shut'; readonly path: string; readonly why: string; readonly hint?: string }
  | {
      readonly is: 'well' | 'damaged'
      readonly path: string
      /** Who holds it, where it was read through its front. */
      readonly holder?: string
      /** What was done at opening it: migrations that it lacked. */
      readonly notes: readonly string[]
      /** Rows that are missing, a disk that is nearly full. */
      readonly problems: readonly string[]
      /** Room on its disk, bytes. */
      readonly freeBytes: number
    }

/** What is less than a day of a busy collector. */
const LEAST_FREE = 1024 ** 3

/**
 * Opens the store at a path, or reads it through its holder, and does a job with it where that works.
 * @param path - makes nothing where there is no store
 * @returns what it is like, and what the job gave
 */
export async function examineStore<T>(
  path: string,
  now: InstantMs,
  job: (desk: Desk) => Promise<T>,
): Promise<{ readonly health: StoreHealth; readonly found?: T }> {
  const notes: string[] = []
  const log = (line: string): void => void notes.push(line)
  try {
    const { desk, close } = await openDesk({ path: heldStorePath(path), now, access: 'read', log })
    try {
      const health = await healthOf(desk, notes)
      return { health, found: await job(desk) }
    } finally {
      await close()
    }
  } catch (error) {
    if (error instanceof NoStoreError) return { health: { is: 'none', path } }
    if (!(error instanceof DeskError)) throw error
    const { message: why, hint } = error
    return { health: { is: 'shut', path, why, ...(hint === undefined ? {} : { hint }) } }
  }
}

async function healthOf({ store }: Desk, lines: readonly string[]): Promise<StoreHealth> {
  const { path } = store
  const { bavail, bsize } = await statfs(path)
  const [freeBytes, holder] = [bavail * bsize, readHolder(path)]
  const full = freeBytes < LEAST_FREE ? [`its disk has only ${Math.floor(freeBytes / 1e6)} MB left`] : []
  const problems = [...store.problems, ...full]
  return {
    is: problems.length === 0 ? 'well' : 'damaged',
    path,
    ...(holder === undefined || isSelf(holder) ? {} : { holder: sayHolder(holder) }),
    notes: lines.filter((line) => !store.problems.some((problem) => line.endsWith(problem))),
    problems,
    freeBytes,
  }
}
