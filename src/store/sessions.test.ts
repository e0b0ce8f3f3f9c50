import type { Session } from 'chdb'
import { describe, expect, it } from 'vitest'
import { Sessions } from './sessions.ts'

/** Sessions that only stand for themselves; the first openings fail. */
function made(size: number, failures = 0) {
  let opened = 0
  let left = failures
  const open = (): Session => {
    if (left-- > 0) throw new Error('cannot open')
    opened++
    return { close: () => {} } as Session
  }
  return { sessions: new Sessions(size, open), opened: () => opened }
}

function gate() {
  let pass = (): void => {}
  const passed = new Promise<void>((resolve) => (pass = resolve))
  return { pass, passed }
}

describe('Sessions', () => {
  it('keeps a slot whose session failed to open', async () => {
    const { sessions } = made(1, 2)
    await expect(sessions.use(async () => 1)).rejects.toThrow('cannot open')
    await expect(sessions.use(async () => 1)).rejects.toThrow('cannot open')
    await sessions.drained()
    expect(await sessions.use(async () => 1)).toBe(1)
    await sessions.drained()
  })

  it('takes a session back from a job that fails, also at once', async () => {
    const { sessions, opened } = made(1)
    const fails = (): Promise<never> => {
      throw new Error('at once')
    }
    await expect(sessions.use(fails)).rejects.toThrow('at once')
    await expect(sessions.use(() => Promise.reject(new Error('later')))).rejects.toThrow('later')
    expect(await sessions.use(async () => 1)).toBe(1)
    expect(opened()).toBe(1)
  })

  it('is drained when the last job in waiting has ended, and not before', async () => {
    const { sessions, opened } = made(2)
    const gates = [gate(), gate(), gate()]
    const log: string[] = []
    const jobs = gates.map(({ passed }, i) => sessions.use(() => passed.then(() => void log.push(`job ${i}`))))
    const drained = sessions.drained().then(() => log.push('drained'))
    for (const [i, { pass }] of gates.entries()) {
      pass()
      await jobs[i]
    }
    await drained
    expect(log).toEqual(['job 0', 'job 1', 'job 2', 'drained'])
    expect(opened()).toBe(2)
    await sessions.drained()
  })
})
