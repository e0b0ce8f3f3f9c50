// All candle indicators and patterns over one million seeded candles on one core; beside them trading-signals and
// technicalindicators on the same candles, and TA-Lib's WASM build on the first 200,000 (it aborts above), as ratios per candle.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as streaming from 'trading-signals'
import { seededRandom } from '../dist/core/random.js'
import { adx } from '../dist/metrics/price/adx.js'
import { atr } from '../dist/metrics/price/atr.js'
import { bollinger } from '../dist/metrics/price/bollinger.js'
import { drawdown } from '../dist/metrics/price/drawdown.js'
import { ema } from '../dist/metrics/price/ema.js'
import { macd } from '../dist/metrics/price/macd.js'
import { mfi } from '../dist/metrics/price/mfi.js'
import { momentum } from '../dist/metrics/price/momentum.js'
import { obv } from '../dist/metrics/price/obv.js'
import { realisedVolatility } from '../dist/metrics/price/realisedVolatility.js'
import { rebound } from '../dist/metrics/price/rebound.js'
import { simpleReturn } from '../dist/metrics/price/return.js'
import { rsi } from '../dist/metrics/price/rsi.js'
import { sma } from '../dist/metrics/price/sma.js'
import { stochastic } from '../dist/metrics/price/stochastic.js'
import { darkCloud24hPattern, darkCloudPattern } from '../dist/setups/patterns/darkCloud.js'
import { dojiPattern } from '../dist/setups/patterns/doji.js'
import { engulfingPattern } from '../dist/setups/patterns/engulfing.js'
import { hammerPattern } from '../dist/setups/patterns/hammer.js'
import { haramiPattern } from '../dist/setups/patterns/harami.js'
import { piercing24hPattern, piercingPattern } from '../dist/setups/patterns/piercing.js'
import { shootingStarPattern } from '../dist/setups/patterns/shootingStar.js'
import {
  eveningStar24hPattern,
  eveningStarPattern,
  morningStar24hPattern,
  morningStarPattern,
} from '../dist/setups/patterns/stars.js'

const CANDLES = 1_000_000
const TALIB_CANDLES = 200_000
const RUNS = 5
const PEER_RUNS = 3
const GOAL_S = 1.5

const require = createRequire(import.meta.url)

/** A random walk on ticks of 0.01 with opening gaps now and then, so that every pattern and every tie occurs. */
function syntheticCandles(seed, length) {
  const random = seededRandom(seed)
  const names = ['open', 'high', 'low', 'close', 'volume']
  const candles = Object.fromEntries(names.map((name) => [name, new Float64Array(length)]))
  const tick = (price) => Math.round(price * 100) / 100
  let price = 100
  for (let i = 0; i < length; i++) {
    const open = random.uniform() < 0.5 ? price : tick(price * Math.exp(0.002 * random.normal()))
    // Pulled back to 100, so that a million steps stay at prices of one size.
    const close = tick(open * Math.exp(0.01 * random.normal() - 0.0005 * Math.log(open / 100)))
    candles.open[i] = open
    candles.close[i] = close
    candles.high[i] = tick(Math.max(open, close) * Math.exp(0.005 * Math.abs(random.normal())))
    candles.low[i] = tick(Math.min(open, close) * Math.exp(-0.005 * Math.abs(random.normal())))
    candles.volume[i] = 1000 * Math.exp(random.normal())
    price = close
  }
  return candles
}

const OURS = {
  'sma(20)': ({ close }) => sma(close, 20),
  'ema(20)': ({ close }) => ema(close, 20),
  'rsi(14)': ({ close }) => rsi(close),
  'macd(12, 26, 9)': ({ close }) => macd(close),
  'mfi(14)': (candles) => mfi(candles),
  'momentum(10)': ({ close }) => momentum(close),
  'atr(14)': (candles) => atr(candles),
  'bollinger(20, 2)': ({ close }) => bollinger(close),
  'stochastic(14, 3, 3)': (candles) => stochastic(candles),
  obv: ({ close, volume }) => obv(close, volume),
  'adx(14)': (candles) => adx(candles),
  'return(1)': ({ close }) => simpleReturn(close),
  'realised_volatility(30)': ({ close }) => realisedVolatility(close, 30),
  drawdown: (candles) => drawdown(candles),
  rebound: ({ low, close }) => rebound(low, close),
  engulfing: engulfingPattern,
  hammer: hammerPattern,
  shooting_star: shootingStarPattern,
  doji: dojiPattern,
  morning_star: morningStarPattern,
  evening_star: eveningStarPattern,
  piercing: piercingPattern,
  dark_cloud: darkCloudPattern,
  harami: haramiPattern,
  morning_star_24h: morningStar24hPattern,
  evening_star_24h: eveningStar24hPattern,
  piercing_24h: piercing24hPattern,
  dark_cloud_24h: darkCloud24hPattern,
}

/** Feeds an indicator of trading-signals one value or candle after the other and keeps its results as a column. */
function fed(indicator, items, read = Number) {
  const out = new Float64Array(items.length)
  for (let i = 0; i < items.length; i++) {
    const result = indicator.update(items[i], false)
    out[i] = result === null ? NaN : read(result)
  }
  return out
}

const { EMA, SMA, RSI, MACD, MFI, MOM, ATR, BollingerBands, StochasticOscillator, OBV, ADX } = streaming

const TRADING_SIGNALS = {
  'sma(20)': ({ closes }) => fed(new SMA(20), closes),
  'ema(20)': ({ closes }) => fed(new EMA(20), closes),
  'rsi(14)': ({ closes }) => fed(new RSI(14), closes),
  'macd(12, 26, 9)': ({ closes }) => fed(new MACD(new EMA(12), new EMA(26), new EMA(9)), closes, ({ macd }) => macd),
  'mfi(14)': ({ bars }) => fed(new MFI(14), bars),
  'momentum(10)': ({ closes }) => fed(new MOM(10), closes),
  'atr(14)': ({ bars }) => fed(new ATR(14), bars),
  'bollinger(20, 2)': ({ closes }) => fed(new BollingerBands(20, 2), closes, ({ upper }) => upper),
  'stochastic(14, 3, 3)': ({ bars }) =>
    fed(new StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 }), bars, ({ stochK }) => stochK),
  obv: ({ bars }) => fed(new OBV(2), bars),
  'adx(14)': ({ bars }) => fed(new ADX(14), bars),
}

const ti = require('technicalindicators')

const TECHNICALINDICATORS = {
  'sma(20)': ({ close }) => ti.SMA.calculate({ period: 20, values: close }),
  'ema(20)': ({ close }) => ti.EMA.calculate({ period: 20, values: close }),
  'rsi(14)': ({ close }) => ti.RSI.calculate({ period: 14, values: close }),
  'macd(12, 26, 9)': ({ close }) =>
    ti.MACD.calculate({
      values: close,
      fastPeriod: 12,
      slowPeriod: 26,
      signalPeriod: 9,
      SimpleMAOscillator: false,
      SimpleMASignal: false,
    }),
  'mfi(14)': ({ high, low, close, volume }) => ti.MFI.calculate({ high, low, close, volume, period: 14 }),
  'atr(14)': ({ high, low, close }) => ti.ATR.calculate({ high, low, close, period: 14 }),
  'bollinger(20, 2)': ({ close }) => ti.BollingerBands.calculate({ values: close, period: 20, stdDev: 2 }),
  'stochastic(14, 3, 3)': ({ high, low, close }) =>
    ti.Stochastic.calculate({ high, low, close, period: 14, signalPeriod: 3 }),
  obv: ({ close, volume }) => ti.OBV.calculate({ close, volume }),
  'adx(14)': ({ high, low, close }) => ti.ADX.calculate({ high, low, close, period: 14 }),
  engulfing: (columns) =>
    eachPair(columns, (pair) => ti.bullishengulfingpattern(pair) || ti.bearishengulfingpattern(pair)),
}

/** Its patterns look at the last candles of what they are given: here at every two neighbours. */
function eachPair({ open, high, low, close }, matches) {
  const pair = { open: [0, 0], high: [0, 0], low: [0, 0], close: [0, 0] }
  const out = new Int8Array(close.length)
  for (let i = 1; i < close.length; i++) {
    for (const [name, column] of [
      ['open', open],
      ['high', high],
      ['low', low],
      ['close', close],
    ]) {
      pair[name][0] = column[i - 1]
      pair[name][1] = column[i]
    }
    out[i] = matches(pair) ? 1 : 0
  }
  return out
}

/** TA-Lib's function and options for each id, through the wrapper that comes with the build. */
const TALIB = {
  'sma(20)': ['SMA', { timePeriod: 20 }],
  'ema(20)': ['EMA', { timePeriod: 20 }],
  'rsi(14)': ['RSI', { timePeriod: 14 }],
  'macd(12, 26, 9)': ['MACD', { fastPeriod: 12, slowPeriod: 26, signalPeriod: 9 }],
  'mfi(14)': ['MFI', { timePeriod: 14 }],
  'momentum(10)': ['MOM', { timePeriod: 10 }],
  'atr(14)': ['ATR', { timePeriod: 14 }],
  'bollinger(20, 2)': ['BBANDS', { timePeriod: 20, nbDevUp: 2, nbDevDn: 2, MAType: 0 }],
  'stochastic(14, 3, 3)': [
    'STOCH',
    { fastK_Period: 14, slowK_Period: 3, slowK_MAType: 0, slowD_Period: 3, slowD_MAType: 0 },
  ],
  obv: ['OBV', {}],
  'adx(14)': ['ADX', { timePeriod: 14 }],
  engulfing: ['CDLENGULFING', {}],
  hammer: ['CDLHAMMER', {}],
  shooting_star: ['CDLSHOOTINGSTAR', {}],
  doji: ['CDLDOJI', {}],
  morning_star: ['CDLMORNINGSTAR', { penetration: 0.3 }],
  evening_star: ['CDLEVENINGSTAR', { penetration: 0.3 }],
  piercing: ['CDLPIERCING', {}],
  dark_cloud: ['CDLDARKCLOUDCOVER', { penetration: 0.5 }],
  harami: ['CDLHARAMI', {}],
}

/** A fresh instance: each call writes one value past its columns, so that a later one may abort. */
async function openTalib() {
  const entry = require.resolve('talib-web')
  delete require.cache[entry]
  const talib = require(entry)
  // With fetch in sight the build takes itself for a browser and cannot open the file.
  const { fetch } = globalThis
  globalThis.fetch = undefined
  try {
    await talib.init(join(dirname(entry), 'talib.wasm'))
  } finally {
    globalThis.fetch = fetch
  }
  return talib
}

async function timedTalib(columns) {
  const medians = {}
  for (const [id, [name, options]] of Object.entries(TALIB)) {
    const times = []
    for (let i = 0; i < PEER_RUNS; i++) {
      const talib = await openTalib()
      times.push(timed(() => talib[name]({ ...columns, inReal: columns.close, ...options }), 1).busy)
    }
    medians[id] = { busy: median(times) }
  }
  return medians
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1]
}

/** Median times in ms, by the wall and of the processor: on a busy machine only the second compares. */
function timed(work, runs) {
  let kept
  const times = Array.from({ length: runs }, () => {
    const cpu = process.cpuUsage()
    const start = performance.now()
    kept = work()
    const wall = performance.now() - start
    const { user, system } = process.cpuUsage(cpu)
    return { wall, busy: (user + system) / 1000 }
  })
  // Kept alive until its clock has stopped.
  if (kept === undefined) throw new Error('a workload gave nothing')
  return { wall: median(times.map(({ wall }) => wall)), busy: median(times.map(({ busy }) => busy)) }
}

const timedAll = (workloads, input, runs) =>
  Object.fromEntries(Object.entries(workloads).map(([id, work]) => [id, timed(() => work(input), runs)]))

const firstOf = (candles, length) =>
  Object.fromEntries(Object.entries(candles).map(([name, column]) => [name, Array.from(column.subarray(0, length))]))

function barsOf({ open, high, low, close, volume }) {
  return Array.from(close, (_, i) => ({
    open: open[i],
    high: high[i],
    low: low[i],
    close: close[i],
    volume: volume[i],
  }))
}

/** A peer's processor time, and how many times ours it is per candle. */
function cell(peer, peerCandles, ours) {
  if (peer === undefined) return '-'
  const ratio = peer.busy / peerCandles / (ours.busy / CANDLES)
  return `${peer.busy.toFixed(1)} (${ratio.toFixed(ratio < 10 ? 1 : 0)}x)`
}

/** How many times our total a peer's is per candle, over the ids that both have. */
function sharedRatio(ours, peer, peerCandles) {
  const ids = Object.keys(peer)
  const sum = (times) => ids.reduce((total, id) => total + times[id].busy, 0)
  return `${(sum(peer) / peerCandles / (sum(ours) / CANDLES)).toFixed(0)}x over ${ids.length}`
}

const totalOf = (times, key) => (Object.values(times).reduce((sum, time) => sum + time[key], 0) / 1000).toFixed(2)

/** Runs the workload and gives it as a section of the report. */
export async function run() {
  // Every instance of TA-Lib's build listens for uncaught errors of the process.
  process.setMaxListeners(0)
  const candles = syntheticCandles('indicators', CANDLES)
  const ours = timedAll(OURS, candles, RUNS)
  const arrays = firstOf(candles, CANDLES)
  const signals = timedAll(TRADING_SIGNALS, { closes: arrays.close, bars: barsOf(candles) }, PEER_RUNS)
  const technical = timedAll(TECHNICALINDICATORS, arrays, PEER_RUNS)
  const wasm = await timedTalib(firstOf(candles, TALIB_CANDLES))
  const lines = Object.entries(ours).map(([id, times]) => {
    const peers = [cell(signals[id], CANDLES, times), cell(technical[id], CANDLES, times)]
    return `| ${[id, times.busy.toFixed(1), ...peers, cell(wasm[id], TALIB_CANDLES, times)].join(' | ')} |`
  })
  const million = CANDLES.toLocaleString('en')
  const markdown = [
    `All candle indicators and patterns over ${million} candles: **${totalOf(ours, 'wall')} s**, ${totalOf(ours, 'busy')} s of processor`,
    `time (goal: under ${GOAL_S} s on one core; sums of medians of ${RUNS}). The table is processor time in ms for ${million} candles,`,
    `talib-web's for ${TALIB_CANDLES.toLocaleString('en')}, since it aborts above (peers: medians of ${PEER_RUNS}); in brackets how many times ours it is`,
    'per candle. Peers are called as their own documentation does. talib-web copies its columns in and out and leaves its candle',
    'settings at 0, so that its patterns other than engulfing are timed but not right; technicalindicators rounds rsi and mfi.',
    '',
    `Together, over what both have: trading-signals ${sharedRatio(ours, signals, CANDLES)}, technicalindicators`,
    `${sharedRatio(ours, technical, CANDLES)}, talib-web ${sharedRatio(ours, wasm, TALIB_CANDLES)}.`,
    '',
    '| indicator | Assayer | trading-signals | technicalindicators | talib-web |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...lines,
  ].join('\n')
  return { title: 'Indicators and patterns', markdown }
}

if (process.argv[1] === import.meta.filename) console.log((await run()).markdown)
