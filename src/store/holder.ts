import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DeskError } from '../core/errors.ts'
import { processRuns, startTicksOf } from './processRuns.ts'

/** Who has a store open. Written beside the data so that a second process can say whom it waits for. */
export interface Holder {
  readonly pid: number
  readonly startedAt: string
  readonly command: string
  /** The kernel's start time of the process, which tells it from a later one with the same pid; Linux only. */
  readonly startTicks?: string
  /** Of its front, through which others read: `http://127.0.0.1:PORT`. Without one they wait until it ends. */
  readonly address?: string
  /** The file beside this one in which the front's token is. */
  readonly tokenFile?: string
}

const file = (path: string): string => join(path, 'holder.json')
const draftOf = (path: string): string => `${file(path)}.${process.pid}`

/** The file of a front's token, beside holder.json and readable by its user alone. */
export const TOKEN_FILE = 'front.token'

/**
 * Writes this process down before it asks for the engine's lock, so that one that comes at the same moment need not try.
 * Where that cannot be written, the lock alone decides.
 * @throws {StoreBusyError} another process has the store open
 */
export function claimHolder(path: string): void {
  if (claim(path) !== 'taken') return
  const holder = readHolder(path)
  if (holder !== undefined && isSelf(holder)) return
  if (holder !== undefined && surelyAlive(holder)) throw new StoreBusyError(path, holder)
  if (holder !== undefined && !surelyGone(holder)) return
  rmSync(file(path), { force: true })
  claim(path)
}

/** Takes the claim back, where nobody has written himself down since. */
export function dropClaim(path: string): void {
  const holder = readHolder(path)
  if (holder !== undefined && isSelf(holder)) rmSync(file(path), { force: true })
}

/** Writes this process down as the holder. Readable by its user alone, since a command line can hold names. */
export function writeHolder(path: string, front: Pick<Holder, 'address' | 'tokenFile'> = {}): void {
  if (front.address === undefined) rmSync(join(path, TOKEN_FILE), { force: true })
  try {
    writeDraft(path, front)
    renameSync(draftOf(path), file(path))
  } catch (error) {
    for (const name of [draftOf(path), file(path)]) rmSync(name, { force: true })
    // A full disk must not keep the store from being read; a second process is then refused without a name.
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}

export function removeHolder(path: string): void {
  for (const name of [file(path), join(path, TOKEN_FILE)]) rmSync(name, { force: true })
}

/** The last holder written down, dead or alive; undefined where none is, or where the file is torn. */
export function readHolder(path: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(file(path), 'utf8')) as Holder
    return Number.isInteger(holder.pid) ? holder : undefined
  } catch {
    return undefined
  }
}

/** True where it is this very process. */
export const isSelf = ({ pid, startTicks }: Holder): boolean =>
  pid === process.pid && startTicks === startTicksOf(process.pid)

/** True where that very process surely still runs; false also where this machine cannot tell. */
export const surelyAlive = ({ pid, startTicks }: Holder): boolean =>
  startTicks !== undefined && startTicks === startTicksOf(pid)

/** True where that very process surely runs no more; false also where this machine cannot tell. */
export function surelyGone({ pid, startTicks }: Holder): boolean {
  if (!processRuns(pid)) return true
  const tells = startTicks !== undefined && startTicksOf(process.pid) !== undefined
  return tells && startTicks !== startTicksOf(pid)
}

/** `process 123 ("main.js import candles a.csv", since 2025-04-22T10:00:00.000Z)` */
export const sayHolder = ({ pid, startedAt, command }: Holder): string =>
  `process ${pid} ("${command}", since ${startedAt})`

/** Written whole beside the file, so that nobody ever reads half of it. */
function writeDraft(path: string, front: Pick<Holder, 'address' | 'tokenFile'> = {}): void {
  const startTicks = startTicksOf(process.pid)
  const holder: Holder = {
    pid: process.pid,
    startedAt: new Date(Date.now() - process.uptime() * 1000).toISOString(),
    command: [basename(process.argv[1] ?? 'node'), ...process.argv.slice(2)].join(' ').slice(0, 200),
    ...(startTicks === undefined ? {} : { startTicks }),
    ...front,
  }
  rmSync(draftOf(path), { force: true })
  writeFileSync(draftOf(path), JSON.stringify(holder), { mode: 0o600 })
}

function claim(path: string): 'written' | 'taken' | 'unwritten' {
  try {
    writeDraft(path)
    linkSync(draftOf(path), file(path))
    return 'written'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST' ? 'taken' : 'unwritten'
  } finally {
    rmSync(draftOf(path), { force: true })
  }
}

/** Another process, or this one already, has the store open. */
export class StoreBusyError extends DeskError {
  readonly holder: Holder | undefined

  constructor(path: string, holder: Holder | undefined, cause?: unknown) {
    const who = holder === undefined ? 'another process' : sayHolder(holder)
    super('STORE_BUSY', `the store "${path}" is open in ${who}`, {
      hint:
        holder?.address === undefined
          ? 'wait until it ends, or stop it; a store is open in one process at a time'
          : 'what only reads works while it runs; stop it to change the store, by an import for one',
      retry: 'later',
      ...(cause === undefined ? {} : { cause }),
    })
    this.holder = holder
  }
}
