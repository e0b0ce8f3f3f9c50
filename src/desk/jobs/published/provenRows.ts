import { DeskError } from '../../../core/errors.ts'
import type { Mapped } from '../../../sources/source.ts'
import { NotAsDocumentedError } from '../../../sources/wire/readWire.ts'
import { costsRecord } from '../../../sources/wire/wireFault.ts'

/** Rows of one record, as they are stored. */
export type Rows = readonly Readonly<Record<string, unknown>>[]

/**
 * The rows of an answer that can be used as a whole.
 * @returns rows, and the fields that are not documented, which cost nothing
 * @throws {NotAsDocumentedError} some of it cannot be read
 * @throws {EmptyAnswerError} there is nothing in it
 */
export function provenRows(
  { rows, faults }: Mapped,
  of: string,
): { readonly rows: Rows; readonly unknownFields: readonly string[] } {
  const wrong = faults.filter(costsRecord)
  if (wrong.length > 0) throw new NotAsDocumentedError(wrong)
  if (rows.length === 0) throw new EmptyAnswerError(of)
  return { rows: rows.map(({ row }) => row), unknownFields: [...new Set(faults.map(({ path }) => path))] }
}

/** An answer that is well formed and has nothing in it. */
export class EmptyAnswerError extends DeskError {
  constructor(of: string) {
    super('EMPTY_ANSWER', `the answer has nothing of ${of}`, { hint: 'nothing was stored; try again later' })
  }
}
