import { gaps } from '../../core/candles.ts'
import { DeskError } from '../../core/errors.ts'
import type { ColumnGroup, Frame } from '../../core/frame.ts'
import type { Params, ParamSpec } from '../../core/params.ts'
import type { ChangeBetween, Columns, Metric, Output } from '../metric.ts'

/** A metric that is computed from groups of columns of a frame. */
export interface ColumnMetric {
  readonly id: string
  readonly title: string
  readonly params?: readonly ParamSpec[]
  readonly outputs: readonly Output[]
  readonly groups: readonly ColumnGroup[] | ((params: Params) => readonly ColumnGroup[])
  /** Whether candles of the frame are read too, where there are any. */
  readonly candles?: true
  readonly compute: (column: (name: string) => Float64Array, frame: Frame, params: Params) => Columns
  /** How an output changes, where its column does not tell. */
  readonly changes?: (column: (name: string) => Float64Array, output: string) => ChangeBetween | undefined
}

/**
 * The registry entry of a measure of groups of columns.
 * @returns a metric whose columns lie on the frame's grid
 * @example columnMetric({ id: 'oi', groups: ['open_interest'], … }).needs({}) // [{ kind: 'columns', group: 'open_interest' }]
 */
export function columnMetric({ groups, compute, changes, candles, params = [], ...entry }: ColumnMetric): Metric {
  const groupsOf = (bound: Params): readonly ColumnGroup[] => (typeof groups === 'function' ? groups(bound) : groups)
  return {
    ...entry,
    params,
    needs: (bound) => [
      ...(candles === undefined ? [] : [{ kind: 'candles' } as const]),
      ...groupsOf(bound).map((group) => ({ kind: 'columns', group }) as const),
    ],
    compute: (frame, bound) => compute((name) => columnOf(frame, name), frame, bound),
    ...(changes === undefined
      ? {}
      : { changes: (frame, _, output) => changes((name) => columnOf(frame, name), output) }),
  }
}

/**
 * A column of a frame that was read for a measure which needs its group; a column of gaps where nothing of the group is held.
 * @throws {UnknownColumnError} a name without a group
 */
function columnOf(frame: Frame, name: string): Float64Array {
  if (!/^[a-z0-9_]+\.[a-z0-9_A-Z]+$/.test(name)) throw new UnknownColumnError(name)
  return frame.columns.get(name) ?? gaps(frame.grid.length)
}

export class UnknownColumnError extends DeskError {
  constructor(name: string) {
    super('UNKNOWN_COLUMN', `"${name}" names no column of a group`, { hint: 'name it as GROUP.COLUMN' })
  }
}
