import { DeskError } from '../core/errors.ts'
import { formatInstant, instant, type InstantMs } from '../core/instant.ts'
import { columnsOf, type RecordSpec } from '../records/record.ts'
import { keyOf, valueColumns } from './ddl.ts'
import { identifier, type Engine, type Shape } from './engine.ts'

/** Conflicts shown; the rest are counted. */
const SHOWN = 5

/** Two values of one field of one row. */
export interface Conflict {
  /** The names of the series, in the record's order: venue, market, instrument, interval. */
  readonly series: readonly string[]
  readonly at: InstantMs
  readonly field: string
  readonly incoming: number | string
  readonly stored: number | string
  /** The import that brought the stored one; 0 where both are in one file. */
  readonly importNumber: number
}

/** The first conflicts of a query that gives `new_x` and `stored_x` for every field, and how many rows there are. */
export async function readConflicts(
  engine: Engine,
  record: RecordSpec,
  sql: string,
): Promise<{ count: number; first: readonly Conflict[] }> {
  const order = keyOf(record).map(identifier).join(', ')
  const shape = conflictShape(record)
  const query = `select *, count() over () as conflicts from (${sql}) order by ${order} limit ${SHOWN}`
  const { length, columns } = await engine.select(query, shape, { maxSeconds: 600 })
  const first = Array.from({ length }, (_, i) => conflictAt(record, (name) => columns[name]?.[i] ?? NaN))
  return { count: Number(columns['conflicts']?.[0] ?? 0), first }
}

function conflictShape(record: RecordSpec): Shape {
  const values = valueColumns(record).flatMap(({ name, kind }) =>
    [`new_${name}`, `stored_${name}`].map((side) => [side, kind] as const),
  )
  const keys = columnsOf(record).filter(({ name }) => keyOf(record).includes(name))
  const kinds = [...keys.map(({ name, kind }) => [name, kind] as const), ...values]
  const shape = kinds.map(([name, kind]) => [name, kind === 'symbol' || kind === 'text' ? 'text' : 'number'] as const)
  return { ...Object.fromEntries(shape), storedImport: 'number', conflicts: 'number' }
}

function conflictAt(record: RecordSpec, cell: (name: string) => number | string): Conflict {
  const fields = valueColumns(record).map(({ name }) => ({
    field: name,
    incoming: cell(`new_${name}`),
    stored: cell(`stored_${name}`),
  }))
  const worst = fields.toSorted((a, b) => distance(b.incoming, b.stored) - distance(a.incoming, a.stored))[0]
  return {
    series: record.series.map((name) => String(cell(name))),
    at: instant(Number(cell('at'))),
    ...(worst ?? { field: '', incoming: NaN, stored: NaN }),
    importNumber: Number(cell('storedImport')),
  }
}

/** Relative distance; texts that differ are as far apart as can be, a gap is no distance. */
function distance(a: number | string, b: number | string): number {
  if (typeof a === 'string' || typeof b === 'string') return a === b ? 0 : Infinity
  const far = Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b))
  return Number.isNaN(far) ? 0 : far
}

/** A new file contradicts what another has brought. Nothing of it is stored. */
export class ConflictError extends DeskError {
  readonly count: number
  readonly conflicts: readonly Conflict[]

  constructor(label: string, count: number, conflicts: readonly Conflict[], labels: ReadonlyMap<number, string>) {
    const name = (number: number): string => labels.get(number) ?? `import ${number}`
    const lines = conflicts.map(
      (conflict) => `${describe(conflict)}, "${name(conflict.importNumber)}" has ${conflict.stored}`,
    )
    const others = [...new Set(conflicts.map(({ importNumber }) => `"${name(importNumber)}"`))].join(', ')
    super('IMPORT_CONFLICT', `"${label}" contradicts ${others} in ${rows(count)}; ${list(lines, count)}`, {
      hint: 'find out which is right; --replace lets the new file win',
    })
    this.count = count
    this.conflicts = conflicts
  }
}

/** A file contradicts itself. Nothing of it is stored. */
export class RepeatedRowError extends DeskError {
  readonly count: number
  readonly conflicts: readonly Conflict[]

  constructor(label: string, count: number, conflicts: readonly Conflict[]) {
    const lines = conflicts.map((conflict) => `${describe(conflict)} and ${conflict.stored}`)
    super('IMPORT_REPEATS', `"${label}" gives ${rows(count)} twice with different values; ${list(lines, count)}`, {
      hint: 'remove the wrong ones from the file',
    })
    this.count = count
    this.conflicts = conflicts
  }
}

const describe = ({ series, at, field, incoming }: Conflict): string =>
  `${series.join(' ')} ${formatInstant(at)} ${field}: ${incoming}`
const rows = (count: number): string => (count === 1 ? '1 row' : `${count} rows`)
const list = (lines: readonly string[], count: number): string =>
  `${lines.join('; ')}${count > lines.length ? `; and ${count - lines.length} more` : ''}`
