/** A length as ClickHouse writes it: seven bits a byte, lowest first. */
export function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
  return Uint8Array.from(bytes)
}

/** One text with its length before it. */
export function textBytes(text: string): Uint8Array {
  const bytes = Buffer.from(text)
  return Buffer.concat([varint(bytes.length), bytes])
}

/** Texts, each with its length before it. */
export function encodeTexts(texts: readonly string[]): Uint8Array {
  let room = 0
  for (const text of texts) room += text.length * 3 + 5
  const bytes = Buffer.allocUnsafe(room)
  let end = 0
  for (const text of texts) {
    const length = text.length < 43 ? -1 : Buffer.byteLength(text)
    // Under 43 characters the length fits one byte, so it can be filled in afterwards.
    if (length < 0) {
      const written = bytes.write(text, end + 1)
      bytes[end] = written
      end += written + 1
    } else {
      const head = varint(length)
      bytes.set(head, end)
      end += head.length + bytes.write(text, end + head.length)
    }
  }
  return bytes.subarray(0, end)
}
