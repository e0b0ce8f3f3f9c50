import { DeskError } from '../core/errors.ts'
import { NoAnswerError } from './httpErrors.ts'

/** What is asked, how long silence is borne, and what ends it before. */
export interface Patience {
  readonly url: string
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

/**
 * Does what an open connection takes, and gives it up where nothing is heard for too long.
 * @param job - ends with the signal it is handed; each call of `heard` begins the time anew
 * @throws {NoAnswerError} no connection, a connection cut, or silence
 * @throws what the job throws of our own, and whatever the signal was aborted with
 */
export async function withPatience<T>(
  { url, timeoutMs, signal }: Patience,
  job: (stop: AbortSignal, heard: () => void) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  const stop = new AbortController()
  const onAbort = (): void => stop.abort()
  // By hand: a long-lived signal keeps every signal that `AbortSignal.any` made of it.
  signal?.addEventListener('abort', onAbort)
  let late = false
  const timer = setTimeout(() => {
    late = true
    stop.abort()
  }, timeoutMs)
  try {
    return await job(stop.signal, () => void timer.refresh())
  } catch (cause) {
    signal?.throwIfAborted()
    if (cause instanceof DeskError) throw cause
    throw new NoAnswerError(url, late ? `no answer within ${timeoutMs / 1000} s` : reasonOf(cause), cause)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}

/** fetch says "fetch failed" and hides the reason one or two causes below. */
function reasonOf(cause: unknown): string {
  let error = cause
  while (error instanceof Error && error.cause instanceof Error) error = error.cause
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return error.message === '' ? (code ?? error.name) : error.message
}
