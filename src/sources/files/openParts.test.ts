import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../core/instant.ts'
import { readAll } from '../../../test/files/readAll.ts'
import { tempFolder } from '../../../test/files/tempFolder.ts'
import { writeParquet, type ParquetColumn } from '../../../test/files/writeParquet.ts'
import { writeZip } from '../../../test/files/writeZip.ts'
import { DamagedFileError } from './damagedFileError.ts'
import { UnreadableFileError } from './fileFormat.ts'

const write = tempFolder()
const HEADER = 'time,symbol,open,high,low,close,volume'
const START = parseInstant('2024-01-01')
const lines = Array.from({ length: 2000 }, (_, i) => `${START + i * 3_600_000},AAAUSDT,10,12,9,11,${i / 8}`)
const text = [HEADER, ...lines].join('\n')
const read = (path: string) => readAll('candles', path, { venue: 'x' })
const plain = read(write('plain.csv', text))

describe('a packed file', () => {
  it.each([
    ['gzip, whatever its name', () => write('packed.csv', gzipSync(text))],
    [
      'gzip of several members',
      () => write('members.gz', Buffer.concat([gzipSync(text.slice(0, 999)), gzipSync(text.slice(999))])),
    ],
    ['zip, whatever its name', () => write('zipped.csv', writeZip({ 'a/b.csv': text }))],
    ['plain text called .gz', () => write('liar.csv.gz', text)],
  ])('is read by its bytes: %s', async (_what, path) => {
    expect((await read(path())).rows).toEqual((await plain).rows)
  })

  it('of several tables is read one after the other, other members left out', async () => {
    const second = [HEADER, `${START},BBBUSDT,1,1,1,1,1`].join('\r\n')
    const path = write(
      'several.zip',
      writeZip({ 'a.csv': text, 'a.CHECKSUM': 'x', '__MACOSX/._a.csv': 'x', 'b.csv': second }),
    )
    const file = await read(path)
    expect(file.rows).toHaveLength(2001)
    expect(file.instruments().map(({ instrument, rows }) => [instrument, rows])).toEqual([
      ['AAAUSDT', 2000],
      ['BBBUSDT', 1],
    ])
  })

  it('names the member and line of a bad row', async () => {
    const path = write('badmember.zip', writeZip({ 'a.csv': text, 'b.csv': `${HEADER}\n${START},BBBUSDT,1,1,1,1,x` }))
    await expect(read(path)).rejects.toMatchObject({ row: { file: `${path}/b.csv`, line: 2, value: 'x' } })
  })

  it('takes symbol and interval of a dump from the member', async () => {
    const kline = `${START},2,4,1,3,10,${START + 3_599_999},25,7,6,15,0`
    const path = write('dump.zip', writeZip({ 'AAAUSDT-1h-2024-01.csv': kline, 'BBBUSDT-1h-2024-01.csv': kline }))
    const file = await readAll('candles', path)
    expect(file.rows.map((row) => row['instrument'])).toEqual(['AAAUSDT', 'BBBUSDT'])
    const mixed = write('mixed.zip', writeZip({ 'AAAUSDT-1h-2024-01.csv': kline, 'AAAUSDT-4h-2024-01.csv': kline }))
    await expect(readAll('candles', mixed)).rejects.toMatchObject({ code: 'INTERVAL_CONFLICT' })
    const perp = write('perp.zip', writeZip({ 'AAAUSDT-1h-2024-01.csv': kline, 'AAAUSD_PERP-1h-2024-01.csv': kline }))
    await expect(readAll('candles', perp)).rejects.toMatchObject({ code: 'MIXED_ARCHIVE' })
  })

  const gz = gzipSync(text)
  const zip = writeZip({ 'a.csv': text })
  const flipped = (bytes: Buffer, at: number): Buffer => {
    const copy = Buffer.from(bytes)
    copy[at] = (copy[at] ?? 0) ^ 0xff
    return copy
  }
  it.each([
    ['a gzip cut short', 'cut.gz', gz.subarray(0, gz.length - 20)],
    ['a gzip with a wrong checksum', 'sum.gz', flipped(gz, gz.length - 6)],
    ['a corrupt gzip', 'corrupt.gz', flipped(gz, 400)],
    ['a zip cut short', 'cut.zip', zip.subarray(0, zip.length - 30)],
    ['a zip with a wrong checksum', 'sum.zip', flipped(flipped(zip, 14), zip.lastIndexOf('PK\u0001\u0002') + 16)],
    ['a corrupt zip', 'corrupt.zip', flipped(zip, 600)],
    ['a zip without a table', 'none.zip', writeZip({ 'readme.md': 'x' })],
    ['an empty zip', 'empty.zip', writeZip({})],
    ['an empty file', 'empty.csv', ''],
    ['a file packed with zstd', 'a.zst', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0])],
    ['a file of bytes', 'a.bin', Buffer.from([1, 0, 2, 0, 3])],
    ['a UTF-16 file', 'utf16.csv', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['a Latin-1 file', 'latin1.csv', Buffer.from(`${HEADER}\ncaf\u00e9`, 'latin1')],
    ['a Parquet file cut short', 'cut.parquet', Buffer.from('PAR1xxxxxxxxxxxx')],
  ])('is refused by name: %s', async (_what, name, bytes) => {
    const path = write(name, bytes)
    const reading = read(path)
    await expect(reading).rejects.toBeInstanceOf(DamagedFileError)
    await expect(reading).rejects.toMatchObject({ message: expect.stringContaining(path), hint: expect.any(String) })
  })

  it('is refused where there is none, or a folder', async () => {
    await expect(read('/nowhere/a.csv')).rejects.toBeInstanceOf(UnreadableFileError)
    await expect(read(import.meta.dirname)).rejects.toBeInstanceOf(UnreadableFileError)
  })

  it('is refused without a row of data', async () => {
    await expect(read(write('header.csv', `${HEADER}\n`))).rejects.toMatchObject({ code: 'NO_ROWS' })
    await expect(read(write('blank.csv', '\n\n'))).rejects.toMatchObject({ code: 'NO_ROWS' })
  })
})

describe('a Parquet file', () => {
  const columnsOf = (time: ParquetColumn): ParquetColumn[] => [
    time,
    { name: 'symbol', type: 'text', values: lines.map(() => 'AAAUSDT') },
    ...(['open', 'high', 'low', 'close'] as const).map((name, i) => {
      const value = [10, 12, 9, 11][i] ?? 0
      return { name, type: 'double', values: lines.map(() => value) } as const
    }),
    { name: 'volume', type: 'double', values: lines.map((_, i) => i / 8) },
  ]
  const millis = lines.map((_, i) => START + i * 3_600_000)

  it.each([
    ['timestamps in milliseconds', { name: 'time', type: 'millis', values: millis } as const],
    ['timestamps in microseconds', { name: 'time', type: 'micros', values: millis.map((ms) => ms * 1000) } as const],
    ['bare integers', { name: 'open_time', type: 'int64', values: millis } as const],
    ['text', { name: 'time', type: 'text', values: millis.map((ms) => new Date(ms).toISOString()) } as const],
  ])('gives the rows of the same table as text: %s', async (_what, time) => {
    const file = await read(write('a.parquet', writeParquet(columnsOf(time), 600)))
    expect(file.rows).toEqual((await plain).rows)
  })

  it('is read packed with gzip', async () => {
    const bytes = writeParquet(columnsOf({ name: 'time', type: 'millis', values: millis }), 600, 'gzip')
    expect((await read(write('gz.parquet', bytes))).rows).toEqual((await plain).rows)
  })

  it('keeps dates as dates', async () => {
    const columns: ParquetColumn[] = [
      { name: 'date', type: 'day', values: [20_089, 20_090] },
      { name: 'value', type: 'double', values: [1.5, NaN] },
    ]
    const file = await readAll('series', write('XYZ.parquet', writeParquet(columns, 10)))
    expect(file.rows).toMatchObject([{ instrument: 'XYZ', at: parseInstant('2025-01-01'), interval: '1d', value: 1.5 }])
    expect(file.gaps()).toBe(1)
  })

  it('names the row of a bad value', async () => {
    const columns = columnsOf({ name: 'time', type: 'millis', values: millis })
    const broken = columns.map((column) =>
      column.name === 'low' ? { ...column, values: column.values.map((value, i) => (i === 700 ? -1 : value)) } : column,
    )
    const reading = read(write('bad.parquet', writeParquet(broken, 600)))
    await expect(reading).rejects.toMatchObject({ row: { place: 'row', line: 701, column: 'low', value: '-1' } })
  })
})
