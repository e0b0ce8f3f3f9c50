import type { Candles } from '../../src/core/candles.ts'

/** The candles in a unit a thousand times smaller. */
export function timesThousand(candles: Candles): Candles {
  const times = (column: Float64Array) => column.map((value) => value * 1000)
  const { open, high, low, close } = candles
  return { ...candles, open: times(open), high: times(high), low: times(low), close: times(close) }
}
