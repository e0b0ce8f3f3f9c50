import { beforeAll, expect, it } from 'vitest'
import { barAt, type Bar, type Candles } from '../../src/core/candles.ts'
import { HOUR_MS } from '../../src/core/instant.ts'
import { adx, adxStream } from '../../src/metrics/price/adx.ts'
import { atr, atrStream } from '../../src/metrics/price/atr.ts'
import { bollinger, bollingerStream } from '../../src/metrics/price/bollinger.ts'
import { ema, emaStream } from '../../src/metrics/price/ema.ts'
import { macd, macdStream } from '../../src/metrics/price/macd.ts'
import { mfi, mfiStream } from '../../src/metrics/price/mfi.ts'
import { momentum, momentumStream } from '../../src/metrics/price/momentum.ts'
import { obv, obvStream } from '../../src/metrics/price/obv.ts'
import { rsi, rsiStream } from '../../src/metrics/price/rsi.ts'
import { sma, smaStream } from '../../src/metrics/price/sma.ts'
import { stochastic, stochasticStream } from '../../src/metrics/price/stochastic.ts'
import type { PatternBars } from '../../src/setups/patterns/candle.ts'
import { darkCloudPattern } from '../../src/setups/patterns/darkCloud.ts'
import { dojiPattern } from '../../src/setups/patterns/doji.ts'
import { engulfingPattern } from '../../src/setups/patterns/engulfing.ts'
import { hammerPattern } from '../../src/setups/patterns/hammer.ts'
import { haramiPattern } from '../../src/setups/patterns/harami.ts'
import { piercingPattern } from '../../src/setups/patterns/piercing.ts'
import { shootingStarPattern } from '../../src/setups/patterns/shootingStar.ts'
import { eveningStarPattern, morningStarPattern } from '../../src/setups/patterns/stars.ts'
import { readCandleRuns } from './candleRuns.ts'
import { dataFile, describeWithData } from './data.ts'
import { openTalib, type Talib, type TalibCall } from './talib.ts'

interface Indicator {
  readonly columns: (candles: Candles) => readonly Float64Array[]
  readonly stream: () => (bar: Bar) => readonly number[]
  readonly talib: (candles: Candles) => TalibCall
  /** What a value of 0 is compared against: the price, or for `obv` the volume cumulated so far. */
  readonly scale?: (candles: Candles) => Float64Array
}

const ofClose =
  (next: (close: number) => number) =>
  ({ close }: Bar): readonly number[] => [next(close)]
const ofBar =
  (next: (bar: Bar) => number) =>
  (bar: Bar): readonly number[] => [next(bar)]
const hlc = ({ high, low, close }: Candles): Float64Array[] => [high, low, close]

const INDICATORS: Readonly<Record<string, Indicator>> = {
  'sma(20)': {
    columns: ({ close }) => [sma(close, 20)],
    stream: () => ofClose(smaStream(20)),
    talib: ({ close }) => ({ name: 'SMA', inputs: [close], options: [20] }),
  },
  'ema(20)': {
    columns: ({ close }) => [ema(close, 20)],
    stream: () => ofClose(emaStream(20)),
    talib: ({ close }) => ({ name: 'EMA', inputs: [close], options: [20] }),
  },
  'rsi(14)': {
    columns: ({ close }) => [rsi(close)],
    stream: () => ofClose(rsiStream()),
    talib: ({ close }) => ({ name: 'RSI', inputs: [close], options: [14] }),
  },
  'macd(12, 26, 9)': {
    columns: ({ close }) => lineSignalHistogram(macd(close)),
    stream: () => {
      const next = macdStream()
      return ({ close }) => lineSignalHistogram(next(close))
    },
    talib: ({ close }) => ({ name: 'MACD', inputs: [close], options: [12, 26, 9], outputs: 3 }),
  },
  'mfi(14)': {
    columns: (candles) => [mfi(candles)],
    stream: () => ofBar(mfiStream()),
    talib: (candles) => ({ name: 'MFI', inputs: [...hlc(candles), candles.volume], options: [14] }),
  },
  'momentum(10)': {
    columns: ({ close }) => [momentum(close)],
    stream: () => ofClose(momentumStream()),
    talib: ({ close }) => ({ name: 'MOM', inputs: [close], options: [10] }),
  },
  'atr(14)': {
    columns: (candles) => [atr(candles)],
    stream: () => ofBar(atrStream()),
    talib: (candles) => ({ name: 'ATR', inputs: hlc(candles), options: [14] }),
  },
  'bollinger(20, 2)': {
    columns: ({ close }) => upperMiddleLower(bollinger(close)),
    stream: () => {
      const next = bollingerStream()
      return ({ close }) => upperMiddleLower(next(close))
    },
    talib: ({ close }) => ({ name: 'BBANDS', inputs: [close], options: [20, 2, 2, 0], outputs: 3 }),
  },
  'stochastic(14, 3, 3)': {
    columns: (candles) => kd(stochastic(candles)),
    stream: () => {
      const next = stochasticStream()
      return (bar) => kd(next(bar))
    },
    talib: (candles) => ({ name: 'STOCH', inputs: hlc(candles), options: [14, 3, 0, 3, 0], outputs: 2 }),
  },
  obv: {
    columns: ({ close, volume }) => [obv(close, volume)],
    stream: () => ofBar(obvStream()),
    talib: ({ close, volume }) => ({ name: 'OBV', inputs: [close, volume] }),
    scale: ({ volume }) => cumulated(volume),
  },
  'adx(14)': {
    columns: (candles) => [adx(candles)],
    stream: () => ofBar(adxStream()),
    talib: (candles) => ({ name: 'ADX', inputs: hlc(candles), options: [14] }),
  },
}

const PATTERNS: Readonly<
  Record<string, [name: string, pattern: (bars: PatternBars) => Int8Array, options?: number[]]>
> = {
  'bullish_engulfing and bearish_engulfing': ['CDLENGULFING', engulfingPattern],
  hammer: ['CDLHAMMER', hammerPattern],
  shooting_star: ['CDLSHOOTINGSTAR', shootingStarPattern],
  doji: ['CDLDOJI', dojiPattern],
  morning_star: ['CDLMORNINGSTAR', morningStarPattern, [0.3]],
  evening_star: ['CDLEVENINGSTAR', eveningStarPattern, [0.3]],
  piercing: ['CDLPIERCING', piercingPattern],
  dark_cloud: ['CDLDARKCLOUDCOVER', darkCloudPattern, [0.5]],
  harami: ['CDLHARAMI', haramiPattern],
}

describeWithData('indicators and patterns on real candles', () => {
  let runs: readonly Candles[] = []
  let talib: Talib

  beforeAll(async () => {
    talib = await openTalib()
    runs = [
      ...readCandleRuns(dataFile('market/binance_um_perp_1h_BTC_ETH_2023_2025-12.csv.gz')!, HOUR_MS),
      ...readCandleRuns(dataFile('market/binance_um_perp_4h_2024-12-01_2025-05-10.csv.gz')!, 4 * HOUR_MS),
    ]
  })

  it('looks at 100,000 candles or more', () => {
    expect(runs.reduce((total, { length }) => total + length, 0)).toBeGreaterThanOrEqual(100_000)
  })

  it.each(Object.entries(INDICATORS))('%s agrees with TA-Lib from the first defined value', (_, indicator) => {
    const worst = { excess: 0, at: '' }
    for (const candles of runs) {
      const theirs = talib.real(indicator.talib(candles))
      const scale = indicator.scale?.(candles) ?? candles.close
      for (const [k, ours] of indicator.columns(candles).entries()) {
        const excess = worstExcess(ours, theirs[k]!, scale)
        if (excess.excess > worst.excess) Object.assign(worst, excess)
      }
    }
    expect(worst.excess, worst.at).toBeLessThanOrEqual(1)
  })

  it.each(Object.entries(INDICATORS))('%s equals its streaming form bit for bit', (_, { columns, stream }) => {
    for (const candles of runs) {
      const batch = columns(candles)
      const next = stream()
      for (let i = 0; i < candles.length; i++) {
        const values = next(barAt(candles, i))
        const differs = batch.findIndex((column, k) => !Object.is(column[i], values[k]))
        if (differs >= 0) expect(values[differs], `output ${differs} of bar ${i}`).toBe(batch[differs]![i])
      }
    }
  })

  it.each(Object.entries(PATTERNS))('%s agrees with TA-Lib on every bar', (_, [name, pattern, options = []]) => {
    let found = 0
    for (const candles of runs) {
      const { open, high, low, close } = candles
      const theirs = talib.whole({ name, inputs: [open, high, low, close], options })
      const ours = pattern(candles)
      const differs = ours.findIndex((value, i) => value !== theirs[i])
      if (differs >= 0) expect(ours[differs], `bar ${differs}`).toBe(theirs[differs])
      found += ours.filter((value) => value !== 0).length
    }
    expect(found).toBeGreaterThan(0)
  })
})

/** The greatest |ours - theirs| in tolerances of 1e-9 x max(|theirs|, 1e-3 x scale); infinite where only one side is defined. */
function worstExcess(ours: Float64Array, theirs: Float64Array, scale: Float64Array): { excess: number; at: string } {
  const worst = { excess: 0, at: '' }
  for (let i = 0; i < ours.length; i++) {
    const [a, b] = [ours[i]!, theirs[i]!]
    if (Object.is(a, b)) continue
    const tolerance = 1e-9 * Math.max(Math.abs(b), 1e-3 * Math.abs(scale[i]!))
    const excess = Number.isNaN(a) || Number.isNaN(b) ? Infinity : Math.abs(a - b) / tolerance
    if (excess > worst.excess) Object.assign(worst, { excess, at: `bar ${i} of ${ours.length}: ${a}, TA-Lib ${b}` })
  }
  return worst
}

function cumulated(volume: Float64Array): Float64Array {
  let total = 0
  return volume.map((value) => (total += value))
}

const lineSignalHistogram = <T>({ line, signal, histogram }: { line: T; signal: T; histogram: T }): T[] => [
  line,
  signal,
  histogram,
]
const upperMiddleLower = <T>({ upper, middle, lower }: { upper: T; middle: T; lower: T }): T[] => [upper, middle, lower]
const kd = <T>({ k, d }: { k: T; d: T }): T[] => [k, d]
