import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { RecordSpec } from '../records/record.ts'
import { appendBlock, type Block } from './append.ts'
import { columnsSql } from './ddl.ts'
import type { Engine } from './engine.ts'
import { RECORDS } from './tables.ts'
import { writeNow } from './writeBlocks.ts'

/** What stands before each block in a journal, on a line of its own. */
interface Heading {
  readonly record: string
  /** As they were when it was written: a later program may have others. */
  readonly columns: string
  /** Of the run among imports. */
  readonly number: number
  readonly bytes: number
  readonly crc: number
}

/**
 * Rows that are not in their tables yet, in files beside them: written in some tenths of a millisecond and found again by whoever opens
 * the store after this process was killed. It is no defence against a machine that loses power, as the engine is none.
 */
export class Journal {
  readonly #folder: string
  readonly #number: number
  #count = 0
  #open: { readonly file: number; readonly path: string } | undefined

  /**
   * @param path - of the store
   * @param number - of this run among imports
   */
  constructor(path: string, number: number) {
    this.#folder = folderOf(path)
    this.#number = number
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
  }

  /**
   * Writes blocks down; they outlive this process when it returns.
   * @throws {StoreFullError} no space left
   */
  write(blocks: readonly Block[]): void {
    if (blocks.length === 0) return
    this.#open ??= this.#next()
    const pieces = blocks.flatMap((block) => [headingOf(block, this.#number), ...block.pieces])
    writeNow(this.#open.file, pieces, this.#open.path)
  }

  /** What comes goes into another file. @returns what forgets all before, for when it is in its tables */
  turn(): () => void {
    const done = this.#open
    this.#open = undefined
    if (done === undefined) return () => undefined
    closeSync(done.file)
    return () => rmSync(done.path, { force: true })
  }

  #next(): { readonly file: number; readonly path: string } {
    const path = join(this.#folder, `${this.#number}-${this.#count++}${SUFFIX}`)
    return { file: openSync(path, 'wx', 0o600), path }
  }
}

/**
 * Puts into their tables what the journals of killed processes hold, and removes them. A block that was being written when its process
 * was killed is left out, and what is behind it.
 * @returns what could not be taken, a sentence each; its file stays
 */
export async function replayJournals(engine: Engine, path: string): Promise<readonly string[]> {
  const folder = folderOf(path)
  if (!existsSync(folder)) return []
  const paths = readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => join(folder, name))
  const journals = paths.map((each) => ({ path: each, blocks: readBlocks(each) }))
  const known = journals.filter(({ blocks }) => blocks.every(isKnown))
  for (const { number, ...block } of gathered(known.flatMap(({ blocks }) => blocks))) {
    await appendBlock(engine, block, number)
  }
  for (const { path: done } of known) rmSync(done, { force: true })
  const left = journals.filter((each) => !known.includes(each))
  return left.map((each) => `"${each.path}" was written by another version of this program and is left as it is`)
}

interface Written {
  readonly heading: Heading
  readonly bytes: Buffer
}

const SUFFIX = '.journal'
const LINE_END = 0x0a

const folderOf = (path: string): string => join(path, 'journal')

function headingOf({ record, pieces }: Block, number: number): Uint8Array {
  const heading: Heading = {
    record: record.name,
    columns: columnsSql(record),
    number,
    bytes: pieces.reduce((sum, { byteLength }) => sum + byteLength, 0),
    crc: pieces.reduce((crc, piece) => crc32(piece, crc), 0),
  }
  return Buffer.from(`${JSON.stringify(heading)}\n`)
}

/** The whole blocks of a journal up to the first that is not. */
function readBlocks(path: string): readonly Written[] {
  const bytes = readFileSync(path)
  const blocks: Written[] = []
  for (let at = 0; at < bytes.length;) {
    const block = readBlock(bytes, at)
    if (block === undefined) break
    blocks.push(block.written)
    at = block.end
  }
  return blocks
}

function readBlock(bytes: Buffer, at: number): { readonly written: Written; readonly end: number } | undefined {
  const lineEnd = bytes.indexOf(LINE_END, at)
  const heading = lineEnd === -1 ? undefined : parseHeading(bytes.toString('utf8', at, lineEnd))
  if (heading === undefined) return undefined
  const end = lineEnd + 1 + heading.bytes
  const block = bytes.subarray(lineEnd + 1, end)
  const isWhole = block.length === heading.bytes && crc32(block) === heading.crc
  return isWhole ? { written: { heading, bytes: block }, end } : undefined
}

function parseHeading(line: string): Heading | undefined {
  try {
    return JSON.parse(line) as Heading
  } catch {
    return undefined
  }
}

const recordOf = ({ heading }: Written): RecordSpec | undefined => RECORDS.find(({ name }) => name === heading.record)

function isKnown(block: Written): boolean {
  const record = recordOf(block)
  return record !== undefined && columnsSql(record) === block.heading.columns
}

/** All blocks of a kind and a run as one, so that each is one statement; what is covered comes behind what it speaks of. */
function gathered(blocks: readonly Written[]): readonly (Block & { readonly number: number })[] {
  const groups = new Map<string, Block & { number: number; pieces: Uint8Array[] }>()
  for (const block of blocks) {
    const { record: name, number } = block.heading
    const record = recordOf(block)
    if (record === undefined) continue
    const group = groups.get(`${name} ${number}`) ?? { record, number, pieces: [] }
    group.pieces.push(block.bytes)
    groups.set(`${name} ${number}`, group)
  }
  return [...groups.values()].toSorted(
    (a, b) => Number(a.record.name === 'coverage') - Number(b.record.name === 'coverage'),
  )
}
