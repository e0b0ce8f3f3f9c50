import { closeAt, type Candles } from '../core/candles.ts'
import type { Frame } from '../core/frame.ts'
import { instant, type InstantMs } from '../core/instant.ts'
import type { Unit } from '../core/units.ts'
import type { Columns } from '../metrics/metric.ts'
import { resolveMetric, type ResolvedMetric } from '../metrics/registry.ts'
import { detect, setupEvents } from '../setups/detect.ts'
import { resolveSetup } from '../setups/registry.ts'
import type { BarEvent, SetupEvent, SetupFamily } from '../setups/setup.ts'
import type { Figure } from './claim.ts'

/** Reads measures and events out of one frame of candles, each computed once however often it is asked for. */
export interface FrameReader {
  readonly frame: Frame
  readonly candles: Candles
  /** Index of the last closed bar. */
  readonly last: number
  readonly column: (id: string) => Float64Array
  /** The measure at a bar, the last one unless said, as a figure that a claim can carry. */
  readonly figure: (name: string, id: string, bar?: number) => Figure
  /** Events of a setup completed at bar `from` or later, oldest first. */
  readonly eventsSince: (id: string, from: number) => readonly SetupEvent[]
  /** The last event of a setup, however long ago. */
  readonly lastEvent: (id: string) => SetupEvent | undefined
  /** How many events of a setup there were up to a bar, that bar included. */
  readonly countEvents: (id: string, bar: number) => number
  readonly barOf: (at: InstantMs) => number
  readonly closeAt: (bar: number) => InstantMs
}

/** A reader over a frame that holds candles. */
export function frameReader(frame: Frame, candles: Candles): FrameReader {
  const columns = new Map<string, Columns>()
  const last = candles.length - 1

  // A bar that has not ended tells what was known of it by then.
  const ended = (bar: number): InstantMs => instant(Math.min(closeAt(candles, bar), frame.asOf))
  const resolved = new Map<string, ResolvedMetric>()
  const resolve = (id: string): ResolvedMetric => remember(resolved, id, () => resolveMetric(id))
  const column = (id: string): Float64Array => {
    const { metric, params, output } = resolve(id)
    const key = `${metric.id} ${JSON.stringify(params)}`
    const all = remember(columns, key, () => metric.compute(frame, params))
    return all[output ?? 'value'] ?? new Float64Array(0)
  }
  const figure = (name: string, id: string, bar = last): Figure => {
    const metric = resolve(id)
    return { name, value: column(id)[bar] ?? NaN, unit: unitOf(metric), method: metric.id, at: ended(bar) }
  }
  const families = new Map<SetupFamily, Map<string, readonly BarEvent[]>>()
  const found = (id: string): Found => {
    const { family, kind, params } = resolveSetup(id)
    const runs = remember(families, family, () => new Map<string, readonly BarEvent[]>())
    const all = remember(runs, JSON.stringify(params), () => detect(family, params, candles))
    const events = all.filter(({ setup }) => setup === kind)
    return { events, printed: (some) => setupEvents(family, params, candles, some) }
  }
  return {
    frame,
    candles,
    last,
    column,
    figure,
    eventsSince: (id, from) => {
      const { events, printed } = found(id)
      return printed(events.filter(({ bar }) => bar >= from))
    },
    lastEvent: (id) => {
      const { events, printed } = found(id)
      return printed(events.slice(-1))[0]
    },
    countEvents: (id, bar) => found(id).events.filter((event) => event.bar <= bar).length,
    barOf: (at) => Math.floor((at - candles.start) / candles.step),
    closeAt: ended,
  }
}

/** Events of one setup in bars, and how those that are spoken of are printed: a history has thousands, a note names a few. */
interface Found {
  readonly events: readonly BarEvent[]
  readonly printed: (some: readonly BarEvent[]) => readonly SetupEvent[]
}

const unitOf = ({ outputs }: ResolvedMetric): Unit => outputs[0]?.unit ?? 'none'

function remember<K, V>(cache: Map<K, V>, key: K, make: () => V): V {
  const known = cache.get(key)
  if (known !== undefined) return known
  const made = make()
  cache.set(key, made)
  return made
}
