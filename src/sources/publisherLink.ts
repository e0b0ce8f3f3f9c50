import { DeskError } from '../core/errors.ts'
import { MINUTE_MS } from '../core/instant.ts'
import { askJson } from '../net/askJson.ts'
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

/** A way to a publisher that keeps to its limit. */
export interface PublisherLink {
  readonly base: string
  /** Asks one of its doors; `path` stands behind its address. @throws errors of `net`, {PublisherDeniedError} */
  readonly ask: (path: string, query?: Readonly<Record<string, string | number>>) => Promise<Published>
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

  const askOnce = async (url: string): Promise<Published> => {
    await budget.take(1, signal)
    try {
      const { json, header } = await askJson({ url, ...request })
      return { json, simulated: header('x-simulated') !== undefined }
    } catch (error) {
      if (error instanceof RateLimitedError) budget.block(error.retryAfterMs ?? 0)
      if (error instanceof DeniedError) throw new PublisherDeniedError(error)
      throw error
    }
  }
  return {
    base,
    ask: (path, query = {}) => {
      const entries = Object.entries(query).map(([name, value]) => [name, String(value)] as [string, string])
      const asked = entries.length === 0 ? '' : `?${new URLSearchParams(entries).toString()}`
      const patience = { tries: TRIES, patienceMs: PATIENCE_MS, ...retry, ...stopped }
      return withRetry(() => askOnce(`${base}${path}${asked}`), patience)
    },
  }
}

/** The publisher does not serve this machine: its country, its network, or a page that wants a person. */
export class PublisherDeniedError extends DeskError {
  constructor(cause: DeniedError) {
    super('SITE_DENIED', cause.message, {
      hint: 'run from another network, or name an address with the same doors by --base; what is stored stays',
      cause,
    })
  }
}
