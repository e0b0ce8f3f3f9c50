import { DeskError, reasonOf, type DeskErrorOptions } from '../core/errors.ts'
import type { ReadOnlySql } from './readOnlySql.ts'

/** Values for the `{name:Type}` placeholders of a statement; they never become part of its text. */
export type Params = Readonly<Record<string, number | string | readonly string[] | readonly number[]>>

/** Engine settings of one statement, written into its SETTINGS clause so that they end with it. */
export type Settings = Readonly<Record<string, number | string>>

/** What each column of an answer is read as: numbers (also instants in ms and flags) or texts. */
export type Shape = Readonly<Record<string, 'number' | 'text'>>

/** An answer as columns. An empty answer has all its columns, of length 0. */
export interface Selected<S extends Shape> {
  readonly length: number
  readonly columns: { readonly [name in keyof S]: S[name] extends 'number' ? Float64Array : readonly string[] }
}

export interface CommandOptions {
  readonly params?: Params
  readonly settings?: Settings
}

export interface SelectOptions extends CommandOptions {
  /** The engine stops the query after this long; 60 unless said. */
  readonly maxSeconds?: number
  /** Stops the query in the engine, not only the wait for it. */
  readonly signal?: AbortSignal
}

/** Rows on their way in: Native blocks written one after another, then read as often as needed. */
export interface Stage {
  write(block: readonly Uint8Array[]): Promise<void>
  /** SQL table expression over all that was written; nothing can be written after it. */
  source(): Promise<string>
  /** Forgets the rows. Safe to call at any time and more than once. */
  drop(): Promise<void>
}

/**
 * What the store asks of ClickHouse, embedded or a server. No statement passed in has a SETTINGS clause of its own.
 * A query that fails, however late, changes no other query's answer; settings of one never reach another.
 */
export interface Engine {
  /** Runs a statement that answers nothing. Statements run one after another. */
  command(sql: string, options?: CommandOptions): Promise<void>
  /** Runs a query and gives its columns. Queries run beside statements. */
  select<S extends Shape>(sql: string, shape: S, options?: SelectOptions): Promise<Selected<S>>
  /** Opens a stage for rows with these columns, as SQL: `at DateTime64(3, 'UTC'), close Float64`. */
  stage(columnsSql: string): Promise<Stage>
  /** `insert into … select …`; the same token twice within the last 1000 inserts of a table is stored once. */
  insert(sql: string, token: string): Promise<void>
  /** Ends the engine. `abandoned`: a query would not stop in time; the process can end only by `killSelf`. */
  close(): Promise<'closed' | 'abandoned'>
}

/** The engine in the process that holds the store, which can read for others as well. */
export interface HeldEngine extends Engine {
  /**
   * Runs a query for a guest, that is for another process, which can change nothing by it. Hands on the blocks of the answer
   * in ClickHouse's Native format, each when the one before was taken. Guests are served one after another, so that they
   * never take more than one of the sessions for queries from the holder.
   */
  readBlocks(sql: ReadOnlySql, options: SelectOptions, take: (block: Uint8Array) => Promise<void>): Promise<void>
}

/** Puts a text into SQL as a literal. Only for what is no parameter: file paths, names of our own. */
export const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

/** Puts a name of ours into SQL as an identifier. */
export const identifier = (name: string): string => `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``

/** The engine's number for "no space left". */
const NOT_ENOUGH_SPACE = 243
const TIMEOUT_EXCEEDED = 159
const QUERY_WAS_CANCELLED = 394

/** Turns what the engine says (`Code: 60. DB::Exception: …`) into an error of the store. */
export function engineError(cause: unknown, sql: string): DeskError {
  const message = reasonOf(cause)
  const number = Number(/\bCode: (\d+)\b/.exec(message)?.[1] ?? NaN)
  if (number === NOT_ENOUGH_SPACE || message.includes('No space left on device'))
    return new StoreFullError(message, cause)
  if (number === TIMEOUT_EXCEEDED || number === QUERY_WAS_CANCELLED) return new StoreStoppedError(message, cause)
  return new StoreQueryError(message, sql, number, cause)
}

/** The engine refused or failed a statement; `engineCode` is ClickHouse's own number. */
export class StoreQueryError extends DeskError {
  readonly engineCode: number

  constructor(message: string, sql: string, engineCode: number, cause: unknown) {
    super('STORE_QUERY', `the store failed: ${message.trim()} (in "${excerpt(sql)}")`, { cause })
    this.engineCode = engineCode
  }
}

/** A query was stopped: it ran too long or was cancelled. */
export class StoreStoppedError extends DeskError {
  constructor(message: string, cause: unknown) {
    super('STORE_STOPPED', `the store stopped a query: ${message.trim()}`, { cause, retry: 'later' })
  }
}

/** The disk is full. What was stored before is whole. */
export class StoreFullError extends DeskError {
  constructor(message: string, cause: unknown) {
    super('STORE_FULL', `no space left for the store: ${message.trim()}`, {
      hint: 'free some disk space and run it again; what was stored before is whole',
      cause,
      retry: 'later',
    })
  }
}

/** The store cannot be opened, with the reason. */
export class StoreOpenError extends DeskError {
  constructor(message: string, options: DeskErrorOptions = {}) {
    super('STORE_OPEN', message, options)
  }
}

const excerpt = (sql: string): string => sql.replaceAll(/\s+/g, ' ').trim().slice(0, 160)
