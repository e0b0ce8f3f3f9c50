// All registered setups over one million synthetic candles, per family and in total, on one core: median of three runs.
// node bench/setups.mjs [candles]
import { seededRandom } from '../dist/core/random.js'
import { bindParams } from '../dist/core/params.js'
import { detect } from '../dist/setups/detect.js'
import { SETUP_FAMILIES } from '../dist/setups/registry.js'

const length = Number(process.argv[2] ?? 1_000_000)
const candles = randomCandles('setups', length)

function randomCandles(seed, count) {
  const random = seededRandom(seed)
  const names = [
    'open',
    'high',
    'low',
    'close',
    'volume',
    'quoteVolume',
    'trades',
    'takerBuyVolume',
    'takerBuyQuoteVolume',
  ]
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(count).fill(NaN)]))
  let close = 100
  for (let i = 0; i < count; i++) {
    const open = close
    close = open * Math.exp(0.01 * random.normal())
    columns.open[i] = open
    columns.close[i] = close
    columns.high[i] = Math.max(open, close) * Math.exp(0.005 * Math.abs(random.normal()))
    columns.low[i] = Math.min(open, close) * Math.exp(-0.005 * Math.abs(random.normal()))
    columns.volume[i] = 1000 * Math.exp(random.normal())
  }
  return { start: 0, step: 3_600_000, length: count, ...columns }
}

/** Every way to run a family: once for each choice of a parameter that has no default, else once. */
function workloads(family) {
  const open = family.params.find((spec) => spec.default === undefined)
  const choices = open === undefined ? [[]] : (open.choices ?? [candles.close[length >> 1]]).map((choice) => [choice])
  const name = Object.keys(family.kinds)[0]
  return choices.map((args) => ({ name, args, family, params: bindParams(family.params, { name, args, named: {} }) }))
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]

function timed({ family, params }) {
  let events = 0
  const times = [0, 1, 2].map(() => {
    const start = performance.now()
    events = detect(family, params, candles).length
    return performance.now() - start
  })
  return { ms: median(times), events }
}

let total = 0
for (const load of SETUP_FAMILIES.flatMap(workloads)) {
  const { ms, events } = timed(load)
  total += ms
  const label = `${load.name}${load.args.length > 0 ? `(${load.args})` : ''}`
  console.log(`${label.padEnd(40)} ${ms.toFixed(0).padStart(6)} ms ${String(events).padStart(9)} events`)
}
console.log(`${'total'.padEnd(40)} ${total.toFixed(0).padStart(6)} ms, ${length} candles, Node ${process.version}`)
