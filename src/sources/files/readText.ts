import { DamagedFileError } from './damagedFileError.ts'

/**
 * Bytes as UTF-8 text, without a byte order mark.
 * @throws {DamagedFileError} the bytes are not UTF-8 text
 */
export async function* readText(chunks: AsyncIterable<Buffer>, label: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (chunk: Buffer | undefined): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch (cause) {
      throw new DamagedFileError(label, 'is not UTF-8 text', { hint: NOT_UTF8, cause })
    }
  }
  for await (const chunk of chunks) {
    if (chunk.includes(0)) throw new DamagedFileError(label, 'is not a text file', { hint: NOT_UTF8 })
    yield decode(chunk)
  }
  const end = decode(undefined)
  if (end !== '') yield end
}

const NOT_UTF8 = 'save the table as CSV in UTF-8, as CSV in .gz or .zip, or as Parquet'
