import { basename } from 'node:path'
import { crc32 } from 'node:zlib'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { DeskError, reasonOf } from '../../core/errors.ts'
import { DamagedFileError } from './damagedFileError.ts'
import type { Meter, Part } from './rawRows.ts'
import { readCsv } from './readCsv.ts'
import { readText } from './readText.ts'

/**
 * Every CSV of a zip file, in the order of its directory.
 * @throws {DamagedFileError} cut short, corrupt (the checksum of each member is compared), encrypted, or without a CSV
 */
export async function* zipParts(path: string, meter: Meter, label: string): AsyncGenerator<Part> {
  const zip = await openZip(path, label)
  const others: string[] = []
  let found = 0
  try {
    for await (const entry of zip.eachEntry()) {
      if (isTable(entry.fileName)) {
        found++
        yield memberPart(label, zip, entry, meter)
      } else others.push(entry.fileName)
    }
  } catch (cause) {
    throw cause instanceof DeskError ? cause : damaged(label, cause)
  } finally {
    zip.close()
  }
  if (found === 0)
    throw new DamagedFileError(label, `holds no .csv, only ${listed(others)}`, { hint: 'pack the CSV files' })
}

const isTable = (name: string): boolean => /\.(csv|tsv|txt)$/i.test(name) && !/(^|\/)(__MACOSX\/|\.)/.test(name)

const listed = (names: readonly string[]): string =>
  names.length === 0
    ? 'nothing'
    : names
        .slice(0, 5)
        .map((name) => `"${name}"`)
        .join(', ')

const damaged = (label: string, cause: unknown): DamagedFileError =>
  new DamagedFileError(label, `is cut short or corrupt (zip: ${reasonOf(cause)})`, { cause })

async function openZip(path: string, label: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, lazyEntries: true })
  } catch (cause) {
    throw damaged(label, cause)
  }
}

function memberPart(file: string, zip: ZipFile, entry: Entry, meter: Meter): Part {
  const label = `${file}/${entry.fileName}`
  if (entry.isEncrypted()) throw new DamagedFileError(label, 'is encrypted', { hint: 'unpack it first' })
  const rows = readCsv(readText(memberBytes(zip, entry, label, meter), label), label)
  return { name: basename(entry.fileName), label, place: 'line', rows }
}

async function* memberBytes(zip: ZipFile, entry: Entry, label: string, meter: Meter): AsyncGenerator<Buffer> {
  const before = meter.bytesRead()
  let size = 0
  let checksum = 0
  meter.bytesRead = () => before + Math.round((size / Math.max(1, entry.uncompressedSize)) * entry.compressedSize)
  try {
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
      size += chunk.length
      checksum = crc32(chunk, checksum)
      yield chunk
    }
  } catch (cause) {
    throw damaged(label, cause)
  }
  if (checksum !== entry.crc32) throw damaged(label, 'the checksum does not match')
}
