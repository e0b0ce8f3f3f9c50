import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DeskError } from '../core/errors.ts'

/** Who has a store open. Written beside the data so that a second process can say whom it waits for. */
export interface Holder {
  readonly pid: number
  readonly startedAt: string
  readonly command: string
  /** The kernel's start time of the process, which tells it from a later one with the same pid; Linux only. */
  readonly startTicks?: string
}

const file = (path: string): string => join(path, 'holder.json')

/** Writes this process down as the holder. Readable by its user alone, since a command line can hold names. */
export function writeHolder(path: string): void {
  const startTicks = startTicksOf(process.pid)
  const holder: Holder = {
    pid: process.pid,
    startedAt: new Date(Date.now() - process.uptime() * 1000).toISOString(),
    command: [basename(process.argv[1] ?? 'node'), ...process.argv.slice(2)].join(' ').slice(0, 200),
    ...(startTicks === undefined ? {} : { startTicks }),
  }
  rmSync(file(path), { force: true })
  try {
    writeFileSync(file(path), JSON.stringify(holder), { mode: 0o600 })
  } catch (error) {
    // A full disk must not keep the store from being read; a second process is then refused without a name.
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}

export const removeHolder = (path: string): void => rmSync(file(path), { force: true })

/** The last holder written down, dead or alive; undefined where none is, or where the file is torn. */
export function readHolder(path: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(file(path), 'utf8')) as Holder
    return Number.isInteger(holder.pid) ? holder : undefined
  } catch {
    return undefined
  }
}

/** True where that very process surely still runs; false also where this machine cannot tell. */
export const surelyAlive = (holder: Holder): boolean =>
  holder.startTicks !== undefined && holder.startTicks === startTicksOf(holder.pid)

/** True where a process with this id runs, this user's or another's. */
export function processRuns(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function startTicksOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}

/** Another process, or this one already, has the store open. */
export class StoreBusyError extends DeskError {
  constructor(path: string, holder: Holder | undefined, cause?: unknown) {
    const who = holder === undefined ? 'another process' : describe(holder)
    super('STORE_BUSY', `the store "${path}" is open in ${who}`, {
      hint: 'wait until it ends, or stop it; a store is open in one process at a time',
      retry: 'later',
      ...(cause === undefined ? {} : { cause }),
    })
  }
}

const describe = ({ pid, startedAt, command }: Holder): string => `process ${pid} ("${command}", since ${startedAt})`
