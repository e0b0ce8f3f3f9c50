import { DeskError } from '../core/errors.ts'

/** A query that `readOnlySql` has looked at. */
export type ReadOnlySql = string & { readonly readOnly: unique symbol }

/** Texts, names in quotes, and all else that is looked at. A quote by itself was never closed. */
const PIECE = /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`(?:[^`\\]|\\.|``)*`|[a-z_]\w*|--|\/\*|[;#$'"`]|[^ -~\s]/gis

/**
 * What a query of the store never has, and what gets round the engine's `readonly`: SETTINGS of a subquery lift it, INTO
 * OUTFILE writes a file in spite of it, the function `file` reads one, also under its name in quotes. Comments, escapes in
 * names and the quotes of other alphabets could hide these.
 */
const REFUSED = /^(?:settings|format|outfile|["`]?file["`]?|["`].*\\.*|--|\/\*|[;#$'"`]|[^ -~\s])$/is

/**
 * Proves that a text is one query that only reads; for texts that come from another process. It is half of the guard: the
 * engine runs the text under `readonly = 1`, which refuses functions that reach files and networks.
 * @throws {StoreReadOnlyError} it is no SELECT, or has what could write or reach outside the store
 * @example readOnlySql("select 1 into outfile 'x'") // throws
 */
export function readOnlySql(sql: string): ReadOnlySql {
  if (!/^\s*(?:select|with)\b/i.test(sql)) throw refusal(sql, 'is no SELECT')
  const refused = sql.match(PIECE)?.find((piece) => REFUSED.test(piece))
  if (refused !== undefined) throw refusal(sql, `has "${refused}", which no query here may have`)
  return sql as ReadOnlySql
}

const refusal = (sql: string, why: string): StoreReadOnlyError =>
  new StoreReadOnlyError(
    `the store can only be read here, and "${sql.replaceAll(/\s+/g, ' ').trim().slice(0, 160)}" ${why}`,
  )

/** Somebody who may only read has asked for more. */
export class StoreReadOnlyError extends DeskError {
  constructor(message: string, hint?: string) {
    super('STORE_READ_ONLY', message, hint === undefined ? {} : { hint })
  }
}
