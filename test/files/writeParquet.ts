import { gzipSync } from 'node:zlib'

/** One column: `millis` and `micros` are timestamps since 1970, `day` a date in days since 1970. */
export interface ParquetColumn {
  readonly name: string
  readonly type: 'text' | 'double' | 'int64' | 'millis' | 'micros' | 'day'
  readonly values: readonly (string | number | bigint)[]
}

/**
 * A small Parquet file: required columns, PLAIN encoding, one page a column and group, as parquet.thrift and the Thrift
 * compact protocol lay it out.
 */
export function writeParquet(
  columns: readonly ParquetColumn[],
  groupRows: number,
  codec: 'none' | 'gzip' = 'none',
): Buffer {
  const rows = columns[0]?.values.length ?? 0
  const chunks: Buffer[] = [Buffer.from('PAR1')]
  const groups: Buffer[] = []
  let offset = 4
  for (let from = 0; from < rows; from += groupRows) {
    const metas = columns.map((column) => {
      const values = column.values.slice(from, from + groupRows)
      const { page, meta } = writeChunk(column, values, offset, codec)
      chunks.push(page)
      offset += page.length
      return meta
    })
    const count = Math.min(groupRows, rows - from)
    groups.push(struct([1, list(12, metas)], [2, i64(offset)], [3, i64(count)]))
  }
  const root = struct([4, binary('schema')], [5, i32(columns.length)])
  const footer = struct(
    [1, i32(1)],
    [2, list(12, [root, ...columns.map(schemaOf)])],
    [3, i64(rows)],
    [4, list(12, groups)],
  )
  const size = Buffer.alloc(4)
  size.writeUInt32LE(footer.length)
  return Buffer.concat([...chunks, footer, size, Buffer.from('PAR1')])
}

const PHYSICAL = { text: 6, double: 5, int64: 2, millis: 2, micros: 2, day: 1 } as const
const CONVERTED = { text: 0, double: undefined, int64: undefined, millis: 9, micros: 10, day: 6 } as const

function schemaOf({ name, type }: ParquetColumn): Buffer {
  const converted = CONVERTED[type]
  const marks: Field[] = converted === undefined ? [] : [[6, i32(converted)]]
  return struct([1, i32(PHYSICAL[type])], [3, i32(0)], [4, binary(name)], ...marks)
}

function writeChunk(
  column: ParquetColumn,
  values: ParquetColumn['values'],
  offset: number,
  codec: 'none' | 'gzip',
): { page: Buffer; meta: Buffer } {
  const plain = Buffer.concat(values.map((value) => encode(column.type, value)))
  const packed = codec === 'gzip' ? gzipSync(plain) : plain
  const pageHeader = struct([1, i32(values.length)], [2, i32(0)], [3, i32(3)], [4, i32(3)])
  const header = struct(
    [1, i32(0)],
    [2, i32(plain.length)],
    [3, i32(packed.length)],
    [5, { type: 12, bytes: pageHeader }],
  )
  const page = Buffer.concat([header, packed])
  const meta = struct(
    [1, i32(PHYSICAL[column.type])],
    [2, list(5, [zigzag(0n), zigzag(3n)])],
    [3, list(8, [binary(column.name).bytes])],
    [4, i32(codec === 'gzip' ? 2 : 0)],
    [5, i64(values.length)],
    [6, i64(header.length + plain.length)],
    [7, i64(page.length)],
    [9, i64(offset)],
  )
  return { page, meta: struct([2, i64(offset)], [3, { type: 12, bytes: meta }]) }
}

function encode(type: ParquetColumn['type'], value: string | number | bigint): Buffer {
  if (type === 'text') {
    const size = Buffer.alloc(4)
    size.writeUInt32LE(Buffer.byteLength(String(value)))
    return Buffer.concat([size, Buffer.from(String(value))])
  }
  const bytes = Buffer.alloc(type === 'day' ? 4 : 8)
  if (type === 'double') bytes.writeDoubleLE(Number(value))
  else if (type === 'day') bytes.writeInt32LE(Number(value))
  else bytes.writeBigInt64LE(BigInt(value))
  return bytes
}

interface Value {
  readonly type: number
  readonly bytes: Buffer
}
type Field = readonly [id: number, value: Value]

function struct(...fields: readonly Field[]): Buffer {
  let last = 0
  const parts = fields.flatMap(([id, { type, bytes }]) => {
    const head = Buffer.from([((id - last) << 4) | type])
    last = id
    return [head, bytes]
  })
  return Buffer.concat([...parts, Buffer.from([0])])
}

const i32 = (value: number): Value => ({ type: 5, bytes: zigzag(BigInt(value)) })
const i64 = (value: number): Value => ({ type: 6, bytes: zigzag(BigInt(value)) })
const binary = (text: string): Value => ({
  type: 8,
  bytes: Buffer.concat([varint(BigInt(Buffer.byteLength(text))), Buffer.from(text)]),
})
const list = (type: number, items: readonly Buffer[]): Value => ({
  type: 9,
  bytes: Buffer.concat([
    items.length < 15
      ? Buffer.from([(items.length << 4) | type])
      : Buffer.concat([Buffer.from([0xf0 | type]), varint(BigInt(items.length))]),
    ...items,
  ]),
})

const zigzag = (value: bigint): Buffer => varint(value >= 0n ? value * 2n : -value * 2n - 1n)

function varint(value: bigint): Buffer {
  const bytes: number[] = []
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 128n) return Buffer.from([...bytes, Number(rest)])
    bytes.push(Number(rest & 127n) | 128)
  }
}
