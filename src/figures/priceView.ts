import type { DrawnCandles } from './candlePane.ts'
import type { Channel } from './channel.ts'
import type { Divergence } from './divergence.ts'
import type { Layout } from './figure.ts'
import { levelsInView, type Level } from './levels.ts'
import { extentOf, type Line } from './linePane.ts'
import type { Mark } from './marks.ts'
import { checkedColumn } from './plot.ts'
import { priceScale, type ValueScale } from './scales.ts'
import { hasVolume } from './volumePane.ts'

/** Candles and what is said about them. */
export interface PriceInput {
  readonly candles: DrawnCandles
  /** Unit of volume: `ETH`. */
  readonly volumeUnit: string
  readonly overlays?: readonly Line[]
  readonly channel?: Channel
  readonly levels?: readonly Level[]
  readonly marks?: readonly Mark[]
  /** Joined at the prices of both pivots. */
  readonly divergences?: readonly Divergence[]
}

/** What is in view and where: prices down to `bottom`, volume under them down to `height`. */
export interface PriceView {
  readonly low: number
  readonly high: number
  readonly levels: readonly Level[]
  readonly height: number
  readonly bottom: number
  readonly spacing: number
  readonly isEmpty: boolean
}

/**
 * The range of prices and the heights. Channel edges do not widen the range: they are cut where they leave it.
 * @throws {GridMismatchError} a column has not one value a candle
 */
export function priceViewOf(layout: Layout, input: PriceInput): PriceView {
  checkColumns(input)
  const { candles, overlays = [], levels = [] } = input
  const whole = layout.kind === 'wide' ? 440 : 340
  const drawn = extentOf([candles.high, candles.low, ...overlays.map(({ values }) => values)])
  const range = drawn ?? { low: 0, high: 1 }
  const inView = drawn === undefined ? [] : levelsInView(levels, range)
  const prices = inView.map(({ price }) => price)
  return {
    low: Math.min(range.low, ...prices),
    high: Math.max(range.high, ...prices),
    levels: inView,
    height: whole,
    bottom: hasVolume(candles) ? whole * 0.8 - layout.label - 10 : whole,
    spacing: layout.kind === 'wide' ? 44 : 38,
    isEmpty: drawn === undefined,
  }
}

/** The price axis, with room for marks above and below the candles. */
export function priceScaleOf(view: PriceView, above: number, below: number): ValueScale {
  const { low, high, bottom, spacing } = view
  return priceScale({ low, high, top: PADDING + above, bottom: bottom - PADDING - below, spacing })
}

const PADDING = 8

function checkColumns({ candles, overlays = [], channel }: PriceInput): void {
  for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) checkedColumn(candles, name, candles[name])
  for (const { id, values } of overlays) checkedColumn(candles, id, values)
  if (channel === undefined) return
  checkedColumn(candles, 'channel_upper', channel.upper)
  checkedColumn(candles, 'channel_lower', channel.lower)
}
