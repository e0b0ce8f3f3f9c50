import type { z } from 'zod'

/** Something in a venue's answer that is not as its documents say. */
export interface WireFault {
  /** The door or channel it came through. */
  readonly channel: string
  /** What is not as documented, impossible, or of an unknown instrument is dropped; what is repeated or late is kept, by its key. */
  readonly what:
    | 'not as documented'
    | 'unknown field'
    | 'impossible'
    | 'unknown instrument'
    | 'repeated'
    | 'out of order'
  /** Where: `data[3].price`. */
  readonly path: string
  readonly why: string
  /** The message or element itself, cut to a bounded length. */
  readonly raw: string
}

const RAW = 500

/** A message as text of bounded length, for a reader. */
export function excerptOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return text.length > RAW ? `${text.slice(0, RAW)}…` : text
}

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
