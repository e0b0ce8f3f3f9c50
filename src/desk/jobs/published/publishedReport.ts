import { DeskError } from '../../../core/errors.ts'
import type { RetryOptions } from '../../../net/retry.ts'
import type { PublisherName } from '../../../sources/publisher.ts'
import type { Kept } from './keepPublished.ts'
import type { PriceProof } from './priceProof.ts'

export type { PublisherName }

/** What came of one thing that was asked of a publisher. */
export type PublishedReport = {
  /** `ETH`, `ETH and BTC now`, `binance`, `binance ETH`. */
  readonly what: string
} & (
  | ({ readonly is: 'imported' } & Imported)
  /** The answer says nothing of it. */
  | { readonly is: 'missing'; readonly why: string }
  /** The answer cannot be used; nothing of it was stored. */
  | { readonly is: 'failed'; readonly code: string; readonly why: string; readonly hint: string | undefined }
)

export interface Imported extends Kept {
  /** Whether a simulation made it. */
  readonly simulated: boolean
  /** How its prices compare with candles that are held; undefined where the answer was not compared. */
  readonly proof: PriceProof | undefined
  /** Fields that are not documented; they were passed over. */
  readonly unknownFields: readonly string[]
}

export interface ImportPublishedAnswer {
  readonly publisher: PublisherName
  readonly base: string
  readonly reports: readonly PublishedReport[]
}

/** How far a run is. */
export interface PublishedStep {
  readonly what: string
  readonly number: number
  readonly count: number
}

/** What every publisher can be asked with. */
export interface PublishedRequest {
  /** Another address with the same doors. */
  readonly base?: string
  readonly retry?: RetryOptions
  readonly signal?: AbortSignal
  readonly onStep?: (step: PublishedStep) => void
  readonly onReport?: (report: PublishedReport) => void
}

/** What is wrong with one answer, where others may still be right; whatever else goes wrong ends the whole run. */
const OF_AN_ANSWER = new Set([
  'ANSWER_CUT',
  'ANSWER_TOO_LONG',
  'COIN_MISMATCH',
  'COLUMN_MISSING',
  'EMPTY_ANSWER',
  'IMPORT_CONFLICT',
  'IMPORT_REPEATS',
  'INSTRUMENT_MIXED',
  'NOT_A_NUMBER',
  'NOT_AS_DOCUMENTED',
  'NOT_JSON',
  'PAGE_NOT_TABLE',
  'REQUEST_REFUSED',
])

/** Whether something is wrong with one answer alone. */
export const isOfAnAnswer = (error: unknown): error is DeskError =>
  error instanceof DeskError && OF_AN_ANSWER.has(error.code)

/** What a job came to, or the report that the answer which it asked for cannot be used. */
export type Attempt<T> =
  | { readonly is: 'done'; readonly value: T }
  | { readonly is: 'failed'; readonly report: PublishedReport }

/**
 * Does a job; what is wrong with its answer alone is a report.
 * @throws what is wrong with the publisher, the network or the store
 */
export async function attempted<T>(what: string, job: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { is: 'done', value: await job() }
  } catch (error) {
    if (!isOfAnAnswer(error)) throw error
    const { code, message: why, hint = 'nothing of it was stored, what is held stays; ask again later' } = error
    return { is: 'failed', report: { what, is: 'failed', code, why, hint } }
  }
}

/** The report of a job that stores something. @throws as `attempted` */
export async function reported(what: string, job: () => Promise<Imported>): Promise<PublishedReport> {
  const attempt = await attempted(what, job)
  return attempt.is === 'failed' ? attempt.report : { what, is: 'imported', ...attempt.value }
}
