import { columnsOf, type Column, type RecordSpec } from '../records/record.ts'
import { identifier } from './engine.ts'
import { COLUMN_TYPE } from './native/encodeBatch.ts'

/** Columns as SQL for a table or a stage: `venue LowCardinality(String), at DateTime64(3, 'UTC')`. */
export const columnsSql = (record: RecordSpec): string =>
  columnsOf(record)
    .map(({ name, kind }) => `${identifier(name)} ${COLUMN_TYPE[kind]}`)
    .join(', ')

/** Fields that two rows of one thing at one time share; rows that differ in `knownAt` alone are versions of each other. */
const identityOf = (record: RecordSpec): readonly string[] => [
  ...record.series,
  ...(isDated(record) ? ['at'] : []),
  ...(record.tie === undefined ? [] : [record.tie]),
]

/** Fields that make a row one of its kind. */
export const keyOf = (record: RecordSpec): readonly string[] =>
  isDated(record) ? [...identityOf(record), 'knownAt'] : identityOf(record)

/** The columns that are not key: what a row says. */
export function valueColumns(record: RecordSpec): readonly Column[] {
  const key = keyOf(record)
  return columnsOf(record).filter(({ name }) => !key.includes(name))
}

/** True for records of something that happened at a time; an instrument just is. */
export const isDated = (record: RecordSpec): boolean => columnsOf(record).some(({ name }) => name === 'knownAt')

/**
 * The table of a record. Of rows with one key the highest `version` stands (see `version.ts`); `importNumber` says which
 * import brought a row. The engine folds such rows in its own time, so reads must. Stretches of 2048 rows rather than 8192 suit
 * reads of one series, which has a few thousand rows a year.
 */
export const createTableSql = (record: RecordSpec): string =>
  `create table if not exists ${identifier(record.name)} (${columnsSql(record)}, importNumber UInt32, version UInt64)
   engine = ReplacingMergeTree(version) ${partitionSql(record)} order by (${sortingKey(record).map(identifier).join(', ')})
   settings non_replicated_deduplication_window = 1000, index_granularity = 2048`

/** `at` and `knownAt` stand before the tie, so that a range of time is one stretch of the table. */
function sortingKey(record: RecordSpec): readonly string[] {
  const dated = isDated(record) ? ['at', 'knownAt'] : []
  return [...record.series, ...dated, ...(record.tie === undefined ? [] : [record.tie])]
}

function partitionSql(record: RecordSpec): string {
  if (record.partition === 'none') return ''
  return `partition by ${record.partition === 'year' ? 'toYear' : 'toYYYYMM'}(at)`
}
