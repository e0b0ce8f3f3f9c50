import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach } from 'vitest'

export interface StoreChild {
  readonly child: ChildProcess
  /** The next thing it says; undefined once it has ended. */
  readonly says: () => Promise<unknown>
  readonly ended: Promise<[number | null, NodeJS.Signals | null]>
}

const children: ChildProcess[] = []

/** Starts a job of `storeChild.mjs` in a process of its own, which does not outlive the test; dist/ must be built. */
export function startStoreChild(job: string, path: string, argument = '', env: NodeJS.ProcessEnv = {}): StoreChild {
  const script = join(import.meta.dirname, 'storeChild.mjs')
  const child = spawn(process.execPath, [script, job, path, argument], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  children.push(child)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  const says = async (): Promise<unknown> => {
    const { value, done } = await lines.next()
    return done ? undefined : JSON.parse(value)
  }
  return { child, says, ended }
}

/** Ends what a test of this file has started; to be called once, at the top of the file. */
export function endStoreChildren(): void {
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })
}
