import { CANDLE_FIELDS, gaps, type CandleField, type Candles } from '../core/candles.ts'
import { barOpen } from '../core/interval.ts'

/**
 * Candles of a longer interval, built from closed candles of a shorter one that divides it. A bar is built only where every
 * part of it is there (24 hours make a day); else it is a gap. Gaps at both ends are cut off.
 * @param candles - the finer candles
 * @param step - length of the wanted bars in ms, a multiple of `candles.step`
 * @returns candles on bars counted from 1970-01-01T00:00Z; an optional column is a gap where one part lacks it
 * @example resample(hourly, 86_400_000).close.at(-1) // close of the last complete day
 */
export function resample(candles: Candles, step: number): Candles {
  if (step === candles.step) return candles
  const parts = step / candles.step
  const origin = barOpen(candles.start, step)
  const offset = (candles.start - origin) / candles.step
  const length = Math.ceil((offset + candles.length) / parts)
  const bars = Object.fromEntries(CANDLE_FIELDS.map((field) => [field, gaps(length)])) as Record<
    CandleField,
    Float64Array
  >
  let first = length
  let last = -1
  for (let bar = 0; bar < length; bar++) {
    const from = bar * parts - offset
    if (from < 0 || from + parts > candles.length || hasGap(candles.close, from, parts)) continue
    for (const field of CANDLE_FIELDS) bars[field][bar] = MERGE[field](candles[field], from, parts)
    first = Math.min(first, bar)
    last = bar
  }
  return cut({ start: origin, step, length, ...bars }, first, last + 1)
}

function hasGap(close: Float64Array, from: number, parts: number): boolean {
  for (let i = from; i < from + parts; i++) if (Number.isNaN(close[i])) return true
  return false
}

type Merge = (column: Float64Array, from: number, parts: number) => number

const total: Merge = (column, from, parts) => {
  let sum = 0
  for (let i = from; i < from + parts; i++) sum += column[i] as number
  return sum
}

const highest: Merge = (column, from, parts) => {
  let value = -Infinity
  for (let i = from; i < from + parts; i++) value = Math.max(value, column[i] as number)
  return value
}

const lowest: Merge = (column, from, parts) => {
  let value = Infinity
  for (let i = from; i < from + parts; i++) value = Math.min(value, column[i] as number)
  return value
}

const MERGE: Record<CandleField, Merge> = {
  open: (column, from) => column[from] as number,
  high: highest,
  low: lowest,
  close: (column, from, parts) => column[from + parts - 1] as number,
  volume: total,
  quoteVolume: total,
  trades: total,
  takerBuyVolume: total,
  takerBuyQuoteVolume: total,
}

function cut(candles: Candles, from: number, to: number): Candles {
  const length = Math.max(to - from, 0)
  const start = (candles.start + (length === 0 ? 0 : from) * candles.step) as Candles['start']
  const columns = CANDLE_FIELDS.map((field) => [field, candles[field].slice(from, from + length)])
  return { start, step: candles.step, length, ...Object.fromEntries(columns) } as Candles
}
