import { gaps } from '../../src/core/candles.ts'
import { DAY_MS, parseInstant } from '../../src/core/instant.ts'
import { seededRandom } from '../../src/core/random.ts'
import type { Figure, FigureOptions } from '../../src/figures/figure.ts'
import { formatCompact, formatFixed } from '../../src/figures/format.ts'
import { fundingFigure } from '../../src/figures/fundingFigure.ts'
import { toneByRank } from '../../src/figures/gutter.ts'
import { heatMapFigure } from '../../src/figures/heatMapFigure.ts'
import type { HeatInput } from '../../src/figures/heatPane.ts'
import { linesFigure } from '../../src/figures/linesFigure.ts'
import type { LiquidationMapInput } from '../../src/figures/liquidationMap.ts'
import { liquidationMapFigure } from '../../src/figures/liquidationMapFigure.ts'
import { openInterestFigure } from '../../src/figures/openInterestFigure.ts'

const START = parseInstant('2024-12-05')
const LENGTH = 140
export const contractGrid = { start: START, step: DAY_MS, length: LENGTH }

const random = seededRandom('contract figures')

/** A seeded walk that never falls under a tenth of where it began. */
function walk(start: number, step: number): Float64Array {
  let value = start
  return Float64Array.from(
    { length: LENGTH },
    () => (value = Math.max(start / 10, value * Math.exp(random.normal() * step))),
  )
}

const without = (values: Float64Array, from: number, to: number): Float64Array =>
  values.map((value, i) => (i >= from && i < to ? NaN : value))

const price = walk(3600, 0.03)
const interest = without(walk(8.4e6, 0.015), 60, 63)

const REGIMES = [
  'leverage led',
  'spot led',
  'both led',
  'short squeeze',
  'short covering',
  'longs liquidated',
  'unclear',
]
const windows = Array.from({ length: LENGTH / 7 }, (_, i) => ({
  from: 7 * i,
  to: 7 * i + 6,
  label: REGIMES[Math.floor(random.uniform() * REGIMES.length)] as string,
  way: random.uniform() < 0.5 ? ('up' as const) : ('down' as const),
}))

/** A map of 60 bins of 1 % around the last price, thick near a few of them. */
function madeMap(): LiquidationMapInput {
  const mark = price.at(-1) as number
  const middles = Float64Array.from({ length: 60 }, (_, i) => mark * 1.01 ** (i - 29.5))
  const amount = (bin: number, at: number): number =>
    4e6 * random.uniform() + 1.2e8 * Math.exp(-(((bin - at) / 2) ** 2)) + 5e7 * Math.exp(-(((bin - at * 0.6) / 4) ** 2))
  return {
    price: middles,
    longUsd: middles.map((_, i) => (i < 30 ? amount(i, 20) : 0)),
    shortUsd: middles.map((_, i) => (i >= 30 ? amount(60 - i, 22) : 0)),
    mark,
    basis: 'estimate',
  }
}

/** A heat map of 80 bins over 60 days, without a map on two of them. */
function madeHeat(): HeatInput {
  const grid = { start: parseInstant('2025-02-23'), step: DAY_MS, length: 60 }
  const close = price.subarray(LENGTH - 60)
  const middle = Math.sqrt(Math.min(...close) * Math.max(...close))
  const bins = Float64Array.from({ length: 80 }, (_, i) => middle * 1.01 ** (i - 39.5))
  const usd = Array.from(bins, (at) => {
    const column = gaps(60)
    for (let i = 0; i < 60; i++) {
      if (i === 20 || i === 21) continue
      const apart = Math.abs(Math.log(at / (close[i] as number)))
      column[i] = apart < 0.02 ? 0 : 1e8 * Math.exp(-(((apart - 0.08) / 0.05) ** 2)) * (0.3 + random.uniform())
    }
    return column
  })
  return {
    grid,
    bins,
    usd,
    price: { id: 'close', label: 'Price', values: close },
    unit: 'USD per 1 % of price, estimate',
  }
}

const venues = ['Binance', 'Bybit', 'OKX', 'Gate', 'Bitget', 'Hyperliquid'].map((label, i) => ({
  id: label.toLowerCase(),
  label,
  values: i === 1 ? without(walk(1.1e6, 0.02), 100, 112) : walk(1.8e6 / (i + 1), 0.02),
  tone: toneByRank(i),
}))

const flow = (size: number): Float64Array => {
  let sum = 0
  return Float64Array.from({ length: LENGTH }, () => (sum += size * random.normal()))
}

const share = (at: number): Float64Array =>
  Float64Array.from({ length: LENGTH }, (_, i) => at + 3 * Math.sin(i / 15) + random.normal())

const percent = (value: number): string => `${formatFixed(value, 0)} %`

const funding = without(
  share(6).map((value, i) => value - i / 15),
  30,
  33,
)
const flows = { spot: flow(1.5e8), futures: flow(6e8) }
const shares = [70, 61, 72, 49].map(share)

export const madeMapInput = madeMap()
export const madeHeatInput = madeHeat()

/** Every figure of contracts by name, drawn from made-up columns. */
export const contractFigures: Readonly<Record<string, (options: FigureOptions) => Figure>> = {
  interest: (options) =>
    openInterestFigure(
      {
        grid: contractGrid,
        price: { id: 'close', label: 'close', heading: 'Price, USDT', values: price },
        interest: { id: 'open_interest', label: 'ETH', heading: 'Open interest, ETH', values: interest },
        bounds: { id: 'one_sided', lower: interest.map((value) => value / 2), upper: interest },
        regimes: {
          heading: 'What drove both, by 7 days',
          note: 'hollow: price rose',
          order: REGIMES,
          unclear: 'unclear',
          windows,
        },
        captions: ['Light band: not known'],
      },
      options,
    ),
  venues: (options) =>
    linesFigure(
      { grid: contractGrid, key: 'venues', lines: venues, axis: 'value', base: 0, size: 'tall', write: formatCompact },
      options,
    ),
  cvd: (options) =>
    linesFigure(
      {
        grid: contractGrid,
        key: 'cvd',
        heading: 'Summed up from 5 Dec 2024, USD',
        lines: [
          { id: 'cvd_spot', label: 'spot', values: flows.spot, tone: 'ink' },
          { id: 'cvd_futures', label: 'futures', values: flows.futures, tone: 'accent' },
        ],
        axis: 'value',
        base: 0,
        size: 'tall',
        write: formatCompact,
      },
      options,
    ),
  funding: (options) =>
    fundingFigure(
      {
        grid: contractGrid,
        key: 'funding',
        heading: 'Longs pay shorts, % a year',
        note: 'filled: shorts pay longs',
        bars: { id: 'funding', label: 'a year', values: funding },
        write: percent,
      },
      options,
    ),
  shares: (options) =>
    linesFigure(
      {
        grid: contractGrid,
        key: 'shares',
        lines: ['all accounts', 'top positions', 'top accounts', 'taker volume'].map((label, i) => ({
          id: label.replace(' ', '_'),
          label,
          values: shares[i] as Float64Array,
          tone: toneByRank(i),
        })),
        axis: 'value',
        base: 50,
        size: 'tall',
        write: percent,
      },
      options,
    ),
  map: (options) => liquidationMapFigure(madeMapInput, options),
  exact: (options) => liquidationMapFigure({ ...madeMapInput, basis: 'published' }, options),
  heat: (options) => heatMapFigure(madeHeatInput, options),
}
