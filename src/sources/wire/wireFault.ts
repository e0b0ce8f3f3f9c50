import type { z } from 'zod'
import { assertNever } from '../../core/errors.ts'

/** Something in a venue's answer that is not as its documents say. */
export interface WireFault {
  /** The door or channel it came through. */
  readonly channel: string
  /**
   * What is not as documented, impossible, of an unknown instrument or of a meaning that the ledger does not tell is dropped; what
   * is repeated or late is kept, by its key; what is missing never came, and who notices it sees to its being asked for.
   */
  readonly what:
    | 'not as documented'
    | 'unknown field'
    | 'impossible'
    | 'unknown instrument'
    | 'no convention'
    | 'missing'
    | 'repeated'
    | 'out of order'
  /** Where: `data[3].price`. */
  readonly path: string
  readonly why: string
  /** The message or element itself, cut to a bounded length. */
  readonly raw: string
}

/** True where a record that was sent is not kept: the time around it is not covered. */
export function costsRecord({ what }: Pick<WireFault, 'what'>): boolean {
  switch (what) {
    case 'not as documented':
    case 'impossible':
    case 'no convention':
      return true
    // What is of an instrument that is not listed is of none that is collected.
    case 'unknown instrument':
    case 'unknown field':
    case 'missing':
    case 'repeated':
    case 'out of order':
      return false
    default:
      return assertNever(what)
  }
}

const RAW = 500

/** A message as text of bounded length, for a reader. */
export function excerptOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return text.length > RAW ? `${text.slice(0, RAW)}…` : text
}

/** The fault of a number whose meaning the ledger does not tell. */
export const noConvention = (
  { message }: Error,
  { channel, path, raw }: { readonly channel: string; readonly path: string; readonly raw: unknown },
): WireFault => ({ channel, what: 'no convention', path, why: message, raw: excerptOf(raw) })

/** A path as a reader writes it: `data[3].price`. */
export const sayPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  )

/** The faults that a schema found; unknown keys are told apart. */
export function faultsOf(
  channel: string,
  error: z.ZodError,
  value: unknown,
  at: readonly PropertyKey[] = [],
): WireFault[] {
  const raw = excerptOf(value)
  return error.issues.map((issue) => {
    const path = [...at, ...issue.path]
    return issue.code === 'unrecognized_keys'
      ? { channel, what: 'unknown field', path: sayPath([...path, ...issue.keys.slice(0, 1)]), why: issue.message, raw }
      : { channel, what: 'not as documented', path: sayPath(path), why: issue.message, raw }
  })
}
