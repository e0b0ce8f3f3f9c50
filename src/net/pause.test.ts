import { expect, it } from 'vitest'
import { pause } from './pause.ts'

it('waits, and not at all for no time', async () => {
  const begin = performance.now()
  await pause(0)
  await pause(-5)
  await pause(10)
  expect(performance.now() - begin).toBeGreaterThanOrEqual(9)
})

it('ends with the reason of an abort', async () => {
  const stop = new AbortController()
  const reason = new Error('enough')
  const waiting = pause(60_000, stop.signal)
  stop.abort(reason)
  await expect(waiting).rejects.toBe(reason)
})

it('waits for longer than a timer can be', async () => {
  const stop = new AbortController()
  const days = pause(100 * 86_400_000, stop.signal).catch(() => 'aborted')
  expect(await Promise.race([days, pause(20).then(() => 'still waiting')])).toBe('still waiting')
  stop.abort()
  expect(await days).toBe('aborted')
})
