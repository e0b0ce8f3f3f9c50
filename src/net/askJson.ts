import { askHttp, type HttpAnswer, type HttpRequest } from './httpAnswer.ts'
import { DeniedError, NotJsonError, RateLimitedError, RequestRefusedError, ServerFailedError } from './httpErrors.ts'

/** Waited where a venue limits without saying for how long. */
const DEFAULT_RETRY_MS = 60_000
/** The venue waited for itself in vain: no fault of the question, though its number says so. */
const REQUEST_TIMEOUT = 408

/** What a venue answered, and what it said of its limits. */
export interface JsonAnswer {
  readonly json: unknown
  readonly header: HttpAnswer['header']
}

/**
 * Asks once for JSON.
 * @throws {RateLimitedError} 429 or 418, with the time to wait
 * @throws {DeniedError} 403 or 451
 * @throws {ServerFailedError} 5xx, or 408
 * @throws {RequestRefusedError} any other status but 2xx
 * @throws {NotJsonError} a page, or JSON cut short, whatever its status says
 * @throws what `askHttp` throws
 */
export async function askJson(request: HttpRequest): Promise<JsonAnswer> {
  const { status, header, body } = await askHttp(request)
  const text = new TextDecoder().decode(body)
  const retryAfterMs = readRetryAfter(header('retry-after'))
  if (status === 429 || status === 418)
    throw new RateLimitedError(request.url, status, retryAfterMs ?? DEFAULT_RETRY_MS)
  if (status === 403 || status === 451) throw new DeniedError(request.url, status, text)
  if (status >= 500 || status === REQUEST_TIMEOUT) throw new ServerFailedError(request.url, status, text, retryAfterMs)
  if (status < 200 || status > 299) throw new RequestRefusedError(request.url, status, text)
  try {
    return { json: JSON.parse(text), header }
  } catch (cause) {
    throw new NotJsonError(request.url, text, cause)
  }
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
