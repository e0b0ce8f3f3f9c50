import { DeskError } from '../../core/errors.ts'
import type { Selected, Shape } from '../engine.ts'
import { ByteReader } from './byteReader.ts'
import { wholeNumbers } from './instants.ts'

type Column = Float64Array | string[]

/**
 * Reads blocks of ClickHouse's Native format into columns.
 * @param bytes - whole blocks, any number of them
 * @param shape - the columns the answer must have, and what each is read as
 * @throws {AnswerShapeError} a column is missing, surplus, or of a type that this reader does not know
 */
export function decodeBlocks<S extends Shape>(bytes: Uint8Array, shape: S): Selected<S> {
  const parts = new Map<string, Column[]>(Object.keys(shape).map((name) => [name, []]))
  const reader = new ByteReader(bytes)
  let length = 0
  while (!reader.done) length += readBlock(reader, parts)
  const columns = Object.fromEntries([...parts].map(([name, found]) => [name, joined(found, name, shape, length)]))
  return { length, columns: columns as Selected<S>['columns'] }
}

function readBlock(reader: ByteReader, parts: ReadonlyMap<string, Column[]>): number {
  const width = reader.varint()
  const rows = reader.varint()
  for (let i = 0; i < width; i++) {
    const name = reader.text()
    const type = reader.text()
    const part = parts.get(name)
    if (part === undefined) throw new AnswerShapeError(name, 'is not expected')
    if (rows > 0) part.push(readColumn(reader, name, type, rows))
  }
  return rows
}

function readColumn(reader: ByteReader, name: string, type: string, rows: number): Column {
  if (type === 'String') return readTexts(reader, rows)
  if (type === 'LowCardinality(String)') return readSymbols(reader, name, rows)
  // Instants of the store are milliseconds, 64-bit integers to the reader.
  const read = NUMBERS[type.startsWith('DateTime64(3') ? 'Int64' : type]
  if (read === undefined)
    throw new AnswerShapeError(name, `is of type ${type}, which is not read; cast it in the query`)
  return read(reader, rows)
}

const NUMBERS: Readonly<Record<string, (reader: ByteReader, rows: number) => Float64Array>> = {
  Float64: (reader, rows) => new Float64Array(reader.copy(rows * 8)),
  Float32: (reader, rows) => Float64Array.from(new Float32Array(reader.copy(rows * 4))),
  Int64: (reader, rows) => wholeNumbers(new Uint32Array(reader.copy(rows * 8)), 'signed'),
  UInt64: (reader, rows) => wholeNumbers(new Uint32Array(reader.copy(rows * 8)), 'unsigned'),
  Int32: (reader, rows) => Float64Array.from(new Int32Array(reader.copy(rows * 4))),
  UInt32: (reader, rows) => Float64Array.from(new Uint32Array(reader.copy(rows * 4))),
  Int16: (reader, rows) => Float64Array.from(new Int16Array(reader.copy(rows * 2))),
  UInt16: (reader, rows) => Float64Array.from(new Uint16Array(reader.copy(rows * 2))),
  Int8: (reader, rows) => Float64Array.from(new Int8Array(reader.copy(rows))),
  UInt8: (reader, rows) => Float64Array.from(new Uint8Array(reader.copy(rows))),
  Bool: (reader, rows) => Float64Array.from(new Uint8Array(reader.copy(rows))),
}

function readTexts(reader: ByteReader, rows: number): string[] {
  const texts: string[] = []
  for (let i = 0; i < rows; i++) texts.push(reader.text())
  return texts
}

const INDEXES = [Uint8Array, Uint16Array, Uint32Array] as const

function readSymbols(reader: ByteReader, name: string, rows: number): string[] {
  reader.uint64()
  const Index = INDEXES[reader.uint64() & 0xff]
  if (Index === undefined) throw new AnswerShapeError(name, 'has a dictionary of more than 2^32 texts')
  const keys = readTexts(reader, reader.uint64())
  reader.uint64()
  const indexes = new Index(reader.copy(rows * Index.BYTES_PER_ELEMENT))
  return Array.from(indexes, (index) => keys[index] as string)
}

function joined(parts: readonly Column[], name: string, shape: Shape, length: number): Column {
  const numbers = parts.filter((part) => part instanceof Float64Array)
  const texts = parts.filter((part) => Array.isArray(part))
  const [wanted, others] = shape[name] === 'number' ? [numbers, texts] : [texts, numbers]
  if (others.length > 0) throw new AnswerShapeError(name, `is not ${shape[name]}`)
  if (wanted.length === 0 && length > 0) throw new AnswerShapeError(name, 'is missing')
  if (wanted.length === 1 && wanted[0] !== undefined) return wanted[0]
  return shape[name] === 'number' ? concatenated(numbers, length) : texts.flat()
}

function concatenated(parts: readonly Float64Array[], length: number): Float64Array {
  const whole = new Float64Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export class AnswerShapeError extends DeskError {
  constructor(name: string, what: string) {
    super('STORE_ANSWER', `column "${name}" of the store's answer ${what}`)
  }
}
