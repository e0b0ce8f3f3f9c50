import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Waits; an abort ends the wait.
 * @throws whatever the signal was aborted with
 */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, signal === undefined ? {} : { signal })
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  }
}
