import { DeskError } from '../core/errors.ts'
import { pause } from './pause.ts'

export interface RetryOptions {
  /** Tries in all; 5 unless said. */
  readonly tries?: number
  /** First wait, doubled each time; 500 ms unless said. */
  readonly firstMs?: number
  /** Longest wait; 30 s unless said. */
  readonly mostMs?: number
  /** A failure that asks for a longer wait than this is not waited for here; unless said, any is. */
  readonly patienceMs?: number
  readonly signal?: AbortSignal
  /** Told every failure that will be tried again, with the wait before it. */
  readonly onRetry?: (error: DeskError, waitMs: number) => void
  /** Uniform in [0, 1). */
  readonly random?: () => number
}

/** A job that can be tried again as long as its errors say so. @throws the last error */
export async function withRetry<T>(job: () => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const { tries = 5, patienceMs = Infinity, signal } = options
  for (let attempt = 1; ; attempt++) {
    try {
      return await job()
    } catch (error) {
      signal?.throwIfAborted()
      if (!(error instanceof DeskError) || error.retry === 'never' || attempt >= tries) throw error
      if ((error.retryAfterMs ?? 0) > patienceMs) throw error
      const waitMs = Math.max(error.retryAfterMs ?? 0, backOff(attempt, options))
      options.onRetry?.(error, waitMs)
      await pause(waitMs, signal)
    }
  }
}

/**
 * The wait before try `attempt + 1`: doubled each time up to a limit, of which a random half is taken off, so that many that
 * failed together do not come back together.
 * @example backOff(1, { random: () => 0 }) // 250
 */
export function backOff(
  attempt: number,
  { firstMs = 500, mostMs = 30_000, random = Math.random }: Pick<RetryOptions, 'firstMs' | 'mostMs' | 'random'> = {},
): number {
  const whole = Math.min(mostMs, firstMs * 2 ** Math.min(attempt - 1, 30))
  return whole / 2 + (whole / 2) * random()
}
