import { CommanderError } from 'commander'
import { DeskError } from '../core/errors.ts'

/** Exit codes of every command. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, partly: 3 } as const

const WRONG_USE = /^(BAD_|UNKNOWN_|USAGE)/

/** The one place where an error becomes words and an exit code. */
export function onError(error: unknown, json: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse
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
  if (code === 'MISSING_DATA') return EXIT.partly
  return WRONG_USE.test(code) ? EXIT.wrongUse : EXIT.failed
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
