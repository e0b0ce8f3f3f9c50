import type { DeskError } from '../core/errors.ts'
import type { HttpAnswer } from './httpAnswer.ts'
import { DeniedError, RateLimitedError, RequestRefusedError, ServerFailedError } from './httpErrors.ts'

/** Waited where a venue limits without saying for how long. */
const DEFAULT_RETRY_MS = 60_000
/** The venue waited for itself in vain: no fault of the question, though its number says so. */
const REQUEST_TIMEOUT = 408

/** An answer as far as it tells why there is none. */
export interface Refusable extends Pick<HttpAnswer, 'status' | 'header'> {
  readonly text: string
}

/**
 * What an answer's status says against it; undefined for 2xx.
 * @returns {RateLimitedError} 429 or 418, with the time to wait; {DeniedError} 403 or 451; {ServerFailedError} 5xx, or 408;
 *   {RequestRefusedError} any other
 */
export function statusError(url: string, { status, header, text }: Refusable): DeskError | undefined {
  const retryAfterMs = readRetryAfter(header('retry-after'))
  if (status === 429 || status === 418) return new RateLimitedError(url, status, retryAfterMs ?? DEFAULT_RETRY_MS)
  if (status === 403 || status === 451) return new DeniedError(url, status, text)
  if (status >= 500 || status === REQUEST_TIMEOUT) return new ServerFailedError(url, status, text, retryAfterMs)
  return status < 200 || status > 299 ? new RequestRefusedError(url, status, text) : undefined
}

/**
 * Retry-After in milliseconds: seconds, or an HTTP date. Undefined where it is neither.
 * @param now - this machine's clock, for a date
 */
export function readRetryAfter(text: string | undefined, now = Date.now()): number | undefined {
  if (text === undefined) return undefined
  if (/^\d+(\.\d+)?$/.test(text.trim())) return Number(text) * 1000
  // Anything else is no date of HTTP, though the language would read a date into it.
  if (!text.trim().endsWith(' GMT')) return undefined
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
