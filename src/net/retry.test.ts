import { assert, double, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DeskError } from '../core/errors.ts'
import { backOff, withRetry } from './retry.ts'

const busy = (retryAfterMs?: number): DeskError =>
  new DeskError('BUSY', 'busy', { retry: 'later', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) })

/** Fails with each of these errors in turn, then gives 'done'. */
function failing(...errors: readonly unknown[]): { job: () => Promise<string>; tries: () => number } {
  let tries = 0
  const job = async (): Promise<string> => {
    const error = errors[tries++]
    if (error !== undefined) throw error
    return 'done'
  }
  return { job, tries: () => tries }
}

const FAST = { firstMs: 1, mostMs: 2, random: () => 0 }

describe('withRetry', () => {
  it('tries again as long as the errors say so', async () => {
    const { job, tries } = failing(busy(), busy())
    expect(await withRetry(job, FAST)).toBe('done')
    expect(tries()).toBe(3)
  })

  it('gives up after the tries it has, with the last error', async () => {
    const last = busy()
    const { job, tries } = failing(busy(), last, busy())
    await expect(withRetry(job, { ...FAST, tries: 2 })).rejects.toBe(last)
    expect(tries()).toBe(2)
  })

  it.each([new DeskError('REFUSED', 'refused'), new Error('a fault of ours'), 'text'])(
    'does not try again after %s',
    async (error) => {
      const { job, tries } = failing(error)
      await expect(withRetry(job, FAST)).rejects.toBe(error)
      expect(tries()).toBe(1)
    },
  )

  it('waits at least as long as the venue says', async () => {
    const waits: number[] = []
    const { job } = failing(busy(20), busy())
    await withRetry(job, { ...FAST, onRetry: (_, waitMs) => waits.push(waitMs) })
    expect(waits).toEqual([20, 1])
  })

  it('stops waiting when it is aborted, with the reason of that', async () => {
    const stop = new AbortController()
    const reason = new Error('enough')
    const { job, tries } = failing(busy(600_000))
    const trying = withRetry(job, { ...FAST, signal: stop.signal, onRetry: () => stop.abort(reason) })
    await expect(trying).rejects.toBe(reason)
    expect(tries()).toBe(1)
  })
})

describe('backOff', () => {
  it('doubles up to a limit', () => {
    const waits = [1, 2, 3, 4, 20, 5_000].map((attempt) => backOff(attempt, { random: () => 1 }))
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 30_000, 30_000])
  })

  it('takes off a random half at most', () => {
    assert(
      property(integer({ min: 1, max: 1e9 }), double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
        const wait = backOff(attempt, { random: () => chance })
        const whole = backOff(attempt, { random: () => 1 })
        expect(wait).toBeGreaterThanOrEqual(whole / 2)
        expect(wait).toBeLessThanOrEqual(whole)
      }),
    )
  })
})
