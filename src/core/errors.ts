/** When trying again can help: never, or later. */
export type Retry = 'later' | 'never'

export interface DeskErrorOptions {
  /** What the reader can do about it, as one sentence or command. */
  readonly hint?: string
  /** Path of the document that explains it. */
  readonly docs?: string
  readonly cause?: unknown
  readonly retry?: Retry
  readonly retryAfterMs?: number
}

/**
 * The one error family of the desk: a stable code, a message that names the value in quotes, a hint that says what to do.
 * @example new DeskError('BAD_INTERVAL', '"4q" is not an interval', { hint: 'try 4h' }).code // 'BAD_INTERVAL'
 */
export class DeskError extends Error {
  readonly code: string
  readonly hint: string | undefined
  readonly docs: string | undefined
  readonly retry: Retry
  readonly retryAfterMs: number | undefined

  constructor(code: string, message: string, options: DeskErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = code
    this.hint = options.hint
    this.docs = options.docs
    this.retry = options.retry ?? 'never'
    this.retryAfterMs = options.retryAfterMs
  }
}

/** Thrown where two inputs that must share a grid do not. */
export class GridMismatchError extends DeskError {
  constructor(message: string) {
    super('GRID_MISMATCH', message, { hint: 'bring both series to one start, step and length first' })
  }
}

/** What went wrong, in words, from anything thrown. */
export const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/** Ends a switch over a union: the compiler proves that no case is left. */
export function assertNever(value: never): never {
  throw new DeskError('UNREACHABLE', `unexpected case "${String(value)}"`)
}
