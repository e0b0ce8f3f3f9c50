import { DeskError } from '../../core/errors.ts'
import { RequestRefusedError } from '../../net/httpErrors.ts'
import type { VenueIo, VenueRequest } from '../source.ts'
import { excerptOf } from '../wire/wireFault.ts'

/** A question to the one REST address of OKX, where every door has its own budget and every question costs 1. */
export type OkxRequest = Pick<VenueRequest, 'path' | 'query' | 'budget'>

/** The list in an answer, and the answer around it. */
export interface OkxAnswer {
  readonly code: string
  readonly msg: string
  readonly data: readonly unknown[]
}

/**
 * Asks OKX and gives the whole answer, for a mapper to read. The status alone tells nothing there: most errors come with 200.
 * @throws {OkxRefusedError} a code other than "0"
 * @throws {OkxAnswerError} no code, or no list
 * @throws errors of `net`
 */
export async function askOkx(io: VenueIo, { path, query = {}, budget }: OkxRequest): Promise<OkxAnswer> {
  const json = await io.ask({ address: 'rest', path, query, budget, weight: 1 }).catch((error: unknown) => {
    throw error instanceof RequestRefusedError && error.body.includes(TIMED_OUT)
      ? new OkxRefusedError(path, TIMED_OUT, 'timed out')
      : error
  })
  const refusal = refusalOf(json, path)
  if (refusal !== undefined) throw refusal
  const { code, msg, data } = (json ?? {}) as Readonly<Record<string, unknown>>
  if (code !== '0' || !Array.isArray(data)) throw new OkxAnswerError(path, json)
  return { ...(json as object), code, msg: String(msg), data }
}

/** What an answer refuses by its code; one "over budget" has a code and no list. */
export function refusalOf(json: unknown, path: string): OkxRefusedError | undefined {
  const { code, msg } = (json ?? {}) as Readonly<Record<string, unknown>>
  return typeof code === 'string' && code !== '0' ? new OkxRefusedError(path, code, String(msg)) : undefined
}

/** Comes with status 400, as if the question were wrong. */
const TIMED_OUT = '50004'
/** Is documented with status 429 and with 200. */
const OVER_BUDGET = '50011'
/** The window of every budget. */
const AGAIN_MS = 2_000

/** OKX answered with an error code. */
export class OkxRefusedError extends DeskError {
  constructor(path: string, code: string, msg: string) {
    const isPassing = code === TIMED_OUT || code === OVER_BUDGET
    const again = isPassing ? ({ retry: 'later', retryAfterMs: AGAIN_MS } as const) : {}
    super('OKX_REFUSED', `okx refused "${path}": ${code} ${msg}`, again)
  }
}

/** The answer has not the form that every answer of OKX has. */
export class OkxAnswerError extends DeskError {
  constructor(path: string, json: unknown) {
    super('OKX_ANSWER', `okx answered "${path}" with neither a code nor a list: ${excerptOf(json)}`, { retry: 'later' })
  }
}
