import { DeskError } from '../core/errors.ts'

/** Exit codes of every command. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, partly: 3 } as const

/** What the user can put right on the command line or in a claim file; all else is a job that failed. */
const WRONG_USE = new Set([
  'BACKWARD_RANGE',
  'BAD_CLAIM',
  'BAD_DUMP_WISH',
  'BAD_ID',
  'BAD_INSTANT',
  'BAD_INTERVAL',
  'BAD_PARAM',
  'BAD_PORT',
  'BAD_PUBLISHED_WISH',
  'BAD_RANGE',
  'BAD_STORE',
  'BAD_WINDOW',
  'COLUMN_CHOICE',
  'INDEX_CANDLES',
  'MISPLACED_OPTION',
  'UNKNOWN_CHOICE',
  'UNKNOWN_FORMAT',
  'UNKNOWN_METRIC',
  'UNKNOWN_OUTPUT',
  'UNKNOWN_SETUP',
  'UNTOLD',
])

/** The one place where an error becomes words and an exit code. */
export function onError(error: unknown, json: boolean): number {
  if (!(error instanceof DeskError)) {
    process.stderr.write(`assayer failed unexpectedly; please report this:\n${describe(error)}\n`)
    return EXIT.failed
  }
  const { code, message, hint } = error
  const missing = 'missing' in error ? { missing: error.missing } : {}
  if (json) process.stdout.write(`${JSON.stringify({ error: { code, message, hint, ...missing } })}\n`)
  process.stderr.write(`error: ${message}\n${hint === undefined ? '' : `hint: ${hint}\n`}`)
  return exitCode(code)
}

function exitCode(code: string): number {
  if (code === 'MISSING_DATA' || code === 'NO_STORE') return EXIT.partly
  return WRONG_USE.has(code) ? EXIT.wrongUse : EXIT.failed
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
