// The estimated liquidation map over a year of one-minute candles and open interest: one asset on six venues, then 300 instruments, made
// from a seed one at a time. Beside it the same map by following every position by itself, from scratch, on the first of these minutes.
import { estimateMap } from '../dist/metrics/contracts/estimateMap.js'
import { LEVERAGE_MIX } from '../dist/metrics/contracts/leverageMix.js'
import { sumMaps } from '../dist/metrics/contracts/liquidationMap.js'
import { BIN_WIDTH } from '../dist/metrics/contracts/logBins.js'
import { mapOutline } from '../dist/metrics/contracts/mapOutline.js'

const MINUTES = 365 * 24 * 60
const DAY = 24 * 60
const VENUES = 6
const INSTRUMENTS = 300
const PLAIN_MINUTES = [1_000, 2_000, 4_000]
const GOALS = { assetS: 1, allS: 60, memoryGb: 1.5 }
const MODEL = { contract: 'linear' }

/** Uniform in [-1, 1): a counter hashed, since a year of 300 instruments takes half a billion of them. */
function cheapRandom(seed) {
  let state = Math.imul(seed + 1, 0x9e3779b1)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return (t ^ (t >>> 14)) / 2 ** 31
  }
}

/** A price that wanders four percent a day, within a factor of two or so of its start; open interest wanders too, one minute in a thousand is a gap. */
function tapeOf(seed, length) {
  const next = cheapRandom(seed)
  const tape = {
    low: new Float64Array(length),
    high: new Float64Array(length),
    vwap: new Float64Array(length),
    openInterest: new Float64Array(length),
  }
  let [level, interest] = [0, 0]
  for (let i = 0; i < length; i++) {
    const before = level
    level += 0.0012 * (next() + next()) - 1e-5 * level
    const range = 0.0004 * Math.abs(next())
    const low = 100 * Math.exp(Math.min(before, level) - range)
    const high = 100 * Math.exp(Math.max(before, level) + range)
    interest += 0.0008 * next() - 2e-5 * interest
    tape.low[i] = low
    tape.high[i] = high
    tape.vwap[i] = (low + high) / 2
    tape.openInterest[i] = i % 1000 === 999 ? NaN : 50_000 * (1 + interest)
  }
  return tape
}

/** Wall and processor seconds of a piece of work, and what it gave. */
function timed(work) {
  const cpu = process.cpuUsage()
  const start = performance.now()
  const kept = work()
  const wall = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return { wall, busy: (user + system) / 1e6, kept }
}

/** Every position by itself, looked at in every bucket; dollars of longs and shorts by bin. */
function plainMap({ low, high, vwap, openInterest }, length) {
  const middle = (bin) => Math.exp((bin + 0.5) * BIN_WIDTH)
  let open = []
  for (let i = 0; i < length; i++) {
    const crossed = { 1: 0, [-1]: 0 }
    open = open.filter((each) => {
      const isCrossed = each.side > 0 ? low[i] <= middle(each.bin) : high[i] >= middle(each.bin)
      if (isCrossed) crossed[each.side] += each.amount
      return !isCrossed
    })
    const before = openInterest[i - 1]
    const change = openInterest[i] - before
    if (change > 0) {
      for (const { leverage, weight } of LEVERAGE_MIX) {
        for (const side of [1, -1]) {
          const price = (vwap[i] * (1 - side / leverage)) / (1 - side * 0.005)
          open.push({ side, bin: Math.floor(Math.log(price) / BIN_WIDTH), amount: weight * change })
        }
      }
    } else if (change < 0) {
      for (const each of open) {
        const rest = Math.max(0, -change - crossed[each.side])
        each.amount *= 1 - rest / (before - crossed[each.side])
      }
    }
  }
  return open.reduce((sum, { bin, amount }) => sum + amount * middle(bin), 0)
}

const totalOf = ({ longUsd, shortUsd }) => longUsd.reduce((a, b) => a + b, 0) + shortUsd.reduce((a, b) => a + b, 0)

function comparePlain(length) {
  const tape = tapeOf(0, length)
  const ours = timed(() => estimateMap(tape, MODEL, 0, length))
  const plain = timed(() => plainMap(tape, length))
  const difference = Math.abs(totalOf(ours.kept) / plain.kept - 1)
  if (difference > 1e-6) throw new Error(`over ${length} minutes the two maps differ by ${difference}`)
  return { length, ours: ours.busy, plain: plain.busy }
}

function measureAsset() {
  const tapes = Array.from({ length: VENUES }, (_, venue) => tapeOf(venue, MINUTES))
  const seen = (from, to) => {
    const map = sumMaps(tapes.map((tape) => estimateMap(tape, MODEL, from, to)))
    return mapOutline({ ...map, mark: tapes[0].vwap[to - 1] })
  }
  const year = timed(() => seen(0, MINUTES))
  const daily = timed(() =>
    Array.from({ length: 365 }, (_, day) => seen(Math.max(0, (day - 6) * DAY), (day + 1) * DAY)),
  )
  return { year, daily }
}

function measureAll() {
  let [wall, busy, usd] = [0, 0, 0]
  for (let k = 0; k < INSTRUMENTS; k++) {
    const tape = tapeOf(1000 + k, MINUTES)
    const one = timed(() => estimateMap(tape, MODEL, 0, MINUTES))
    wall += one.wall
    busy += one.busy
    usd += totalOf(one.kept)
  }
  if (!(usd > 0)) throw new Error('the maps are empty')
  return { wall, busy, memoryGb: process.resourceUsage().maxRSS / 2 ** 20 }
}

/** Runs the workload and gives it as a section of the report. */
export async function run() {
  // Warm, as in any process that draws more than one map.
  estimateMap(tapeOf(1, 20_000), MODEL, 0, 20_000)
  const plain = PLAIN_MINUTES.map(comparePlain)
  const asset = measureAsset()
  const all = measureAll()
  const count = (INSTRUMENTS * MINUTES).toLocaleString('en')
  const markdown = [
    `A year of one-minute candles and open interest (${MINUTES.toLocaleString('en')} buckets an instrument), ${LEVERAGE_MIX.length} tiers, both sides, bins of ${100 * BIN_WIDTH} %.`,
    '',
    '| map | seconds | of processor time | goal |',
    '| --- | ---: | ---: | ---: |',
    `| one asset on ${VENUES} venues, positions of the whole year, summed | **${asset.year.wall.toFixed(2)}** | ${asset.year.busy.toFixed(2)} | ${GOALS.assetS} |`,
    `| the same asset at the end of each of 365 days, positions of 7 days | ${asset.daily.wall.toFixed(2)} | ${asset.daily.busy.toFixed(2)} | |`,
    `| ${INSTRUMENTS} instruments, positions of the whole year (${count} buckets) | **${all.wall.toFixed(1)}** | ${all.busy.toFixed(1)} | ${GOALS.allS} |`,
    '',
    `Columns are made one instrument at a time, which is not counted; the process took at most ${all.memoryGb.toFixed(2)} GB (goal: under ${GOALS.memoryGb}).`,
    '',
    'By following every position by itself, with the same result:',
    '',
    '| minutes | Assayer, ms | plainly, ms | times as long |',
    '| ---: | ---: | ---: | ---: |',
    ...plain.map(
      ({ length, ours, plain: slow }) =>
        `| ${length.toLocaleString('en')} | ${(1000 * ours).toFixed(1)} | ${(1000 * slow).toFixed(0)} | ${(slow / ours).toFixed(0)} |`,
    ),
  ].join('\n')
  return { title: 'Liquidation map', markdown }
}

if (process.argv[1] === import.meta.filename) console.log((await run()).markdown)
