import type { Bar } from '../core/candles.ts'
import { numberParam } from '../core/params.ts'
import { mfiStream } from '../metrics/price/mfi.ts'
import { rsiStream } from '../metrics/price/rsi.ts'
import { barOf } from './barOf.ts'
import { sideOf, type Direction } from './direction.ts'
import type { Emit, SetupFamily } from './setup.ts'

/**
 * Extremes of the relative strength index (Wilder). `rsi_oversold(n)`: the first close with an RSI below 30; `rsi_oversold_end`: the
 * first close at or above 30 again, naming its entry in `of`. `rsi_overbought` and `rsi_overbought_end`: above 70, and at or below
 * again. An RSI that is beyond at its first defined bar is no entry: when it went there is not known.
 *
 * Parameter `n`: bars of the RSI, 14 unless said. Evidence of an entry: `value` (0 to 100), `close`. Of an end: `value` (at the exit),
 * `close`, `extreme` (the lowest or highest RSI on the way), `bars` from entry to exit; its `pivot` is the bar of the extreme.
 * @see methods: structure
 * @example detect(rsiExtremes, { n: 14 }, candles).map((event) => event.setup) // ['rsi_oversold', 'rsi_oversold_end']
 */
export const rsiExtremes: SetupFamily = extremesFamily({
  name: 'rsi',
  title: 'RSI',
  oversold: 30,
  overbought: 70,
  stream: (n) => {
    const rsi = rsiStream(n)
    return (bar) => rsi(bar.close)
  },
})

/**
 * Extremes of the money flow index: `mfi_oversold(n)` below 20, `mfi_overbought(n)` above 80, each with its `_end`. Rules, parameter and
 * evidence are those of `rsiExtremes`.
 * @see methods: structure
 * @example detect(mfiExtremes, { n: 14 }, candles).map((event) => event.setup) // ['mfi_oversold', 'mfi_oversold_end']
 */
export const mfiExtremes: SetupFamily = extremesFamily({
  name: 'mfi',
  title: 'MFI',
  oversold: 20,
  overbought: 80,
  stream: mfiStream,
})

interface Bounds {
  readonly name: string
  readonly title: string
  readonly oversold: number
  readonly overbought: number
  readonly stream: (n: number) => (bar: Bar) => number
}

function extremesFamily({ name, title, oversold, overbought, stream }: Bounds): SetupFamily {
  return {
    kinds: {
      [`${name}_oversold`]: `${title} oversold (below ${oversold})`,
      [`${name}_oversold_end`]: `${title} no longer oversold`,
      [`${name}_overbought`]: `${title} overbought (above ${overbought})`,
      [`${name}_overbought_end`]: `${title} no longer overbought`,
    },
    params: [{ name: 'n', kind: 'count', default: 14, min: 2 }],
    // The first value stands after n changes; an entry needs a value before it.
    warmUp: (params) => numberParam(params, 'n') + 1,
    detector: (params, emit) => {
      const oscillator = stream(numberParam(params, 'n'))
      const low = extremeDetector(`${name}_oversold`, oversold, 1, emit)
      const high = extremeDetector(`${name}_overbought`, overbought, -1, emit)
      return (bars, i) => {
        const close = bars.close[i] as number
        const value = oscillator(barOf(bars, i))
        if (Number.isNaN(value)) return
        low(value, close, i)
        high(value, close, i)
      }
    },
  }
}

function extremeDetector(
  setup: string,
  bound: number,
  direction: Direction,
  emit: Emit,
): (value: number, close: number, i: number) => void {
  const side = sideOf(direction)
  // Until the first value that is not beyond, an entry cannot be dated.
  let isArmed = false
  let entry = -1
  let extreme = 0
  let extremeBar = -1
  return (value, close, i) => {
    const isBeyond = direction * value < direction * bound
    if (isBeyond && isArmed && entry < 0) {
      entry = i
      extremeBar = -1
      emit({ setup, bar: i, side, evidence: { value, close } })
    }
    if (isBeyond && (extremeBar < 0 || direction * value < direction * extreme)) {
      extreme = value
      extremeBar = i
    }
    if (isBeyond) return
    isArmed = true
    if (entry < 0) return
    const of = { setup, bar: entry }
    const evidence = { value, close, extreme, bars: i - entry }
    emit({ setup: `${setup}_end`, bar: i, side, pivot: extremeBar, of, evidence })
    entry = -1
  }
}
