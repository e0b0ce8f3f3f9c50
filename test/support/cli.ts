import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'

const root = join(import.meta.dirname, '../..')
const MAIN = join(root, 'dist/cli/main.js')
const SCENARIO = 'sim/market/scenarios/april-2025.json'

/** Brings dist/ up to date, as Node 20 reads no TypeScript; quick where it is. */
export function buildCli(): void {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], { cwd: root })
  mkdirSync(dirname(join(root, 'dist', SCENARIO)), { recursive: true })
  copyFileSync(join(root, 'src', SCENARIO), join(root, 'dist', SCENARIO))
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  /** What was printed so far. */
  readonly printed: () => Ended
  readonly ended: Promise<Ended>
}

/** The built command line, started as a user starts it. */
export function startCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }))
  return { child, printed: () => ({ code: child.exitCode, stdout, stderr }), ended }
}

/** Runs the built command line to its end. */
export const runCli = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  startCli(args, env).ended

/** A folder that is removed after the tests of the file. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assayer-flow-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Waits until something is true, looking often; for what another process does. */
export async function until(test: () => boolean, patienceMs = 60_000): Promise<void> {
  const end = performance.now() + patienceMs
  while (!test()) {
    if (performance.now() > end) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
