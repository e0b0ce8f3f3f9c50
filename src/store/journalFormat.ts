import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Block } from './append.ts'
import { columnsSql } from './ddl.ts'

/** What stands before each block in a journal, on a line of its own. */
export interface Heading {
  readonly record: string
  /** As they were when it was written: another version of this program may have others. */
  readonly columns: string
  /** Of the run among imports. */
  readonly number: number
  readonly bytes: number
  readonly crc: number
}

/** A block as it stands in a journal. */
export interface Written {
  readonly heading: Heading
  readonly bytes: Uint8Array
}

export interface ReadJournal {
  /** The whole blocks up to the first that is not. */
  readonly blocks: readonly Written[]
  /** `cut`: the process was killed, or the disk was full, while a block was being written. `damaged`: a block is not what was written. */
  readonly end: 'whole' | 'cut' | 'damaged'
}

export const JOURNAL_SUFFIX = '.journal'
const LINE_END = 0x0a

/** Where the journals of a store lie. */
export const journalFolder = (path: string): string => join(path, 'journal')

/** The line before a block. */
export function headingOf({ record, pieces }: Block, number: number): Uint8Array {
  const heading: Heading = {
    record: record.name,
    columns: columnsSql(record),
    number,
    bytes: pieces.reduce((sum, { byteLength }) => sum + byteLength, 0),
    crc: pieces.reduce((crc, piece) => crc32(piece, crc), 0),
  }
  return Buffer.from(`${JSON.stringify(heading)}\n`)
}

/** Reads the bytes of a journal; never throws for what they are. */
export function readJournal(bytes: Buffer): ReadJournal {
  const blocks: Written[] = []
  for (let at = 0; at < bytes.length;) {
    const lineEnd = bytes.indexOf(LINE_END, at)
    if (lineEnd === -1) return { blocks, end: 'cut' }
    const heading = parseHeading(bytes.toString('utf8', at, lineEnd))
    if (heading === undefined) return { blocks, end: 'damaged' }
    at = lineEnd + 1 + heading.bytes
    if (at > bytes.length) return { blocks, end: 'cut' }
    const block = bytes.subarray(lineEnd + 1, at)
    if (crc32(block) !== heading.crc) return { blocks, end: 'damaged' }
    blocks.push({ heading, bytes: block })
  }
  return { blocks, end: 'whole' }
}

function parseHeading(line: string): Heading | undefined {
  try {
    const heading = JSON.parse(line) as Heading | null
    const isSound = Number.isSafeInteger(heading?.bytes) && (heading?.bytes ?? -1) >= 0
    return heading !== null && isSound ? heading : undefined
  } catch {
    return undefined
  }
}
