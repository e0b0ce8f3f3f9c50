import type { Grid } from '../../core/candles.ts'
import type { Frame, Need } from '../../core/frame.ts'
import { textParam, type Params, type ParamSpec } from '../../core/params.ts'
import type { Unit } from '../../core/units.ts'
import { single } from '../candleMetric.ts'
import type { ChangeBetween, Metric } from '../metric.ts'

/** A metric inside another: one column, whatever the metric is. The registry hands this in, so that no reducer imports it. */
export interface InnerMetric {
  readonly unit: Unit
  readonly needs: readonly Need[]
  readonly column: (frame: Frame) => Float64Array
  /** How it changes, where its column does not tell. */
  readonly changes: (frame: Frame) => ChangeBetween | undefined
}

/**
 * Finds the metric that a reducer names.
 * @throws {UnknownMetricError} no such metric
 * @throws {UnknownOutputError} it has several outputs and the text names none of them
 */
export type ResolveInner = (text: string) => InnerMetric

/** How a reducer turns one column into another on the same grid. */
export interface Reducer {
  readonly id: string
  readonly title: string
  /** Its parameters after `metric`. */
  readonly params: readonly ParamSpec[]
  /** The unit of the result; that of the metric unless said. */
  readonly unit?: Unit
  readonly reduce: (values: Float64Array, grid: Grid, params: Params, changes?: ChangeBetween) => Float64Array
}

/**
 * The registry entry of a reducer: `id(metric, …)`, needing what its metric needs.
 * @param resolve - how the registry finds a metric by its text
 * @returns a metric with one output, in the unit of the inner one unless the reducer has its own
 */
export function reducerMetric(resolve: ResolveInner, { id, title, params, unit, reduce }: Reducer): Metric {
  const inner = (bound: Params): InnerMetric => resolve(textParam(bound, 'metric'))
  return {
    id,
    title,
    params: [{ name: 'metric', kind: 'metric' }, ...params],
    outputs: single(unit ?? 'none'),
    outputsOf: (bound) => single(unit ?? inner(bound).unit),
    needs: (bound) => inner(bound).needs,
    compute: (frame, bound) => {
      const { column, changes } = inner(bound)
      return { value: reduce(column(frame), frame.grid, bound, changes(frame)) }
    },
  }
}
