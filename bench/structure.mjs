// Channel and levels over a million seeded candles: both setup families and both metrics, on one core.
import { gaps, CANDLE_FIELDS } from '../dist/core/candles.js'
import { seededRandom } from '../dist/core/random.js'
import { channelMetric } from '../dist/metrics/structure/channel.js'
import { levelsMetric } from '../dist/metrics/structure/levels.js'
import { channelBreak } from '../dist/setups/channel.js'
import { detect } from '../dist/setups/detect.js'
import { levels } from '../dist/setups/levels.js'

const BARS = 1_000_000
const TURNS = 3

/** A random walk of four steps a bar, about 2 % a bar, so that a bar has shadows as real ones do. */
function syntheticCandles(seed) {
  const random = seededRandom(seed)
  const columns = Object.fromEntries(CANDLE_FIELDS.map((field) => [field, gaps(BARS)]))
  let log = Math.log(1_000)
  for (let i = 0; i < BARS; i += 1) {
    const path = [log, log, log, log, log]
    for (let k = 1; k < path.length; k += 1) path[k] = path[k - 1] + 0.01 * random.normal()
    log = path.at(-1)
    columns.open[i] = Math.exp(path[0])
    columns.high[i] = Math.exp(Math.max(...path))
    columns.low[i] = Math.exp(Math.min(...path))
    columns.close[i] = Math.exp(log)
    columns.volume[i] = 1
  }
  return { start: 0, step: 14_400_000, length: BARS, ...columns }
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

export async function run() {
  const candles = syntheticCandles('structure')
  const frame = { candles, grid: candles }
  const workloads = {
    'setups `channel_break`, `channel_retest`': () => detect(channelBreak, {}, candles),
    'setups `level_break`, `level_rejected`, `level_flip`': () => detect(levels, {}, candles),
    'metric `channel`': () => channelMetric.compute(frame, {}),
    'metric `levels`': () => levelsMetric.compute(frame, {}),
  }
  const times = Object.keys(workloads).map(() => [])
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const [k, work] of Object.values(workloads).entries()) {
      const start = performance.now()
      work()
      times[k].push(performance.now() - start)
    }
  }
  const medians = times.map(median)
  const rows = Object.keys(workloads).map((name, k) => `| ${name} | ${medians[k].toFixed(0)} ms |`)
  const total = medians.reduce((sum, value) => sum + value, 0)
  return {
    title: `Channel and levels over ${BARS.toLocaleString('en')} candles (median of ${TURNS})`,
    markdown: ['| | median |', '| --- | ---: |', ...rows, `| together | ${total.toFixed(0)} ms |`].join('\n'),
  }
}
