import { constants, rmSync } from 'node:fs'
import { access, mkdtemp, readdir, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { processRuns } from './holder.ts'

const MEMORY = '/dev/shm'
/** Free bytes that memory must have before rows on their way in are put there instead of on disk. */
const ROOMY = 2 * 1024 ** 3
const NAME = /^assayer-(\d+)-/

const own = new Set<string>()
let watching = false

/** A directory of this process for rows on their way in: in memory where there is room, else among temporary files. */
export async function openScratch(): Promise<string> {
  if (!watching) process.once('exit', dropScratches)
  watching = true
  const directory = await mkdtemp(join((await isRoomy(MEMORY)) ? MEMORY : tmpdir(), `assayer-${process.pid}-`))
  own.add(directory)
  return directory
}

export async function closeScratch(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true })
  own.delete(directory)
}

/** Removes at once what this process still has; for its last moment. */
export function dropScratches(): void {
  for (const directory of own) rmSync(directory, { recursive: true, force: true })
  own.clear()
}

/** Removes what processes that were killed have left behind. */
export async function sweepScratches(): Promise<void> {
  for (const parent of new Set([MEMORY, tmpdir()])) {
    const names = await readdir(parent).catch(() => [])
    for (const name of names) {
      const pid = NAME.exec(name)?.[1]
      // Another user's leftovers cannot be removed, and are theirs to remove.
      if (pid !== undefined && !processRuns(Number(pid))) await closeScratch(join(parent, name)).catch(() => undefined)
    }
  }
}

async function isRoomy(directory: string): Promise<boolean> {
  try {
    await access(directory, constants.W_OK)
    const { bavail, bsize } = await statfs(directory)
    return bavail * bsize >= ROOMY
  } catch {
    return false
  }
}
