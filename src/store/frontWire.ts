import { DeskError } from '../core/errors.ts'
import { engineError, type Params, type SelectOptions, type Settings } from './engine.ts'
import { readOnlySql, type ReadOnlySql } from './readOnlySql.ts'

/** What a guest asks a front, as JSON in the body. */
export type Question = { readonly sql: string } & Omit<SelectOptions, 'signal'>

/** How an answer ended: the name of the trailer that says so. Without it the answer was broken off. */
export const OUTCOME = 'assayer-outcome'

/** An error on its way to a guest. Of the engine's own the message is what the engine said, else ours. */
export interface Carried {
  readonly code: string
  readonly message: string
  /** ClickHouse's number. */
  readonly engineCode?: number
}

/** Characters of a message that a trailer has room for. */
const MESSAGE = 3_000

/**
 * The question in a body.
 * @throws {BadQuestionError} it is none
 * @throws {StoreReadOnlyError} it asks for more than reading
 */
export function parseQuestion(body: string): Question & { readonly sql: ReadOnlySql } {
  const { sql, params = {}, settings = {}, maxSeconds = 60 } = parseObject(body)
  if (typeof sql !== 'string') throw new BadQuestionError('"sql" is no text')
  if (!isRecordOf(params, isParam)) throw new BadQuestionError('"params" has what no parameter can be')
  if (!isRecordOf(settings, isScalar)) throw new BadQuestionError('"settings" has what no setting can be')
  if (typeof maxSeconds !== 'number' || !(maxSeconds > 0)) throw new BadQuestionError('"maxSeconds" is no time')
  return { sql: readOnlySql(sql), params: params as Params, settings: settings as Settings, maxSeconds }
}

function parseObject(body: string): { readonly [name in keyof Question]?: unknown } {
  try {
    return Object(JSON.parse(body))
  } catch {
    throw new BadQuestionError('the body is no JSON')
  }
}

/** Names are words, since those of settings become part of the statement. */
const isRecordOf = (value: unknown, isValue: (value: unknown) => boolean): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).every(([name, each]) => /^\w+$/.test(name) && isValue(each))

const isScalar = (value: unknown): boolean => typeof value === 'number' || typeof value === 'string'
const isParam = (value: unknown): boolean => isScalar(value) || (Array.isArray(value) && value.every(isScalar))

const ENGINE_CODES = new Set(['STORE_QUERY', 'STORE_STOPPED', 'STORE_FULL'])

/** Packs an error for a guest. */
export function carry(error: unknown): Carried {
  if (!(error instanceof DeskError)) return { code: 'FRONT', message: String(error).slice(0, MESSAGE) }
  const { code, message, cause } = error
  const said = ENGINE_CODES.has(code) && cause instanceof Error ? cause.message : message
  const engineCode = 'engineCode' in error ? { engineCode: Number(error.engineCode) } : {}
  return { code, message: said.slice(0, MESSAGE), ...engineCode }
}

/** The error that the engine itself would have thrown here; undefined where it was not the engine's. */
export const uncarry = ({ code, message }: Carried, sql: string): DeskError | undefined =>
  ENGINE_CODES.has(code) ? engineError(new Error(message), sql) : undefined

/** An outcome as the value of a trailer: `done`, or the error. */
export const outcomeOf = (error: Carried | undefined): string =>
  error === undefined ? 'done' : Buffer.from(JSON.stringify(error)).toString('base64url')

/** The error of an outcome; undefined where all went well. */
export const errorOf = (outcome: string): Carried | undefined =>
  outcome === 'done' ? undefined : (JSON.parse(Buffer.from(outcome, 'base64url').toString()) as Carried)

/** What came to a front is no question. */
export class BadQuestionError extends DeskError {
  constructor(why: string) {
    super('BAD_QUESTION', `the front of the store cannot read this question: ${why}`)
  }
}
