import { columnsOf, type Column, type RecordSpec } from '../records/record.ts'
import { keyOf, valueColumns } from './ddl.ts'
import { identifier } from './engine.ts'
import { filledInVersionSql, filledSql, generationSql, versionSql } from './version.ts'

/** Two numbers further apart than this, relative to the larger, are two statements. */
const SAME = 1e-8

/** How an incoming row stands to what is stored. */
export const VERDICTS = ['added', 'fuller', 'differing', 'unchanged'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Rows with `at` in [from, to], both included, in ms. */
export interface Slice {
  readonly from: number
  readonly to: number
}

/** Incoming rows: their kind, the SQL expression over them, and the stretch of time they lie in. */
export interface Incoming {
  readonly record: RecordSpec
  readonly source: string
  readonly slice: Slice
}

/** SQL expression over those of the rows that lie in a slice. */
export const slicedSql = (source: string, slice: Slice): string => `(select * from ${source} where ${inSlice(slice)})`

/** SQL of one row: how many rows, and how many keys (by hash). */
export const keysSql = ({ record, source }: Incoming): string =>
  `select count() as rows, uniqExact(cityHash64(${names(keyOf(record))})) as keys from ${source}`

/** SQL of times that cut the rows into about `count` equal stretches. */
export const cutsSql = (source: string, count: number): string =>
  `select arrayJoin(quantiles(${Array.from({ length: count - 1 }, (_, i) => (i + 1) / count).join(', ')})(toUnixTimestamp64Milli(at))) as at
   from ${source} order by at`

/** SQL of the rows with one per key: the fullest. */
export const fullestSql = ({ record, source }: Incoming): string =>
  `(select * from ${source} as f order by ${filledSql(record, 'f')} desc limit 1 by ${names(keyOf(record))})`

/** SQL of keys that the rows give more than once, with the least and the greatest value of every field and whether they differ. */
export function repeatsSql({ record, source }: Incoming): string {
  const values = valueColumns(record)
  const columns = values.flatMap((column) => [
    `${leastSql(column)} as ${identifier(`stored_${column.name}`)}`,
    `${greatestSql(column)} as ${identifier(`new_${column.name}`)}`,
  ])
  const differs = anyOf(values.map((column) => differsSql(record, column, [greatestSql(column), leastSql(column)])))
  return `select ${names(keyOf(record))}, toUInt32(0) as storedImport, ${columns.join(', ')} from ${source}
   group by ${names(keyOf(record))} having count() > 1 and (${differs})`
}

/** SQL that counts the stored rows which incoming ones could meet. */
export const metSql = (incoming: Incoming): string =>
  `select count() as rows from ${table(incoming)} where ${near(incoming)}`

/** SQL of the number of incoming rows, all of them new, in the form of `tallySql`. */
export const tallyAllSql = ({ record, source }: Incoming): string =>
  `select 'added' as verdict, count() as rows, ${keysHash(record)} as hash from ${source}`

/** SQL of the number of rows per verdict, with a hash of their keys. */
export const tallySql = (incoming: Incoming): string =>
  `select verdict, count() as rows, ${keysHash(incoming.record)} as hash
   from (${judgedSql(incoming, [])}) group by verdict`

/** SQL of incoming rows that contradict a stored one with the same key, with both values of every field. */
export function conflictsSql(incoming: Incoming): string {
  const both = valueColumns(incoming.record).flatMap(({ name }) => [
    `f.${identifier(name)} as ${identifier(`new_${name}`)}`,
    `s.${identifier(name)} as ${identifier(`stored_${name}`)}`,
  ])
  return `select * except (verdict, filled, storedVersion) from (${judgedSql(incoming, ['s.importNumber as storedImport', ...both])})
   where verdict = 'differing'`
}

/** SQL that stores the incoming rows that say something new. */
export function insertSql(incoming: Incoming, importNumber: number): string {
  const columns = columnsOf(incoming.record).map(({ name }) => name)
  const generation = `${generationSql('storedVersion')} + (verdict = 'differing')`
  const version = versionSql(generation, 'filled', importNumber)
  const values = valueColumns(incoming.record).map(({ name }) => `f.${identifier(name)} as ${identifier(name)}`)
  return `${into(incoming, columns)} select ${names(columns)}, ${importNumber}, ${version}
   from (${judgedSql(incoming, values)}) where verdict != 'unchanged'`
}

/** SQL that stores all incoming rows, where none can meet a stored one. */
export function insertAllSql(incoming: Incoming, importNumber: number): string {
  const columns = columnsOf(incoming.record).map(({ name }) => name)
  return `${into(incoming, columns)} select ${names(columns)}, ${importNumber},
   ${versionSql('0', filledSql(incoming.record, 'f'), importNumber)} from ${incoming.source} as f`
}

/** SQL that counts what an import has brought into its table. */
export const broughtSql = (record: RecordSpec, importNumber: number): string =>
  `select count() as rows from ${identifier(record.name)} where importNumber = ${importNumber}`

/**
 * SQL of the incoming rows, each beside the stored one with the same key: the values differ, or more is filled, or neither. A
 * row known at another instant is a row of its own, also where it says the same as one before it: else what is known between
 * and after would depend on which file came first.
 */
function judgedSql(incoming: Incoming, columns: readonly string[]): string {
  const { record, source } = incoming
  const differs = anyOf(
    valueColumns(record).map((column) => differsSql(record, column, [side('f', column), side('s', column)])),
  )
  const key = keyOf(record).map((name) => `f.${identifier(name)} as ${identifier(name)}`)
  const same = keyOf(record).map((name) => `f.${identifier(name)} = s.${identifier(name)}`)
  const fuller = `filled > ${filledInVersionSql('s.version')}`
  const verdict = `multiIf(s.version = 0, 'added', ${differs}, 'differing', ${fuller}, 'fuller', 'unchanged')`
  return `select ${[...key, ...columns].join(', ')}, ${filledSql(record, 'f')} as filled, s.version as storedVersion, ${verdict} as verdict
   from ${source} as f
   left join (select * from ${table(incoming)} final where ${near(incoming)}) as s on ${same.join(' and ')}`
}

/** SQL condition: stored rows of the same series and stretch of time. */
function near({ record, source, slice }: Incoming): string {
  const series = names(record.series)
  return `(${series}) in (select distinct ${series} from ${source}) and ${inSlice(slice)}`
}

const inSlice = ({ from, to }: Slice): string =>
  `at >= fromUnixTimestamp64Milli(toInt64(${from})) and at <= fromUnixTimestamp64Milli(toInt64(${to}))`

/** A gap on either side differs from nothing: comparisons with NaN are false. */
function differsSql(record: RecordSpec, { name, kind }: Column, [a, b]: readonly [string, string]): string {
  if (kind !== 'float') return `${a} != ${b}`
  const within = record.sameWithin?.[name] ?? 0
  return `abs(${a} - ${b}) > greatest(${within}, ${SAME} * greatest(abs(${a}), abs(${b})))`
}

const leastSql = (column: Column): string => extremeSql('min', column)
const greatestSql = (column: Column): string => extremeSql('max', column)

function extremeSql(which: 'min' | 'max', { name, kind }: Column): string {
  const column = identifier(name)
  return kind === 'float' ? `${which}If(${column}, not isNaN(${column}))` : `${which}(${column})`
}

const keysHash = (record: RecordSpec): string => `toString(groupBitXor(cityHash64(${names(keyOf(record))})))`
const side = (alias: string, { name }: Column): string => `${alias}.${identifier(name)}`
const anyOf = (conditions: readonly string[]): string =>
  conditions.length === 0 ? 'false' : `(${conditions.join(' or ')})`
const names = (columns: readonly string[]): string => columns.map(identifier).join(', ')
const table = ({ record }: Incoming): string => identifier(record.name)
const into = (incoming: Incoming, columns: readonly string[]): string =>
  `insert into ${table(incoming)} (${names(columns)}, importNumber, version)`
