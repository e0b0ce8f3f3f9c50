import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { until } from '../../test/support/cli.ts'
import { processRuns, startTicksOf } from './processRuns.ts'

const NOBODY = 999_999_999

it('tells a process that runs from none', () => {
  expect(processRuns(process.pid)).toBe(true)
  expect(processRuns(NOBODY)).toBe(false)
  expect(startTicksOf(NOBODY)).toBeUndefined()
})

it.skipIf(!existsSync('/proc/self/stat'))('takes a process that has ended for ended, also unburied', async () => {
  expect(startTicksOf(process.pid)).toMatch(/^\d+$/)
  // It ends when its parent is no shell any more, which would bury it.
  const parent = spawn('sh', ['-c', 'sleep 1 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    for await (const line of createInterface({ input: parent.stdout })) {
      await until(() => startTicksOf(Number(line)) === undefined)
      expect(processRuns(Number(line))).toBe(true)
      break
    }
  } finally {
    parent.kill('SIGKILL')
  }
})
