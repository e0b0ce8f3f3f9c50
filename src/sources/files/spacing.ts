import { intervalMs, intervalOfMs, parseInterval, type Interval } from '../../core/interval.ts'
import { DeskError } from '../../core/errors.ts'
import { DAY_MS, SECOND_MS } from '../../core/instant.ts'
import { median } from '../../core/sum.ts'
import type { FileKind } from './layouts/layout.ts'
import { METRICS_INTERVAL } from './metricsRows.ts'
import type { RawRows } from './rawRows.ts'
import { timeReader } from './readTime.ts'
import { UntoldError, type FileWishes, type TablePlan } from './tablePlan.ts'

/** Rows that the spacing is measured over. */
export const SPACING_ROWS = 5000

/** Distances between neighbours that it takes to call rows too far apart: fewer may be corrections of single bars. */
const FEWEST_SPACINGS = 9

/**
 * The interval of a table: as said, as its file's name says, or the median spacing of its first rows, symbol by symbol. A
 * series has one value a day at the coarsest: weekly and monthly values stand on days.
 * @throws {UntoldError} one row only, or a spacing that is no interval
 * @throws {IntervalConflictError} what is said is not what the file's name says
 * @throws {SpacingConflictError} candles stand closer together or further apart than what is said
 */
function intervalOf(label: string, plan: TablePlan, head: RawRows, wishes: FileWishes): Interval {
  const said = wishes.interval === undefined ? undefined : parseInterval(wishes.interval)
  const named = namedInterval(label, plan.binding.interval)
  if (said !== undefined && named !== undefined && said !== named) throw new IntervalConflictError(label, said, named)
  if (said === undefined) return named ?? measured(label, plan, head)
  if (plan.layout.kind === 'series' || isRevision(plan, wishes)) return said
  const all = headSpacings(plan, head)
  const spacing = median(all)
  const isSparse = spacing > intervalMs(said) && all.length >= FEWEST_SPACINGS
  if (isSparse || spacing < intervalMs(said)) throw new SpacingConflictError(label, said, spacing)
  return said
}

/** A table, what was settled of it, its first rows, and what the caller has said. */
export interface TableHead {
  readonly label: string
  readonly plan: TablePlan
  readonly head: RawRows
  readonly wishes: FileWishes
}

/**
 * The interval of a file's rows; undefined for kinds whose rows stand on no grid.
 * @throws what `intervalOf` throws
 */
export function gridOf(kind: FileKind, { label, plan, head, wishes }: TableHead): Interval | undefined {
  switch (kind) {
    case 'candles':
    case 'series':
      return intervalOf(label, plan, head, wishes)
    case 'totals':
    case 'supply':
      return '1d'
    case 'metrics':
      if (plan.binding.averagedOver !== undefined) return plan.binding.averagedOver
      if ((wishes.interval ?? METRICS_INTERVAL) === METRICS_INTERVAL) return METRICS_INTERVAL
      throw new IntervalConflictError(label, parseInterval(wishes.interval ?? ''), METRICS_INTERVAL)
    case 'trades':
    case 'funding':
    case 'wallets':
    case 'positions':
    case 'rates':
    case 'settlements':
      return undefined
  }
}

/** Revisions name single bars, however far apart. */
const isRevision = (plan: TablePlan, { knownAt }: FileWishes): boolean =>
  knownAt !== undefined || plan.binding.columns.knownAt !== undefined

/**
 * Proves that a further table of an archive is named after the interval settled by the first.
 * @throws {IntervalConflictError} it is named after another
 */
export function checkInterval(label: string, plan: TablePlan, settled: Interval | undefined): void {
  const named = namedInterval(label, plan.binding.interval)
  if (settled !== undefined && named !== undefined && named !== settled)
    throw new IntervalConflictError(label, settled, named)
}

function namedInterval(label: string, name: string | undefined): Interval | undefined {
  if (name === undefined) return undefined
  if (/(w|mo)$/.test(name)) throw new CalendarIntervalError(label, name)
  return parseInterval(name)
}

function measured(label: string, plan: TablePlan, head: RawRows): Interval {
  const isSeries = plan.layout.kind === 'series'
  const spacing = median(headSpacings(plan, head))
  if (isSeries && (spacing >= DAY_MS || isDated(plan, head))) return '1d'
  if (spacing > 0 && spacing % SECOND_MS === 0) return intervalOfMs(spacing)
  throw new UntoldError(label, 'interval', '--interval, for example --interval 1d')
}

/** Distances between neighbouring times, symbol by symbol, in ms. */
function headSpacings(plan: TablePlan, head: RawRows): readonly number[] {
  const { read } = timeReader()
  const { at = 0, instrument } = plan.binding.columns
  const times = new Map<string, number[]>()
  for (const cells of head.cells) {
    const name = instrument === undefined ? '' : (cells[instrument] ?? '')
    const ms = read(cells[at] ?? '')
    if (Number.isNaN(ms)) continue
    const known = times.get(name)
    if (known === undefined) times.set(name, [ms])
    else known.push(ms)
  }
  return [...times.values()].flatMap(spacings)
}

function spacings(times: readonly number[]): number[] {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted.slice(1).flatMap((at, i) => (at > (sorted[i] ?? at) ? [at - (sorted[i] ?? at)] : []))
}

const isDated = (plan: TablePlan, head: RawRows): boolean =>
  head.cells.length > 0 &&
  head.cells.every((cells) => /^\d{4}-\d{2}-\d{2}$/.test(cells[plan.binding.columns.at ?? 0] ?? ''))

/** Thrown where the interval asked for is not the one in the file's name. */
export class IntervalConflictError extends DeskError {
  constructor(label: string, said: Interval, named: Interval) {
    super('INTERVAL_CONFLICT', `"${label}" holds ${named}, not "${said}"`, {
      hint: 'leave --interval out; import files of other intervals apart',
    })
  }
}

/**
 * Thrown where candles do not stand as far apart as the interval said. Further: most bars would be gaps. Closer: with bad rows left
 * out, every fourth hour would be stored as four hours.
 */
export class SpacingConflictError extends DeskError {
  constructor(label: string, said: Interval, spacing: number) {
    const how = spacing > intervalMs(said) ? 'too far' : 'too close'
    super('INTERVAL_CONFLICT', `the candles of "${label}" stand ${spacing / SECOND_MS} s apart, ${how} for "${said}"`, {
      hint: 'leave --interval out to take the spacing of the rows; longer bars are built from them when they are read',
    })
  }
}

/** Thrown for weeks and months: bars of the calendar, which no fixed grid holds. */
export class CalendarIntervalError extends DeskError {
  constructor(label: string, name: string) {
    super('CALENDAR_INTERVAL', `"${label}" holds bars of "${name}", which have no fixed length or start`, {
      hint: 'import the daily file; longer bars are built from days',
    })
  }
}
