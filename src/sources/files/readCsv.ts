import { Readable, pipeline } from 'node:stream'
import { parse, type CsvError, type InfoRecord } from 'csv-parse'
import { reasonOf } from '../../core/errors.ts'
import { DamagedFileError } from './damagedFileError.ts'
import type { RawRows } from './rawRows.ts'

/**
 * Rows of delimited text, in order, blank lines left out. The delimiter (comma, semicolon, tab or bar) is the one that the
 * first line has most of. Lines are cut by hand until the first quotation mark; from the line that holds it on, csv-parse
 * reads (docs/decisions/0003-csv-by-hand-until-a-quote.md).
 * @throws {DamagedFileError} a quote is never closed, or a line has no end within a mebibyte
 */
export async function* readCsv(texts: AsyncIterable<string>, label: string): AsyncGenerator<RawRows> {
  const source = texts[Symbol.asyncIterator]()
  let delimiter: string | undefined
  let line = 0
  let rest = ''
  try {
    for (;;) {
      const next = await source.next()
      const atEnd = next.done === true
      const text = atEnd ? rest : rest + next.value
      if (!atEnd && text.length > LINE_LIMIT + next.value.length) throw endlessLine(label)
      rest = text
      if (delimiter === undefined && !atEnd && !text.trimStart().includes('\n')) continue
      delimiter ??= delimiterOf(text)
      const quote = text.indexOf('"')
      const end = wholeLines(text, quote, atEnd)
      if (end > 0) {
        const { rows, count } = cutLines(text.slice(0, end), line, delimiter)
        line += count
        yield rows
      }
      rest = text.slice(end)
      if (quote >= 0) yield* readQuoted(withHead(rest, source), label, line, delimiter)
      if (quote >= 0 || atEnd) return
    }
  } finally {
    await source.return?.()
  }
}

const LINE_LIMIT = 1 << 20
const QUOTED_ROWS = 1024

/** Length of the leading text that is whole lines without a quote. */
function wholeLines(text: string, quote: number, atEnd: boolean): number {
  if (quote >= 0) return text.lastIndexOf('\n', quote) + 1
  return atEnd ? text.length : text.lastIndexOf('\n') + 1
}

/**
 * The delimiter of a table, from its first line with text; quoted parts do not count.
 * @example delimiterOf('date;"a,b,c";close') // ';'
 */
export function delimiterOf(text: string): string {
  const first = /\S.*/.exec(text)?.[0].replaceAll(/"[^"]*"/g, '') ?? ''
  const counts = [',', ';', '\t', '|'].map((mark) => ({ mark, count: first.split(mark).length }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark
}

function cutLines(text: string, before: number, delimiter: string): { rows: RawRows; count: number } {
  const found = text.split('\n')
  if (text.endsWith('\n')) found.pop()
  const lines: number[] = []
  const cells: string[][] = []
  for (let i = 0; i < found.length; i++) {
    const raw = found[i] as string
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    if (line.trim() === '') continue
    lines.push(before + i + 1)
    cells.push(line.split(delimiter))
  }
  return { rows: { lines, cells }, count: found.length }
}

async function* withHead(head: string, source: AsyncIterator<string>): AsyncGenerator<string> {
  yield head
  for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value
}

async function* readQuoted(
  texts: AsyncIterable<string>,
  label: string,
  before: number,
  delimiter: string,
): AsyncGenerator<RawRows> {
  const parser = parse({ delimiter, info: true, relax_column_count: true, skip_empty_lines: true })
  // A fault of the text reaches the loop below through the parser, which the pipeline destroys with it.
  pipeline(Readable.from(texts), parser, () => undefined)
  let lines: number[] = []
  let cells: string[][] = []
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: InfoRecord }>) {
      lines.push(before + info.lines)
      cells.push(record)
      if (lines.length < QUOTED_ROWS) continue
      yield { lines, cells }
      lines = []
      cells = []
    }
  } catch (cause) {
    throw quoteFault(cause, label, before)
  }
  if (lines.length > 0) yield { lines, cells }
}

const endlessLine = (label: string): DamagedFileError =>
  new DamagedFileError(label, `has no end of line within ${LINE_LIMIT} characters`)

function quoteFault(cause: unknown, label: string, before: number): unknown {
  const lines = (cause as CsvError)['lines']
  if (typeof lines !== 'number') return cause
  return new DamagedFileError(label, `line ${before + lines}: ${reasonOf(cause)}`, {
    hint: 'correct the quotes',
    cause,
  })
}
