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

// A family runs once for all its kinds; once for each choice of a parameter that must be given.
function workloads(family) {
  const name = Object.keys(family.kinds)[0]
  const needed = family.params.find((spec) => spec.default === undefined && !spec.optional)
  const choices = needed === undefined ? [undefined] : needed.choices
  return choices.map((choice) => {
    const args = choice === undefined ? [] : [choice]
    return { label: [name, ...args].join(' '), family, params: bindParams(family.params, { name, args, named: {} }) }
  })
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]

// Wall time, and processor time of all threads: on a busy machine the second says more.
function timed({ label, family, params }, candles) {
  let events = 0
  const times = Array.from({ length: RUNS }, () => {
    const cpu = process.cpuUsage()
    const start = performance.now()
    events = detect(family, params, candles).length
    const { user, system } = process.cpuUsage(cpu)
    return { wall: performance.now() - start, busy: (user + system) / 1000 }
  })
  return { label, events, wall: median(times.map(({ wall }) => wall)), busy: median(times.map(({ busy }) => busy)) }
}

const total = (rows, key) => (rows.reduce((sum, row) => sum + row[key], 0) / 1000).toFixed(2)

export function run() {
  const candles = randomCandles('setups', CANDLES)
  const rows = SETUP_FAMILIES.flatMap(workloads).map((load) => timed(load, candles))
  const lines = rows.map(
    ({ label, wall, busy, events }) => `| ${label} | ${wall.toFixed(0)} | ${busy.toFixed(0)} | ${events} |`,
  )
  const markdown = [
    `All setups together: **${total(rows, 'wall')} s**, ${total(rows, 'busy')} s of processor time (goal: under 8 s). A family is`,
    'named by its first setup.',
    '',
    '| family | ms | processor ms | events |',
    '| --- | ---: | ---: | ---: |',
    ...lines,
  ].join('\n')
  return Promise.resolve({ title: `All setups over ${CANDLES.toLocaleString('en')} candles`, markdown })
}
