import { DeskError, reasonOf } from '../../core/errors.ts'
import { SocketFailedError } from '../../net/socketMessages.ts'

/** What keeps a source from being read, in one or two words. */
export type Cause =
  | 'name not resolved'
  | 'refused'
  | 'timed out'
  | 'no connection'
  | 'denied'
  | 'limited'
  | 'failing'
  | 'not as documented'

/** A source that cannot be read, and why. */
export interface Unreachable {
  readonly is: 'unreachable'
  readonly cause: Cause
  readonly why: string
  /** What the reader can do about it. */
  readonly hint?: string
}

/**
 * What an error of asking a source says of it.
 * @example unreachable(new NoAnswerError(url, 'connect ECONNREFUSED', { code: 'ECONNREFUSED' })).cause // 'refused'
 */
export function unreachable(error: unknown): Unreachable {
  const hint = error instanceof DeskError && error.hint !== undefined ? { hint: error.hint } : {}
  return { is: 'unreachable', cause: causeOf(error), why: whyOf(error), ...hint }
}

const BY_CODE: Readonly<Record<string, Cause>> = {
  NAME_NOT_RESOLVED: 'name not resolved',
  TIMED_OUT: 'timed out',
  DENIED: 'denied',
  SITE_DENIED: 'denied',
  RATE_LIMITED: 'limited',
  SERVER_FAILED: 'failing',
}

const BY_SYSTEM_CODE: Readonly<Record<string, Cause>> = {
  ENOTFOUND: 'name not resolved',
  EAI_AGAIN: 'name not resolved',
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timed out',
  UND_ERR_CONNECT_TIMEOUT: 'timed out',
}

function causeOf(error: unknown): Cause {
  if (!(error instanceof DeskError)) return 'not as documented'
  if (error instanceof SocketFailedError && error.status !== undefined) return causeOfStatus(error.status)
  if (error.code === 'NO_ANSWER' || error.code === 'SOCKET_FAILED') return systemCause(error)
  return BY_CODE[error.code] ?? 'not as documented'
}

function causeOfStatus(status: number): Cause {
  if (status === 403 || status === 451) return 'denied'
  if (status === 429 || status === 418) return 'limited'
  return status >= 500 ? 'failing' : 'not as documented'
}

/** What the system says of a connection is hidden some causes below. */
function systemCause(error: Error): Cause {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    const known = 'code' in each ? BY_SYSTEM_CODE[String(each.code)] : undefined
    if (known !== undefined) return known
  }
  return 'no connection'
}

/** The reason alone: which address it is of is said beside it. */
function whyOf(error: unknown): string {
  const message = reasonOf(error)
  return message.replace(/^(?:the connection to )?"[^"]*" (?:does not answer: |failed: |is not resolved: )?/, '')
}
