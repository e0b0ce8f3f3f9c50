// All registered setups over one million synthetic candles, per family and in total, on one core: median of three.
import { seededRandom } from '../dist/core/random.js'
import { bindParams } from '../dist/core/params.js'
import { detect } from '../dist/setups/detect.js'
import { SETUP_FAMILIES } from '../dist/setups/registry.js'

const CANDLES = 1_000_000
const RUNS = 3
const UNUSED = ['quoteVolume', 'trades', 'takerBuyVolume', 'takerBuyQuoteVolume']

// A random walk in log price with shadows, and volume of its own: a pattern of every kind turns up often enough.
function randomCandles(seed, length) {
  const random = seededRandom(seed)
  const fields = ['open', 'high', 'low', 'close', 'volume', ...UNUSED]
  const columns = Object.fromEntries(fields.map((name) => [name, new Float64Array(length).fill(NaN)]))
  let close = 100
  for (let i = 0; i < length; i++) {
    const open = close
    close = open * Math.exp(0.01 * random.normal())
    columns.open[i] = open
    columns.close[i] = close
    columns.high[i] = Math.max(open, close) * Math.exp(0.005 * Math.abs(random.normal()))
    columns.low[i] = Math.min(open, close) * Math.exp(-0.005 * Math.abs(random.normal()))
    columns.volume[i] = 1000 * Math.exp(random.normal())
  }
  return { start: 0, step: 3_600_000, length, ...columns }
}

// A family runs once for all its kinds; once for each choice where a parameter has no default.
function workloads(family, candles) {
  const name = Object.keys(family.kinds)[0]
  const needed = family.params.find((spec) => spec.default === undefined)
  const choices = needed === undefined ? [undefined] : (needed.choices ?? [candles.close[candles.length >> 1]])
  return choices.map((choice) => {
    const args = choice === undefined ? [] : [choice]
    return { label: [name, ...args].join(' '), family, params: bindParams(family.params, { name, args, named: {} }) }
  })
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]

function timed({ label, family, params }, candles) {
  let events = 0
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now()
    events = detect(family, params, candles).length
    return performance.now() - start
  })
  return { label, ms: median(times), events }
}

export function run() {
  const candles = randomCandles('setups', CANDLES)
  const rows = SETUP_FAMILIES.flatMap((family) => workloads(family, candles)).map((load) => timed(load, candles))
  const total = rows.reduce((sum, { ms }) => sum + ms, 0)
  const lines = rows.map(({ label, ms, events }) => `| ${label} | ${ms.toFixed(0)} | ${events} |`)
  const markdown = [
    `All setups together: **${(total / 1000).toFixed(2)} s** (goal: under 8 s). A family is named by its first setup.`,
    '',
    '| family | ms | events |',
    '|---|---|---|',
    ...lines,
  ].join('\n')
  return Promise.resolve({ title: `All setups over ${CANDLES.toLocaleString('en')} candles`, markdown })
}
