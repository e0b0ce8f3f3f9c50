import type { TakenFile } from '../../desk/jobs/importFile.ts'

/** What rows brought, in words: `43,200 new, 12 already there`. */
export function sayCounts(
  brought: Pick<TakenFile, 'added' | 'fuller' | 'replaced' | 'unchanged' | 'bad' | 'unclosed' | 'future' | 'empty'>,
): string {
  const count = (value: number, word: string): string[] =>
    value === 0 ? [] : [`${value.toLocaleString('en')} ${word}`]
  const said = [
    ...count(brought.added, 'new'),
    ...count(brought.fuller, 'fuller than before'),
    ...count(brought.replaced, 'replaced'),
    ...count(brought.unchanged, 'already there'),
    ...count(brought.bad.count, 'bad rows left out'),
    ...count(brought.unclosed, 'not closed yet, left out'),
    ...count(brought.future, 'of a time to come, left out'),
    ...count(brought.empty, 'rows without a value'),
  ]
  return said.length === 0 ? 'nothing' : said.join(', ')
}

/** The rows that were left out, a line each. */
export function sayBadRows({ bad }: Pick<TakenFile, 'bad'>): string {
  const lines = bad.first.map(
    (row) => `  bad: ${row.file} ${row.place} ${row.line}, column "${row.column}": "${row.value}" ${row.why}\n`,
  )
  const more = bad.count - bad.first.length
  return `${lines.join('')}${more > 0 ? `  and ${more.toLocaleString('en')} more bad rows\n` : ''}`
}
