import { constants, rmSync } from 'node:fs'
import { access, lstat, mkdtemp, readdir, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { processRuns } from './processRuns.ts'

const MEMORY = '/dev/shm'
/** Free bytes that memory must have before rows on their way in are put there instead of on disk. */
const ROOMY = 2 * 1024 ** 3
const PREFIX = 'assayer-scratch-'
const NAME = new RegExp(`^${PREFIX}(\\d+)-[A-Za-z0-9]{6}$`)
/** Lies in every scratch directory: what has it not is somebody's own folder, whatever its name. */
const MARKER = '.assayer-scratch'

const own = new Set<string>()
let watching = false

/** A directory of this process for rows on their way in: in memory where there is room, else among temporary files. */
export const openScratch = async (): Promise<string> => await openIn((await isRoomy(MEMORY)) ? MEMORY : tmpdir())

/** The same among temporary files, for what may be larger than memory. */
export const openDiskScratch = (): Promise<string> => openIn(tmpdir())

async function openIn(parent: string): Promise<string> {
  if (!watching) process.once('exit', dropScratches)
  watching = true
  const directory = await mkdtemp(join(parent, `${PREFIX}${process.pid}-`))
  own.add(directory)
  await writeFile(join(directory, MARKER), '', { mode: 0o600 })
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

/** Removes what processes of this user that were killed have left behind, and nothing else. */
export async function sweepScratches(): Promise<void> {
  for (const parent of new Set([MEMORY, tmpdir()])) {
    const names = await readdir(parent).catch(() => [])
    for (const name of names) {
      const path = join(parent, name)
      if (isOrphanName(name) && (await isScratch(path))) await closeScratch(path).catch(() => undefined)
    }
  }
}

function isOrphanName(name: string): boolean {
  const pid = NAME.exec(name)?.[1]
  return pid !== undefined && !processRuns(Number(pid))
}

async function isScratch(path: string): Promise<boolean> {
  try {
    const [folder, marker] = await Promise.all([lstat(path), lstat(join(path, MARKER))])
    const { uid } = userInfo()
    return folder.isDirectory() && folder.uid === uid && marker.isFile() && marker.uid === uid
  } catch {
    return false
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
