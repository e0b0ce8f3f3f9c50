import { encodeTexts } from './texts.ts'

/** Version of the format, then "keys follow, and they are all there are", with the width of the indexes in the low bits. */
const VERSION = 1n
const KEYS_FOLLOW = 0x600n

/** Texts of few kinds as ClickHouse's LowCardinality: every kind once, then an index per row. */
export function encodeSymbols(symbols: readonly string[]): readonly Uint8Array[] {
  if (symbols.length === 0) return []
  const { keys, indexes } = dictionary(symbols)
  const [width, packed] = narrow(indexes, keys.length)
  const head = new BigInt64Array([VERSION, KEYS_FOLLOW + BigInt(width), BigInt(keys.length)])
  const count = new BigInt64Array([BigInt(symbols.length)])
  return [new Uint8Array(head.buffer), encodeTexts(keys), new Uint8Array(count.buffer), packed]
}

function dictionary(symbols: readonly string[]): { keys: string[]; indexes: Uint32Array } {
  const known = new Map<string, number>()
  const keys: string[] = []
  const indexes = new Uint32Array(symbols.length)
  let last = ''
  let lastIndex = -1
  for (let i = 0; i < symbols.length; i++) {
    const symbol = symbols[i] as string
    if (lastIndex < 0 || symbol !== last) {
      let index = known.get(symbol)
      if (index === undefined) {
        index = keys.push(symbol) - 1
        known.set(symbol, index)
      }
      last = symbol
      lastIndex = index
    }
    indexes[i] = lastIndex
  }
  return { keys, indexes }
}

function narrow(indexes: Uint32Array, kinds: number): readonly [width: 0 | 1 | 2, bytes: Uint8Array] {
  if (kinds <= 256) return [0, Uint8Array.from(indexes)]
  if (kinds <= 65_536) return [1, new Uint8Array(Uint16Array.from(indexes).buffer)]
  return [2, new Uint8Array(indexes.buffer)]
}
