import { DeskError } from '../../core/errors.ts'
import { DeniedError, RequestRefusedError, TooLongAnswerError } from '../../net/httpErrors.ts'
import { withRetry, type RetryOptions } from '../../net/retry.ts'

const GONE = [404, 410]

/**
 * Asks again as long as that can help.
 * @returns undefined where there is no such file
 * @throws {SiteDeniedError} the site does not serve this machine
 * @throws {DumpTooLongError} the answer is longer than allowed
 * @throws the last error, once it was tried often enough
 */
export async function askPatiently<T>(retry: RetryOptions, job: () => Promise<T>): Promise<T | undefined> {
  return await withRetry(async () => {
    try {
      return await job()
    } catch (error) {
      if (error instanceof RequestRefusedError && GONE.includes(error.status)) return undefined
      if (error instanceof DeniedError) throw new SiteDeniedError(error)
      if (error instanceof TooLongAnswerError) throw new DumpTooLongError(error)
      throw error
    }
  }, retry)
}

/** The site does not serve this machine: its country, or its network. */
export class SiteDeniedError extends DeskError {
  constructor(cause: DeniedError) {
    super('SITE_DENIED', cause.message, {
      hint: 'name a mirror with --base URL, or run from another network; what is stored stays, the same command goes on',
      cause,
    })
  }
}

/** A file longer than any that is known. */
export class DumpTooLongError extends DeskError {
  constructor(cause: TooLongAnswerError) {
    super('DUMP_TOO_LONG', cause.message, { cause, hint: 'nothing of it was kept' })
  }
}
