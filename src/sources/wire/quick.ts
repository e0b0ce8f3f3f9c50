/** Reads one value: what it stands for, or undefined where it is not as documented. */
type Check = (value: unknown) => unknown

const DECIMAL = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/

/** Checks that a schema would make, by hand. */
export const quick = {
  text: (value: unknown) => (typeof value === 'string' ? value : undefined),
  flag: (value: unknown) => (typeof value === 'boolean' ? value : undefined),
  /** A whole number from 1 on. */
  ms: (value: unknown) => (Number.isSafeInteger(value) && (value as number) > 0 ? value : undefined),
  /** A whole number from 0 on. */
  count: (value: unknown) => (Number.isSafeInteger(value) && (value as number) >= 0 ? value : undefined),
  /** A number in text. */
  decimal: (value: unknown) => {
    if (typeof value !== 'string' || !DECIMAL.test(value)) return undefined
    const number = Number(value)
    return Number.isFinite(number) ? number : undefined
  },
  literal: (wanted: string) => (value: unknown) => (value === wanted ? value : undefined),
} as const

/**
 * A reader of plain objects for messages that come by the ten thousand. It says yes only where the schema of the same message
 * would, with the same result; whatever it does not know is left to the schema, which has the words.
 * @param required - field by field what must be there
 * @param optional - what may be
 * @example quickReader<Tick>({ s: quick.text, p: quick.decimal })({ s: 'BTCUSDT', p: '1.5' }) // { s: 'BTCUSDT', p: 1.5 }
 */
export function quickReader<T>(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): (value: unknown) => T | undefined {
  const checks = new Map([...Object.entries(required), ...Object.entries(optional)])
  const names = Object.keys(required)
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    const read: Record<string, unknown> = {}
    for (const name of Object.keys(value)) {
      const found = checks.get(name)?.((value as Record<string, unknown>)[name])
      if (found === undefined) return undefined
      read[name] = found
    }
    for (const name of names) if (read[name] === undefined) return undefined
    return read as T
  }
}
