import type { Candles } from '../../src/core/candles.ts'
import type { Frame } from '../../src/core/frame.ts'
import { DAY_MS, instant } from '../../src/core/instant.ts'
import type { Interval } from '../../src/core/interval.ts'
import { evaluateMetric, resolveMetric } from '../../src/metrics/registry.ts'

export interface ColumnFrameOptions {
  readonly interval?: Interval
  readonly step?: number
  readonly candles?: Candles
}

/** A frame of columns by name, daily from 1970-01-01 unless said. */
export function columnFrame(
  columns: Readonly<Record<string, readonly number[]>>,
  { interval = '1d', step = DAY_MS, candles }: ColumnFrameOptions = {},
): Frame {
  const length = Math.max(...Object.values(columns).map((values) => values.length))
  return {
    asset: 'ETH',
    asOf: instant(length * step),
    interval,
    grid: { start: instant(0), step, length },
    ...(candles === undefined ? {} : { candles }),
    quotes: new Map(),
    columns: new Map(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])),
    inputs: [],
    conventions: [],
  }
}

/** Outputs of a metric by its id over such a frame, as lists. */
export const outputsOf = (id: string, frame: Frame): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries(
    Object.entries(evaluateMetric(resolveMetric(id), frame)).map(([name, column]) => [name, Array.from(column)]),
  )
