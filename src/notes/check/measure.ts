import { closeAt } from '../../core/candles.ts'
import type { Frame, Need } from '../../core/frame.ts'
import { parseId, type Id, type IdArg } from '../../core/id.ts'
import { DAY_MS, formatInstant, instant, parseAsOf, parseInstant, type InstantMs } from '../../core/instant.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import {
  evaluateMetric,
  metrics,
  resolveMetric,
  UnknownMetricError,
  type ResolvedMetric,
} from '../../metrics/registry.ts'
import { announcedInputs } from './announced.ts'
import type { Found } from './answer.ts'

/** Which records a verdict needs, and as of when: all that is known now, or what the note could know. */
export interface FrameRequest {
  readonly asset: string
  readonly interval: Interval
  readonly needs: readonly Need[]
  readonly asOf: 'now' | 'published'
  readonly venue?: string
  readonly market?: string
}

/** A request's frame and what it lacks. */
export type ReadFrame = (request: FrameRequest) => { readonly frame: Frame; readonly missing: readonly string[] }

/** What a claim says of where to look. */
export interface Place {
  readonly metric: string
  readonly asset: string
  readonly interval?: Interval | undefined
  readonly venue?: string | undefined
  readonly market?: string | undefined
}

/** The metric a text names, or why this version has none. */
export type MetricLookup = { readonly metric: ResolvedMetric } | { readonly unknown: Found }

/** Finds a metric; an id that is not in the registry is told apart by whether the methods define it. */
export function lookUpMetric(text: string): MetricLookup {
  const id = parseId(text)
  const unknown = namesOf(id).find((name) => !metrics.has(name))
  if (unknown === undefined) return { metric: resolveMetric(id) }
  return { unknown: unknownId('metric', unknown, new UnknownMetricError(unknown).nearest) }
}

/** The answer for an id that this version does not have. */
export function unknownId(kind: 'metric' | 'setup', name: string, nearest: readonly string[]): Found {
  const inputs = announcedInputs(name)
  const remark = `no ${kind} "${name}" in this version`
  if (inputs !== undefined) return { missing: [`${inputs}: no source in this version`], remarks: [remark] }
  return { remarks: [nearest.length === 0 ? remark : `${remark}; nearest: ${nearest.join(', ')}`] }
}

/** Names of metrics in an id, those of nested metrics included: brackets, or a parameter declared to be a metric. */
function namesOf(id: Id): readonly string[] {
  const specs = metrics.get(id.name)?.params
  const inner = id.args.flatMap((arg, i) => nestedNames(arg, specs?.[i]?.kind === 'metric' || isReducer(id, i)))
  return [id.name, ...inner]
}

const isReducer = (id: Id, place: number): boolean =>
  place === 0 && /^(low_since|high_since|mean|change)$/.test(id.name)

function nestedNames(arg: IdArg, isMetric: boolean): readonly string[] {
  if (typeof arg === 'object') return namesOf(arg)
  return isMetric && typeof arg === 'string' ? namesOf(parseId(arg)) : []
}

/** The frame that a metric of a claim is computed on. `at` decides the interval where the claim names none. */
export function metricRequest(place: Place, metric: ResolvedMetric, at: readonly string[]): FrameRequest {
  return {
    asset: place.asset,
    interval: place.interval ?? coarsest(at),
    needs: metric.needs,
    asOf: 'now',
    ...(place.venue === undefined ? {} : { venue: place.venue }),
    ...(place.market === undefined ? {} : { market: place.market }),
  }
}

const INTERVALS: readonly Interval[] = ['1d', '4h', '1h', '15m', '5m', '1m']

/** The longest usual bar that closes at every one of these times. */
function coarsest(times: readonly string[]): Interval {
  const fits = (interval: Interval): boolean => times.every((time) => claimTime(time) % intervalMs(interval) === 0)
  return INTERVALS.find(fits) ?? '1m'
}

/** The close that a time of a claim means: a date is its 24:00Z, an instant is itself. */
export const claimTime = (text: string): InstantMs => parseAsOf(text)

/** A metric's value at the bar that closes at a time. */
export interface MeasuredValue {
  readonly value: number
  readonly at: InstantMs
  readonly unit: string
}

/** The value at the close that a claim's time means, or undefined where no bar closes there. */
export function valueAt(metric: ResolvedMetric, frame: Frame, time: string): MeasuredValue | undefined {
  const bar = barClosingAt(frame, claimTime(time))
  if (bar === undefined) return undefined
  const [output] = metric.outputs
  const column = evaluateMetric(metric, frame)[output?.name ?? 'value']
  const value = column?.[bar] ?? NaN
  return Number.isNaN(value) ? undefined : { value, at: closeAt(frame.grid, bar), unit: output?.unit ?? 'none' }
}

/** The bar of a frame that closes at an instant; a time within a bar takes the bar closed last before it. */
export function barClosingAt({ grid }: Frame, at: InstantMs): number | undefined {
  const bar = Math.floor((at - grid.start) / grid.step) - 1
  return bar >= 0 && bar < grid.length ? bar : undefined
}

/** Says that a time lies outside what the store holds. */
export function outOfRange(frame: Frame, asset: string, time: string): string {
  const { grid } = frame
  const held =
    grid.length === 0 ? 'nothing' : `${formatInstant(grid.start)} to ${formatInstant(closeAt(grid, grid.length - 1))}`
  const kinds = new Set(frame.inputs.map(({ kind }) => kind))
  const file = kinds.has('candles') || kinds.has('us_close') ? 'candles' : kinds.has('rate_path') ? 'rates' : 'series'
  return `${frame.interval} values of ${asset} at ${time} (held: ${held}): assayer import ${file} FILE that covers it`
}

/** Says that a change in percent has nothing to be a share of. */
export const noBaseAt = (where: string): string =>
  `a value other than 0 at ${where}: of 0 there is no change in percent`

/** A remark where a value was not known yet when the note came out. */
export function hindsight(at: InstantMs, published: number): readonly string[] {
  if (at <= published) return []
  return [`known only at ${formatInstant(at)}, after the note of ${formatInstant(instant(published))}`]
}

/** The UTC days that a pair of dates or instants spans, both days included for dates. */
export function daySpan(from: string, to: string): { readonly from: InstantMs; readonly before: InstantMs } {
  const end = parseInstant(to)
  return { from: parseInstant(from), before: instant(/T|\s/.test(to.trim()) ? end : end + DAY_MS) }
}
