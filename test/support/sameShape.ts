/**
 * Where a payload differs in shape from a documented example: keys that are missing or added, values of another JSON type,
 * rows of another length. Values are not compared. A list inside a list, or a list of several types, is a row and is compared
 * place by place; every entry of any other list is compared with the entry of the example that it is most like, and may be
 * missing.
 * @returns one line a difference, such as `symbols[0].tickSize: number, documented as text`; empty where the shape is the same
 * @example shapeDifferences({ price: '1' }, { price: 1 }) // ['price: number, documented as text']
 */
export const shapeDifferences = (example: unknown, actual: unknown): readonly string[] =>
  compared(example, actual, '', 'value')

function compared(example: unknown, actual: unknown, path: string, holder: 'list' | 'value'): readonly string[] {
  if (Array.isArray(example) && Array.isArray(actual)) {
    return holder === 'list' || isMixed(example) ? rows(example, actual, path) : lists(example, actual, path)
  }
  const [documented, found] = [typeOf(example), typeOf(actual)]
  if (documented !== found) return [`${path === '' ? 'payload' : path}: ${found}, documented as ${documented}`]
  return documented === 'object' ? objects(example as Fields, actual as Fields, path) : []
}

type Fields = Readonly<Record<string, unknown>>

function objects(example: Fields, actual: Fields, path: string): readonly string[] {
  const keys = [...new Set([...Object.keys(example), ...Object.keys(actual)])]
  return keys.flatMap((key) => {
    const at = path === '' ? key : `${path}.${key}`
    if (!(key in actual)) return [`${at}: missing`]
    return key in example ? compared(example[key], actual[key], at, 'value') : [`${at}: not documented`]
  })
}

function rows(example: readonly unknown[], actual: readonly unknown[], path: string): readonly string[] {
  if (example.length !== actual.length) return [`${path}: ${actual.length} places, documented as ${example.length}`]
  return actual.flatMap((each, i) => compared(example[i], each, `${path}[${i}]`, 'list'))
}

function lists(example: readonly unknown[], actual: readonly unknown[], path: string): readonly string[] {
  if (example.length === 0) return []
  return actual.flatMap((each, i) => {
    const found = example.map((like) => compared(like, each, `${path}[${i}]`, 'list'))
    return found.reduce((least, other) => (other.length < least.length ? other : least))
  })
}

const isMixed = (list: readonly unknown[]): boolean => new Set(list.map(typeOf)).size > 1

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  return typeof value === 'string' ? 'text' : typeof value
}
