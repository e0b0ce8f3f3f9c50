import { emaStream } from '../metrics/price/ema.ts'
import type { Bars, Emit, SetupFamily } from './setup.ts'
import { closeOf, highOf, lowOf, sideOf, type Direction } from './direction.ts'

/** Bars, the bar itself included, whose volume it must top. */
const VOLUME_BARS = 60
const LEAST_SHADOW = 0.4
const MOST_BODY = 0.35
const EMA_BARS = 20

/**
 * Great effort, little result. `stopping_volume`: volume the highest of 60 bars (the bar and the 59 before it, without a tie),
 * lower shadow at least 40 % of the range, |close - open| at most 35 % of the range, close below a falling EMA(20). `buying_climax` is its mirror: the upper shadow, close above a rising EMA(20). Before 60 bars, on a bar
 * without range or where nothing traded before: none. No parameters.
 *
 * Evidence: `shadow_pct` and `body_pct` (percent of the range), `volume` (coins), `volume_ratio` (over the highest of
 * the 59 before), `close`, `ema`.
 * @see methods: structure
 * @example detect(stoppingVolume, {}, candles).map((event) => event.setup) // ['stopping_volume']
 */
export const stoppingVolume: SetupFamily = {
  kinds: { stopping_volume: 'Stopping volume', buying_climax: 'Buying climax' },
  params: [],
  warmUp: () => VOLUME_BARS - 1,
  detector: (_params, emit) => {
    const ema = emaStream(EMA_BARS)
    const down = climaxDetector(1, emit)
    const up = climaxDetector(-1, emit)
    return (bars, i) => {
      const average = ema(bars.close[i] as number)
      down(bars, i, average)
      up(bars, i, average)
    }
  },
}

type ClimaxStep = (bars: Bars, i: number, ema: number) => void

function climaxDetector(direction: Direction, emit: Emit): ClimaxStep {
  return (bars, i, ema) => {
    if (i < VOLUME_BARS - 1) return
    // A close below its EMA has pulled that EMA down, so this alone says that the average falls.
    const close = closeOf(bars, i, direction)
    if (!(close < direction * ema)) return
    const open = direction * (bars.open[i] as number)
    const low = lowOf(bars, i, direction)
    const range = highOf(bars, i, direction) - low
    const shadow = Math.min(open, close) - low
    const body = Math.abs(close - open)
    if (!(range > 0) || shadow < LEAST_SHADOW * range || body > MOST_BODY * range) return
    const volume = bars.volume[i] as number
    const highest = highestVolume(bars, i, volume)
    if (!(volume > highest && highest > 0)) return
    emit({
      setup: direction === 1 ? 'stopping_volume' : 'buying_climax',
      bar: i,
      side: sideOf(direction),
      evidence: {
        shadow_pct: (100 * shadow) / range,
        body_pct: (100 * body) / range,
        volume,
        volume_ratio: volume / highest,
        close: direction * close,
        ema,
      },
    })
  }
}

/** Highest volume of the bars before, or the first found that `volume` does not top. */
function highestVolume(bars: Bars, i: number, volume: number): number {
  let highest = 0
  for (let j = i - 1; j > i - VOLUME_BARS; j--) {
    const other = bars.volume[j] as number
    if (!(other < volume)) return Infinity
    if (other > highest) highest = other
  }
  return highest
}
