// Measures the skill of the estimated liquidation map on simulated markets and writes what came of it: every market's scores to
// docs/metrics/liquidation_map.csv, and from these the tables of docs/metrics/liquidation_map.md and src/notes/mapSkillMeasured.ts.
// It needs a build. `--check N` writes nothing: it measures N of the markets anew, spread over all, and fails where their rows differ,
// or where the page or the constants do not follow from the rows. `--render` measures nothing and writes the
// page and the constants from the rows. `--in FOLDER` has these files there, `--trial NAME` measures other
// markets than those of the page and prints what came of it: for whoever works on the map, so that it is never fitted to these.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { estimateMap } from '../dist/metrics/contracts/estimateMap.js'
import { BIN_WIDTH, onBins } from '../dist/metrics/contracts/logBins.js'
import { compareSkill, SKILL_SCORES } from '../dist/metrics/contracts/skill/compareSkill.js'
import {
  mapSkill,
  mirroredVolumeMap,
  SKILL_RULES,
  trueLevels,
  uniformMap,
  volumeMap,
} from '../dist/metrics/contracts/skill/mapSkill.js'
import { drawHabits } from '../dist/sim/market/positions/habits.js'
import { BUCKET_MINUTES, simulatePositions } from '../dist/sim/market/positions/simulatePositions.js'

const MARKETS = 60
const WINDOWS = [1, 7, 30]
/** Days of a market: as many as the longest window, then one for every moment. */
const FIRST_MOMENT = 30
const LAST_MOMENT = 44
const HEAD = 'window_days,market,map,rank,distance_atr,share_pct'
const NULLS = ['volume_profile', 'volume_profile_mirrored', 'uniform']
/** No null maps: the same map, told the leverage that is used, and the truth itself, which shows how much any map could tell. */
const TOLD = 'map_told_leverage'
const TRUTH = 'true_levels'
/** Medians of the eighths of the standard normal distribution. */
const NORMAL_EIGHTHS = [-1.534, -0.887, -0.489, -0.157, 0.157, 0.489, 0.887, 1.534]

const { values: asked } = parseArgs({
  options: {
    check: { type: 'string' },
    in: { type: 'string' },
    trial: { type: 'string' },
    render: { type: 'boolean' },
  },
})
const root = asked.in ?? join(import.meta.dirname, '..')
const paths = {
  rows: join(root, 'docs/metrics/liquidation_map.csv'),
  page: join(root, 'docs/metrics/liquidation_map.md'),
  constants: join(root, 'src/notes/mapSkillMeasured.ts'),
}

// The map of what was opened in so many days: weights, unless they are given, the table of margins and the bins are the map's own.
function estimatedMap(days, mix) {
  return ({ tape, stepMs }, bucket, bins) => {
    const buckets = (days * 86_400_000) / stepMs
    const map = estimateMap(tape, { contract: 'linear', mix }, Math.max(0, bucket + 1 - buckets), bucket + 1)
    const shorts = onBins(map.shortUsd, map.bins, bins)
    return onBins(map.longUsd, map.bins, bins).map((longs, place) => longs + shorts[place])
  }
}

// How leverage is spread in a market, which no map can know: it shows what the assumed weights cost.
function leverageOf(market) {
  const { median, deviation } = drawHabits(market).leverage
  const leverages = NORMAL_EIGHTHS.map((z) => Math.min(125, Math.max(1.1, median * Math.exp(deviation * z))))
  return leverages.map((leverage) => ({ leverage, weight: 1 / leverages.length }))
}

const marketsOf = (name) => Array.from({ length: MARKETS }, (_, i) => `${name} ${i + 1}`)

function measure(market) {
  const dayBuckets = (24 * 60) / BUCKET_MINUTES
  const moments = Array.from({ length: LAST_MOMENT - FIRST_MOMENT + 1 }, (_, i) => (FIRST_MOMENT + i) * dayBuckets - 1)
  const past = simulatePositions({ seed: market, days: LAST_MOMENT + SKILL_RULES.horizonHours / 24, moments })
  return WINDOWS.flatMap((days) => {
    const makers = new Map([
      ['map', estimatedMap(days)],
      ['volume_profile', volumeMap(days)],
      ['volume_profile_mirrored', mirroredVolumeMap(days)],
      ['uniform', uniformMap],
      [TOLD, estimatedMap(days, leverageOf(market))],
      [TRUTH, trueLevels],
    ])
    return [...mapSkill(past, makers, BIN_WIDTH)].map(([map, score]) => ({ days, market, map, ...score }))
  })
}

const rowOf = ({ days, market, map, ...score }) =>
  [days, market, map, ...SKILL_SCORES.map((name) => score[name].toFixed(4))].join(',')

function parseRow(line) {
  const [days, market, map, rank, distance, share] = line.split(',')
  return { days: Number(days), market, map, rank: Number(rank), distance: Number(distance), share: Number(share) }
}

/** What the rows come to for each window. Whatever is said anywhere is computed from the rows as written, so that it can be checked. */
function compareAll(rows) {
  return WINDOWS.map((days) => {
    const of = (map) => rows.filter((row) => row.days === days && row.map === map)
    return {
      days,
      markets: of('map').length,
      ...compareSkill(of('map'), new Map([...NULLS, TOLD, TRUTH].map((name) => [name, of(name)]))),
    }
  })
}

const NAMES = {
  volume_profile: 'volume profile',
  volume_profile_mirrored: 'volume profile, mirrored',
  uniform: 'uniform',
  map_told_leverage: '(the same map, told the leverage used)',
  true_levels: '(the true levels themselves)',
}
const SCORES = {
  rank: { title: 'Rank correlation with the true levels', short: 'rank correlation', unit: '', decimals: 3 },
  distance: {
    title: "Earth mover's distance from the true levels, in ATR(14, 4h) of log price (less is better)",
    short: "earth mover's distance",
    unit: '',
    decimals: 2,
  },
  share: {
    title: 'Liquidated USD in the top quarter of the reached bins',
    short: 'liquidated share',
    unit: ' %',
    decimals: 1,
  },
}

const minus = (text) => (Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−'))
const say = (value, { decimals, unit }) => `${minus(value.toFixed(decimals))}${unit}`
const sayRange = ({ mean, low, high }, how) =>
  `${say(mean, how)} (${minus(low.toFixed(how.decimals))} to ${minus(high.toFixed(how.decimals))})`

function scoreTable(name, compared) {
  const how = SCORES[name]
  const line = (cells) => `| ${cells.join(' | ')} |`
  const rows = compared.flatMap(({ days, [name]: { map, nulls } }) => [
    line([`${days} d`, 'estimated map', sayRange(map, how), '', '']),
    ...NULLS.map((null_) => {
      const { score, ahead, verdict } = nulls.get(null_)
      return line(['', NAMES[null_], sayRange(score, how), sayRange(ahead, { ...how, unit: '' }), verdict])
    }),
    // By rank and by distance the truth is perfect, which says nothing.
    ...(name === 'share' ? [TOLD, TRUTH] : [TOLD]).map((known) =>
      line(['', NAMES[known], sayRange(nulls.get(known).score, how), '', '']),
    ),
  ])
  const heads = ['Window', 'Map', 'Mean of the markets (95 %)', 'The estimated map is ahead by (95 %)', 'It is']
  return [`**${how.title}**`, '', line(heads), line(heads.map(() => '---')), ...rows].join('\n')
}

// Which of the three scores the map is better in, against which null, in words.
function verdicts(compared) {
  return compared
    .map(({ days, ...scores }) => {
      const parts = NULLS.map((null_) => {
        const by = (verdict) => SKILL_SCORES.filter((name) => scores[name].nulls.get(null_).verdict === verdict)
        const said = ['better', 'not told apart', 'worse']
          .map((verdict) => [verdict, by(verdict).map((name) => SCORES[name].short)])
          .filter(([, names]) => names.length > 0)
          .map(([verdict, names]) => `${verdict} in ${names.join(', ')}`)
        return `against *${NAMES[null_]}* it is ${said.join('; ')}`
      })
      return `- **${days} d**: ${parts.join('. ').replaceAll('. a', '. A')}.`
    })
    .join('\n')
}

function block(rows) {
  const compared = compareAll(rows)
  return [
    `Written by \`scripts/mapSkill.mjs\` from [${compared[0].markets} markets](liquidation_map.csv); 95 % intervals over markets.`,
    verdicts(compared),
    ...SKILL_SCORES.map((name) => scoreTable(name, compared)),
  ].join('\n\n')
}

function constants(rows) {
  const one = ({ mean, low, high }) =>
    `{ mean: ${mean.toFixed(1)}, low: ${low.toFixed(1)}, high: ${high.toFixed(1)} }`.replaceAll('-0.0', '0.0')
  const windows = compareAll(rows).map(({ days, markets, share: { map, nulls } }) => {
    const [profile, uniform] = [nulls.get('volume_profile'), nulls.get('uniform')]
    return `  '${days}d': {
    markets: ${markets},
    hours: ${SKILL_RULES.horizonHours},
    map: ${one(map)},
    volumeProfile: ${one(profile.score)},
    chance: ${uniform.score.mean.toFixed(0)},
    truth: ${nulls.get(TRUTH).score.mean.toFixed(0)},
    aheadOfVolumeProfile: ${one(profile.ahead)},
    aheadOfChance: ${one(uniform.ahead)},
  },`
  })
  return `// Written by scripts/mapSkill.mjs from docs/metrics/liquidation_map.csv; what it is and how it was measured: docs/metrics/liquidation_map.md.

/** Percent of what was liquidated on simulated markets in the top quarter of the map's bins, by window of the map. */
export const MEASURED_SKILL = {
${windows.join('\n')}
} as const
`
}

const MARKS = /(<!-- skill -->\n).*(\n<!-- \/skill -->)/s
const pageWith = (page, rows) => page.replace(MARKS, (_, head, tail) => `${head}${block(rows)}${tail}`)

const read = (path) => readFileSync(path, 'utf8')

function check(count) {
  const [head, ...lines] = read(paths.rows).trim().split('\n')
  const rows = lines.map(parseRow)
  const problems = head === HEAD ? [] : [`${paths.rows} does not begin with "${HEAD}"`]
  const markets = marketsOf('market')
  const expected = markets.length * WINDOWS.length * (NULLS.length + 3)
  if (lines.length !== expected) problems.push(`${paths.rows} has ${lines.length} rows, not ${expected}`)
  for (let k = 0; k < count; k += 1) {
    const market = markets[Math.floor((k * markets.length) / count)]
    for (const row of measure(market).map(rowOf)) {
      if (!lines.includes(row)) problems.push(`${paths.rows} lacks the row that is measured: ${row}`)
    }
  }
  const page = read(paths.page)
  if (!MARKS.test(page) || page !== pageWith(page, rows)) problems.push(`${paths.page} is not what the rows say`)
  if (read(paths.constants) !== constants(rows)) problems.push(`${paths.constants} is not what the rows say`)
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
}

function measureAll(name) {
  const start = performance.now()
  return marketsOf(name).flatMap((market) => {
    const scores = measure(market)
    console.error(`${market}: ${((performance.now() - start) / 1000).toFixed(0)} s`)
    return scores
  })
}

function measureRows() {
  writeFileSync(paths.rows, `${[HEAD, ...measureAll('market').map(rowOf)].join('\n')}\n`)
}

function writeFromRows() {
  const rows = read(paths.rows).trim().split('\n').slice(1).map(parseRow)
  writeFileSync(paths.page, pageWith(read(paths.page), rows))
  writeFileSync(paths.constants, constants(rows))
}

if (asked.check !== undefined) check(Number(asked.check))
else if (asked.trial !== undefined) console.log(block(measureAll(asked.trial)))
else {
  if (!asked.render) measureRows()
  writeFromRows()
}
