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
  // Messages of a kind have the same fields in the same order, so those of the last one serve until one differs.
  let last: Layout = { keys: [], checks: [], isWhole: names.length === 0 }
  const layoutOf = (keys: readonly string[]): Layout => ({
    keys,
    checks: keys.map((key) => checks.get(key) ?? unknown),
    isWhole: names.every((name) => keys.includes(name)),
  })
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    const [keys, values] = [Object.keys(value), Object.values(value)]
    if (!isSame(keys, last.keys)) last = layoutOf(keys)
    if (!last.isWhole) return undefined
    const read: Record<string, unknown> = { ...value }
    for (let i = 0; i < keys.length; i++) {
      const found = (last.checks[i] as Check)(values[i])
      if (found === undefined) return undefined
      // To write what is there already would cost more than to compare.
      if (found !== values[i]) read[keys[i] as string] = found
    }
    return read as T
  }
}

/** The fields of a message in their order, and whether all that are required are among them. */
interface Layout {
  readonly keys: readonly string[]
  readonly checks: readonly Check[]
  readonly isWhole: boolean
}

const unknown: Check = () => undefined

function isSame(keys: readonly string[], others: readonly string[]): boolean {
  if (keys.length !== others.length) return false
  for (let i = 0; i < keys.length; i++) if (keys[i] !== others[i]) return false
  return true
}
