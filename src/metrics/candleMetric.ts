import type { Bar, CandleField, Candles } from '../core/candles.ts'
import { DeskError } from '../core/errors.ts'
import type { Frame } from '../core/frame.ts'
import type { Params, ParamSpec } from '../core/params.ts'
import type { Unit } from '../core/units.ts'
import { byRun } from './byRun.ts'
import type { Columns, Metric, Output, Values } from './metric.ts'

/** A metric that is computed from candles alone, one run without gaps at a time. */
export interface CandleMetric {
  readonly id: string
  readonly title: string
  readonly params: readonly ParamSpec[]
  readonly outputs: readonly Output[]
  /** The candle fields that it reads; a bar that lacks one of them is a gap. */
  readonly fields: readonly CandleField[]
  /** Whether closes are enough, also those of an index, which has no other prices and rests at weekends. */
  readonly closesOnly?: true
  /** Over candles without a gap; `step` and `start` are those of the run. */
  readonly kernel: (run: Candles, params: Params) => Columns
  readonly stream?: (params: Params) => (bar: Bar) => Values
}

/**
 * The registry entry of a measure of candles. A gap restarts its warm-up, in the batch and in the streaming form.
 * @returns a metric whose columns lie on the frame's grid; NaN at gaps and in every warm-up
 * @example candleMetric({ id: 'sma', … }).needs({ n: 20 }) // [{ kind: 'candles' }]
 */
export function candleMetric({ fields, kernel, closesOnly, ...entry }: CandleMetric): Metric {
  return {
    ...entry,
    needs: () => [{ kind: 'candles', ...(closesOnly === undefined ? {} : { closesOnly }) }],
    compute: (frame, params) =>
      byRun(candlesOf(frame), { fields, outputs: entry.outputs, compute: (run) => kernel(run, params) }),
  }
}

/** The outputs of a metric with a single column. */
export const single = (unit: Unit): readonly Output[] => [{ name: 'value', unit }]

/**
 * The candles of a frame that was read for a measure which needs them.
 * @throws {MissingCandlesError} the frame has none
 * @example candlesOf(frame).close.length === frame.grid.length // true
 */
export function candlesOf(frame: Frame): Candles {
  if (frame.candles === undefined) throw new MissingCandlesError(frame.asset)
  return frame.candles
}

export class MissingCandlesError extends DeskError {
  constructor(asset: string) {
    super('MISSING_CANDLES', `the frame of "${asset}" holds no candles`, {
      hint: 'read the frame with the needs of the metric',
    })
  }
}
