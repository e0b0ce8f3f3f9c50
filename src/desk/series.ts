import { openAt } from '../core/candles.ts'
import type { Frame } from '../core/frame.ts'
import { formatInstant, type InstantMs } from '../core/instant.ts'
import type { Interval } from '../core/interval.ts'
import { lateStart, sayLateStart } from '../metrics/lateStart.ts'
import { evaluateMetric, resolveMetric, type ResolvedMetric } from '../metrics/registry.ts'
import type { Columns } from '../metrics/metric.ts'
import { levelList } from '../metrics/structure/levels.ts'
import { printInput, printNumber, printUnit, type PrintedInput } from './answers.ts'
import type { Desk } from './desk.ts'
import { readFrame } from './readFrame.ts'
import { sayUnheld } from './unheld.ts'

export interface SeriesQuestion {
  readonly metric: string
  readonly asset: string
  readonly interval: Interval
  readonly asOf: InstantMs
  /** Opens of the bars to show: from this instant, up to but without the other. */
  readonly from?: InstantMs
  readonly before?: InstantMs
  /** Where no range is named: only so many of the last bars. All of them unless said. */
  readonly last?: number
  readonly venue?: string
  readonly market?: string
}

export type PointValue = number | null | Readonly<Record<string, number | null>>

export interface SeriesAnswer {
  readonly metric: string
  readonly asset: string
  readonly venue: string | null
  readonly instrument: string | null
  readonly interval: string
  readonly unit: string | Readonly<Record<string, string>>
  readonly asOf: string
  readonly simulated: boolean
  readonly points: readonly { readonly at: string; readonly value: PointValue }[]
  /** For measures that are a list: the list as of the last bar shown. */
  readonly list?: readonly object[]
  readonly inputs: readonly PrintedInput[]
  readonly conventions: readonly string[]
  readonly missing: readonly string[]
}

/** Throws for an id that names no metric; to be asked before a store is opened for it. */
export function proveMetric(metric: string): void {
  resolveMetric(metric)
}

/** A measure of an asset over its bars, as known at T. */
export async function answerSeries(desk: Desk, question: SeriesQuestion): Promise<SeriesAnswer> {
  const resolved = resolveMetric(question.metric)
  const { frame, missing } = await readFrame(desk, resolved.needs, question)
  const columns = frame.grid.length === 0 ? {} : evaluateMetric(resolved, frame)
  const [from, to] = barRange(frame.grid, question)
  const [input] = frame.inputs
  const late = lateStart(resolved, frame.grid)
  const points = Array.from({ length: Math.max(to - from, 0) }, (_, k) => ({
    at: formatInstant(openAt(frame.grid, from + k)),
    value: pointValue(resolved, columns, from + k),
  }))
  return {
    metric: resolved.id,
    asset: question.asset,
    venue: input?.venue ?? null,
    instrument: input?.instrument ?? null,
    interval: question.interval,
    unit: unitsOf(resolved, frame),
    asOf: formatInstant(question.asOf),
    simulated: frame.inputs.some(({ simulated }) => simulated),
    points,
    ...(resolved.metric.id === 'levels' && frame.candles !== undefined ? { list: levelList(frame) } : {}),
    inputs: frame.inputs.map(printInput),
    conventions: frame.conventions,
    missing: [
      ...missing,
      ...(late === undefined ? [] : [sayLateStart(late)]),
      ...sayUnheld(frame, question.asset, question),
    ],
  }
}

function barRange(
  grid: { readonly start: number; readonly step: number; readonly length: number },
  { from, before, last }: SeriesQuestion,
): readonly [number, number] {
  const index = (at: number): number => Math.ceil((at - grid.start) / grid.step)
  const to = before === undefined ? grid.length : Math.min(grid.length, index(before))
  if (from !== undefined) return [Math.max(0, index(from)), to]
  return [before === undefined && last !== undefined ? Math.max(0, to - last) : 0, to]
}

function pointValue({ outputs }: ResolvedMetric, columns: Columns, bar: number): PointValue {
  const [only, ...others] = outputs
  if (only !== undefined && others.length === 0) return printNumber(columns[only.name]?.[bar])
  return Object.fromEntries(outputs.map(({ name }) => [name, printNumber(columns[name]?.[bar])]))
}

function unitsOf({ outputs }: ResolvedMetric, frame: Frame): SeriesAnswer['unit'] {
  const [only, ...others] = outputs
  return only !== undefined && others.length === 0
    ? printUnit(only.unit, frame)
    : Object.fromEntries(outputs.map(({ name, unit }) => [name, printUnit(unit, frame)]))
}
