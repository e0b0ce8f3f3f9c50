import { crc32, deflateRawSync, gzipSync } from 'node:zlib'

/** A CSV in a gzip file. */
export const gzipOf = (text: string): Uint8Array => gzipSync(text)

const LOCAL = 0x04034b50
const ENTRY = 0x02014b50
const END = 0x06054b50
const VERSION = 20
const DEFLATED = 8

/** A zip file with one member, as APPNOTE.TXT 4.3 lays it out: its header and bytes, the directory, the end. */
export function zipOf(name: string, text: string): Uint8Array {
  const [data, title] = [Buffer.from(text), Buffer.from(name)]
  const packed = deflateRawSync(data)
  const shared = Buffer.alloc(26)
  shared.writeUInt16LE(VERSION, 0)
  shared.writeUInt16LE(DEFLATED, 4)
  shared.writeUInt32LE(crc32(data), 10)
  shared.writeUInt32LE(packed.length, 14)
  shared.writeUInt32LE(data.length, 18)
  shared.writeUInt16LE(title.length, 22)
  const local = Buffer.concat([word(LOCAL), shared, title, packed])
  const made = Buffer.alloc(2)
  made.writeUInt16LE(VERSION)
  const entry = Buffer.concat([word(ENTRY), made, shared, Buffer.alloc(14), title])
  const counts = Buffer.alloc(8)
  counts.writeUInt16LE(1, 4)
  counts.writeUInt16LE(1, 6)
  return Buffer.concat([local, entry, word(END), counts, word(entry.length), word(local.length), Buffer.alloc(2)])
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
