import type { Candles } from '../../src/core/candles.ts'
import type { Frame, Input } from '../../src/core/frame.ts'
import { instant, parseInstant, plusMs, type InstantMs } from '../../src/core/instant.ts'
import { intervalOfMs } from '../../src/core/interval.ts'

/** The candles moved to begin at a time. */
export const startingAt = (start: string, candles: Candles): Candles => ({ ...candles, start: parseInstant(start) })

export interface FrameOptions {
  readonly asset?: string
  readonly market?: string
  readonly asOf?: InstantMs
  readonly simulated?: boolean
  readonly builtFrom?: NonNullable<Input['builtFrom']>
}

/** A frame of candles as the desk reads it, known at the close of the last one unless said. */
export function frameOf(candles: Candles, options: FrameOptions = {}): Frame {
  const { asset = 'ETH', market = 'spot', simulated = false } = options
  const { start, step, length } = candles
  const rows = candles.close.filter((close) => !Number.isNaN(close)).length
  const interval = intervalOfMs(step)
  const to = plusMs(start, length * step)
  const input: Input = {
    kind: 'candles',
    venue: simulated ? 'simulated' : 'binance',
    market,
    instrument: `${asset}USDT`,
    quote: 'USDT',
    interval,
    ...(options.builtFrom === undefined ? {} : { builtFrom: options.builtFrom }),
    from: start,
    to,
    rows,
    gaps: length - rows,
    simulated,
  }
  return {
    asset,
    asOf: options.asOf ?? to,
    interval,
    grid: { start, step, length },
    candles,
    quotes: new Map(),
    columns: new Map(),
    inputs: [input],
    conventions: [],
  }
}

/** The first `length` bars of a frame, as it was known when they had closed. */
export function frameAsOf(frame: Frame, asOf: InstantMs): Frame {
  const { candles } = frame
  if (candles === undefined) return frame
  const length = Math.max(0, Math.min(candles.length, Math.floor((asOf - candles.start) / candles.step)))
  const columns = Object.entries(candles).map(([name, column]) => [
    name,
    column instanceof Float64Array ? column.subarray(0, length) : column,
  ])
  const cut = { ...Object.fromEntries(columns), length } as Candles
  return { ...frame, asOf: instant(asOf), grid: { start: cut.start, step: cut.step, length }, candles: cut }
}
