import { DeskError } from '../core/errors.ts'
import { MINUTE_MS } from '../core/instant.ts'
import { askJson } from '../net/askJson.ts'
import { askText } from '../net/askText.ts'
import { isLoopback } from '../net/checkAddress.ts'
import { DeniedError, RateLimitedError } from '../net/httpErrors.ts'
import { RateBudget } from '../net/rateBudget.ts'
import { withRetry, type RetryOptions } from '../net/retry.ts'
import type { Publisher } from './publisher.ts'

/** What came back. */
export interface Published {
  readonly json: unknown
  /** Whether the answer says that a simulation made it. */
  readonly simulated: boolean
}

/** The same of a door that answers with a table. */
export interface PublishedText extends Pick<Published, 'simulated'> {
  readonly text: string
}

type Query = Readonly<Record<string, string | number>>

/** A way to a publisher that keeps to its limit. */
export interface PublisherLink {
  readonly base: string
  /** Asks one of its doors; `path` stands behind its address. @throws errors of `net`, {PublisherDeniedError} */
  readonly ask: (path: string, query?: Query) => Promise<Published>
  /** The same where the answer is no JSON: whatever text came. */
  readonly askText: (path: string, query?: Query) => Promise<PublishedText>
}

export interface PublisherLinkOptions {
  /** Another address with the same doors. */
  readonly base?: string
  readonly retry?: RetryOptions
  readonly signal?: AbortSignal
  /** What keeps to the limit; the publisher's own unless said, and nothing on this machine, whose servers set limits of their own. */
  readonly budget?: Pick<RateBudget, 'take' | 'block'>
}

const TRIES = 3
/** For a longer wait than this nobody sits before a command. */
const PATIENCE_MS = 5 * MINUTE_MS

const UNLIMITED: Pick<RateBudget, 'take' | 'block'> = { take: () => Promise.resolve(), block: () => undefined }

/** A link to a publisher. What it says of its limit counts more than what is known of it. */
export function linkPublisher(publisher: Publisher, options: PublisherLinkOptions): PublisherLink {
  const { retry, signal } = options
  const base = (options.base ?? publisher.base).replace(/\/+$/, '')
  const budget = options.budget ?? (isLoopback(base) ? UNLIMITED : new RateBudget(publisher.budget))
  const stopped = signal === undefined ? {} : { signal }
  const { maxBytes, timeoutMs } = publisher
  const request = { hosts: [new URL(base).hostname], maxBytes, timeoutMs, ...stopped }

  const once = async <T>(ask: () => Promise<T>): Promise<T> => {
    await budget.take(1, signal)
    try {
      return await ask()
    } catch (error) {
      if (error instanceof RateLimitedError) budget.block(error.retryAfterMs ?? 0)
      if (error instanceof DeniedError) throw new PublisherDeniedError(error, publisher.whenDenied)
      throw error
    }
  }
  const patiently = <T>(ask: () => Promise<T>): Promise<T> =>
    withRetry(() => once(ask), { tries: TRIES, patienceMs: PATIENCE_MS, ...retry, ...stopped })
  const urlOf = (path: string, query: Query = {}): string => {
    const entries = Object.entries(query).map(([name, value]) => [name, String(value)] as [string, string])
    return `${base}${path}${entries.length === 0 ? '' : `?${new URLSearchParams(entries).toString()}`}`
  }
  return {
    base,
    ask: (path, query) =>
      patiently(async () => {
        const { json, header } = await askJson({ url: urlOf(path, query), ...request })
        return { json, simulated: isMarked(header) }
      }),
    askText: (path, query) =>
      patiently(async () => {
        const { text, header } = await askText({ url: urlOf(path, query), headers: ANY_TEXT, ...request })
        return { text, simulated: isMarked(header) }
      }),
  }
}

const ANY_TEXT = { accept: 'text/csv, text/plain, */*' } as const

const isMarked = (header: (name: string) => string | undefined): boolean => header('x-simulated') !== undefined

const ELSEWHERE = 'run from another network, or name an address with the same doors by --base; what is stored stays'

/** The publisher does not serve this machine: its country, its network, or a page that wants a person. */
export class PublisherDeniedError extends DeskError {
  constructor(cause: DeniedError, hint: string = ELSEWHERE) {
    super('SITE_DENIED', cause.message, { hint, cause })
  }
}
