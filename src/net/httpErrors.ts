import { DeskError } from '../core/errors.ts'
import { onOneLine } from './onOneLine.ts'

/** How much of an answer is kept in a message, and how much beside it. */
const EXCERPT = 200
const KEPT_BODY = 10_000

/** Nothing came back: no connection, a cut one, or silence. */
export class NoAnswerError extends DeskError {
  constructor(url: string, why: string, cause?: unknown) {
    super('NO_ANSWER', `"${withoutQuery(url)}" does not answer: ${why}`, { cause, retry: 'later' })
  }
}

/** An answer that would not end. */
export class TooLongAnswerError extends DeskError {
  constructor(url: string, maxBytes: number) {
    super('ANSWER_TOO_LONG', `the answer of "${withoutQuery(url)}" is longer than ${maxBytes} bytes`, {
      retry: 'later',
    })
  }
}

/** Asked too often. Nothing may be asked there before `retryAfterMs` is over. */
export class RateLimitedError extends DeskError {
  /** 429, or 418 where the whole address is banned. */
  readonly status: number

  constructor(url: string, status: number, retryAfterMs: number) {
    const what = status === 418 ? 'has banned this address for a while' : 'was asked too often'
    super(
      'RATE_LIMITED',
      `"${withoutQuery(url)}" ${what} (${status}); it may be asked again in ${sayS(retryAfterMs)}`,
      {
        retry: 'later',
        retryAfterMs,
      },
    )
    this.status = status
  }
}

/** The venue does not serve this machine: its country, its network, or a page that wants a person. */
export class DeniedError extends DeskError {
  constructor(url: string, status: number, body: string) {
    const why = status === 451 ? 'does not serve this place' : 'denies access'
    super('DENIED', `"${withoutQuery(url)}" ${why} (${status}): ${excerpt(body)}`, {
      hint: 'this venue cannot be read from here; leave it out with --venues, or run from another network',
      retry: 'later',
      retryAfterMs: 600_000,
    })
  }
}

/** The venue failed. */
export class ServerFailedError extends DeskError {
  constructor(url: string, status: number, body: string, retryAfterMs?: number) {
    super('SERVER_FAILED', `"${withoutQuery(url)}" failed (${status}): ${excerpt(body)}`, {
      retry: 'later',
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    })
  }
}

/** The venue refused the question. What it said is kept, since some refusals mean the end of a history. */
export class RequestRefusedError extends DeskError {
  readonly status: number
  /** The answer, cut to 10,000 characters. */
  readonly body: string

  constructor(url: string, status: number, body: string) {
    super('REQUEST_REFUSED', `"${withoutQuery(url)}" refused (${status}): ${excerpt(body)}`)
    this.status = status
    this.body = body.slice(0, KEPT_BODY)
  }
}

/** The answer is not JSON: a page for people, or cut short. */
export class NotJsonError extends DeskError {
  constructor(url: string, body: string, cause: unknown) {
    const what = /^\s*</.test(body) ? 'a page instead of JSON' : body.trim() === '' ? 'nothing' : 'broken JSON'
    super('NOT_JSON', `"${withoutQuery(url)}" answered with ${what}: ${excerpt(body)}`, { cause, retry: 'later' })
  }
}

const withoutQuery = (url: string): string => url.split('?')[0] ?? url
const sayS = (ms: number): string => `${Math.ceil(ms / 1000)} s`
const excerpt = (body: string): string => {
  const plain = onOneLine(body)
  return plain.length > EXCERPT ? `${plain.slice(0, EXCERPT)}…` : plain
}
