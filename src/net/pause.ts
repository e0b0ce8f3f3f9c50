import { setTimeout as sleep } from 'node:timers/promises'

/** Timers of Node end at once where they are set for longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * Waits; an abort ends the wait.
 * @param ms - how long; a venue may name any time, so it may be longer than a timer can be
 * @throws whatever the signal was aborted with
 */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    for (let left = ms; left > 0; left -= LONGEST_TIMER_MS) {
      await sleep(Math.min(left, LONGEST_TIMER_MS), undefined, signal === undefined ? {} : { signal })
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  }
}
