import { CANDLE_EXTRAS, gaps, type Candles } from '../../src/core/candles.ts'
import type { Frame } from '../../src/core/frame.ts'
import { HOUR_MS, parseInstant, plusMs, type InstantMs } from '../../src/core/instant.ts'
import { seededRandom } from '../../src/core/random.ts'
import { resample } from '../../src/frames/resample.ts'
import { frameOf } from './madeFrame.ts'

/** How a made-up market went: the drift and the volatility of each 4h bar by its share of the whole, 0 to 1. */
export interface Shape {
  readonly name: string
  readonly days: number
  readonly price: number
  readonly drift: (share: number) => number
  readonly noise: number
  readonly asset?: string
  readonly market?: string
  /** Days before the end that have no candles. */
  readonly missingDays?: readonly number[]
  readonly fourHour?: 'none'
  /** Days from the last candle to the note. */
  readonly staleDays?: number
  readonly simulated?: boolean
  readonly volume?: number
}

const NONE = (): number => 0

/** Markets as unlike each other as candles allow. */
export const SHAPES: readonly Shape[] = [
  { name: 'a rise to its high', days: 500, price: 1000, drift: () => 0.0015, noise: 0.008 },
  { name: 'a straight rise', days: 400, price: 50, drift: () => 0.002, noise: 0.0003 },
  { name: 'a crash at the end', days: 420, price: 3000, drift: (x) => (x > 0.98 ? -0.02 : 0.0005), noise: 0.006 },
  { name: 'a crash and a recovery', days: 420, price: 3000, drift: crashThenRise, noise: 0.007 },
  { name: 'a long fall', days: 400, price: 4000, drift: () => -0.001, noise: 0.006 },
  { name: 'a quiet market', days: 400, price: 1.0003, drift: NONE, noise: 0.00005 },
  { name: 'a price that never moves', days: 200, price: 1, drift: NONE, noise: 0, volume: 0 },
  { name: 'a wild market', days: 400, price: 0.08, drift: NONE, noise: 0.06 },
  { name: 'a short history', days: 61, price: 20, drift: NONE, noise: 0.01 },
  { name: 'a tiny price', days: 300, price: 0.0000012, drift: NONE, noise: 0.01, asset: 'PEPE' },
  { name: 'a price far below that', days: 300, price: 2.4e-9, drift: NONE, noise: 0.01, asset: 'DUST' },
  { name: 'a large price', days: 400, price: 93_691, drift: NONE, noise: 0.006, asset: 'BTC' },
  { name: 'gaps long ago', days: 300, price: 200, drift: NONE, noise: 0.01, missingDays: [210, 150, 149, 148] },
  { name: 'a gap two days before the end', days: 300, price: 200, drift: NONE, noise: 0.01, missingDays: [3] },
  { name: 'a gap a fortnight before the end', days: 300, price: 200, drift: NONE, noise: 0.01, missingDays: [15] },
  { name: 'a gap a month before the end', days: 300, price: 200, drift: NONE, noise: 0.01, missingDays: [31, 30] },
  { name: 'no candles of four hours', days: 400, price: 700, drift: NONE, noise: 0.01, fourHour: 'none' },
  { name: 'perpetuals only', days: 150, price: 14, drift: NONE, noise: 0.015, market: 'perp' },
  { name: 'candles that end long before the note', days: 200, price: 14, drift: NONE, noise: 0.01, staleDays: 40 },
  { name: 'a simulated market', days: 200, price: 1800, drift: NONE, noise: 0.01, simulated: true },
]

function crashThenRise(share: number): number {
  if (share < 0.8) return 0.0004
  return share < 0.86 ? -0.006 : 0.003
}

export interface MadeFrames {
  readonly daily: Frame
  readonly fourHour: Frame | undefined
}

/** Daily and four-hour frames of one made-up market, seeded. */
export function framesOf(shape: Shape, seed: string): MadeFrames {
  const four = walk(shape, seed)
  const daily = resample(four, 24 * HOUR_MS)
  const asOf: InstantMs = plusMs(four.start, four.length * four.step + (shape.staleDays ?? 0) * 24 * HOUR_MS)
  const { asset, market, simulated } = shape
  const options = {
    asOf,
    ...(asset === undefined ? {} : { asset }),
    ...(market === undefined ? {} : { market }),
    ...(simulated === undefined ? {} : { simulated }),
  }
  return {
    daily: frameOf(daily, { ...options, builtFrom: '4h' }),
    fourHour: shape.fourHour === 'none' ? undefined : frameOf(four, options),
  }
}

const BARS_A_DAY = 6

function walk({ name, days, price, drift, noise, missingDays = [], volume = 1000 }: Shape, seed: string): Candles {
  const random = seededRandom(`${name} ${seed}`)
  // Four bars more than whole days: the note stands at 16:00.
  const length = days * BARS_A_DAY + 4
  const column = () => gaps(length)
  const [open, high, low, close, traded] = [column(), column(), column(), column(), column()]
  let last = price
  for (let i = 0; i < length; i++) {
    const first = last
    last = first * Math.exp(drift(i / length) + noise * random.normal())
    const shadow = () => Math.exp(noise * Math.abs(random.normal()) * 0.5)
    const [top, bottom, coins] = [shadow(), shadow(), volume * Math.exp(0.5 * random.normal())]
    if (missingDays.includes(Math.floor((length - 5 - i) / BARS_A_DAY))) continue
    open[i] = first
    high[i] = Math.max(first, last) * top
    low[i] = Math.min(first, last) / bottom
    close[i] = last
    traded[i] = coins
  }
  const extras = Object.fromEntries(CANDLE_EXTRAS.map((field) => [field, gaps(length)]))
  const start = plusMs(parseInstant('2025-04-23'), -days * 24 * HOUR_MS)
  return { start, step: 4 * HOUR_MS, length, open, high, low, close, volume: traded, ...extras } as Candles
}
