import { DeskError } from '../core/errors.ts'

/** A job that goes on until it is told to end. */
export interface StopSignal {
  /** Aborted by Ctrl+C, and by whoever ends this process kindly. */
  readonly signal: AbortSignal
  /** Leaves Ctrl+C to the system again. */
  readonly release: () => void
}

/** Listens for the signals that end a process; the second of them ends it at once. */
export function stopSignal(): StopSignal {
  const stop = new AbortController()
  const onSignal = (): void => stop.abort(new DeskError('STOPPED', 'stopped'))
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  const release = (): void => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  return { signal: stop.signal, release }
}
