// Writes what the documentation only lists: docs/metrics.md and docs/setups.md from the registries as built,
// docs/sources.md from what every venue's QUIRKS.md says is served again, docs/decisions/README.md from the decisions, and the walls in ARCHITECTURE.md from walls.json. It needs a build. `--check` writes nothing and fails where an index is stale.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { bindParams, canonicalId } from '../dist/core/params.js'
import { metrics } from '../dist/metrics/registry.js'
import { SETUP_FAMILIES } from '../dist/setups/registry.js'
import { SOURCES } from '../dist/sources/registry.js'

const root = join(import.meta.dirname, '..')
const at = (path) => join(root, path)
const read = (path) => readFileSync(at(path), 'utf8')
const filesIn = (folder) => readdirSync(at(folder)).filter((name) => name.endsWith('.md') && name !== 'README.md')

const GENERATED = '<!-- Written by scripts/docs.mjs. Change what it lists, build, and run it again. -->'

const SAMPLES = { metric: 'close', date: '2025-01-01', duration: '1d', count: 1, number: 1 }
const UNITS = {
  usd: 'dollars, or what is counted as them',
  ratio: 'one over another',
  none: 'a number that stands for a word',
  quote: 'the unit the price is in (`USDT`)',
  coins: 'coins of the asset',
  pct: 'percent, 5.3 is 5.3 %',
  index: '0 to 100',
  atr: 'average true ranges',
  points: 'the unit of the series itself',
  count: 'a number of things',
  days: 'days',
  bars: 'bars',
}

const table = (heads, rows) =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
const code = (text) => `\`${text}\``

// Where a page of docs/methods says more: its second paragraph begins with "Ids:" and lists them.
const methods = new Map(
  filesIn('docs/methods').flatMap((name) => {
    const [, ids = ''] = /^Ids: (.*?)\n\n/ms.exec(read(`docs/methods/${name}`)) ?? []
    return [...ids.matchAll(/`(\w+)`/g)].map(([, id]) => [id, name])
  }),
)

const modules = await Promise.all(
  ['metrics', 'setups']
    .flatMap((layer) => readdirSync(at(`dist/${layer}`), { recursive: true }).map((name) => `${layer}/${name}`))
    .filter((path) => path.endsWith('.js'))
    .map(async (path) => ({ path, values: Object.values(await import(`../dist/${path}`)) })),
)

// Where a definition is to be read: its page of docs/methods or docs/metrics, else the docstring in the file that exports the metric or the family of setups.
function definition(id, isIt) {
  if (methods.has(id)) return `[${methods.get(id)}](methods/${methods.get(id)})`
  if (existsSync(at(`docs/metrics/${id}.md`))) return `[${id}.md](metrics/${id}.md)`
  const [{ path }] = modules.filter(({ values }) => values.some(isIt))
  const source = path.replace(/js$/, 'ts')
  return `[${basename(source)}](../src/${source})`
}

function sayParam({ name, kind, default: value, optional, choices }) {
  const kinds = choices?.join(', ') ?? kind
  if (value === undefined) return `${code(name)} (${kinds}), ${optional ? 'optional' : 'required'}`
  return `${code(name)} = ${value}${choices === undefined ? '' : ` (${kinds})`}`
}

const sayParams = (params) => (params.length === 0 ? '–' : params.map(sayParam).join('<br>'))

// All that the parameters can make of outputs and needs: each choice once, and two metrics of different units.
function bindings({ params }) {
  const values = ({ name, kind, choices }) =>
    choices ?? (kind === 'metric' ? ['close', 'rsi(14)'] : [kind === 'word' ? name.toUpperCase() : SAMPLES[kind]])
  return params.reduce(
    (all, spec) => all.flatMap((bound) => values(spec).map((value) => ({ ...bound, [spec.name]: value }))),
    [{}],
  )
}

function sayOutputs(metric) {
  const inner = metric.params.some(({ kind }) => kind === 'metric')
  const units = new Map()
  for (const params of bindings(metric)) {
    for (const { name, unit } of metric.outputsOf?.(params) ?? metric.outputs) {
      units.set(name, (units.get(name) ?? new Set()).add(unit))
    }
  }
  const say = (set) => (inner && set.size > 1 ? 'unit of the metric' : [...set].join(' or '))
  if (units.size === 1) return say([...units.values()][0])
  return [...units].map(([name, set]) => `${code(`.${name}`)} ${say(set)}`).join('<br>')
}

function sayNeeds(metric) {
  if (metric.params.some(({ kind }) => kind === 'metric')) return 'as the metric'
  const all = bindings(metric).map((params) => metric.needs(params).map(sayNeed).join(', '))
  return [...new Set(all)].join(' or ')
}

function sayNeed(need) {
  if (need.kind === 'quote') return 'a plain series'
  return need.kind === 'columns' ? need.group.replaceAll('_', ' ') : need.kind
}

// The id as it is printed where nothing but what must be given is given.
function exampleId(id, params) {
  const named = Object.fromEntries(
    params
      .filter((spec) => spec.default === undefined && !spec.optional)
      .map((spec) => [spec.name, spec.choices?.[0] ?? (spec.kind === 'word' ? 'VIX' : exampleOf(spec))]),
  )
  const [name, output] = id.split('.')
  return canonicalId(name, params, bindParams(params, { name, args: [], named }), output)
}

const EXAMPLES = { n: 20, to: '2025-01-31' }
const exampleOf = ({ kind, name }) => EXAMPLES[name] ?? SAMPLES[kind]

function sayUnits(all) {
  const outputs = all.flatMap((metric) =>
    bindings(metric).flatMap((params) => metric.outputsOf?.(params) ?? metric.outputs),
  )
  const used = [...new Set(outputs.map(({ unit }) => unit))]
  const unknown = used.find((unit) => !(unit in UNITS))
  if (unknown !== undefined) throw new Error(`scripts/docs.mjs does not say what the unit "${unknown}" means`)
  return used.map((unit) => `${code(unit)} ${UNITS[unit]}`).join('; ')
}

function metricsIndex() {
  const all = [...metrics.values()]
  const rows = all.map((metric) => [
    code(exampleId(metric.id, metric.params)),
    metric.title,
    sayParams(metric.params),
    sayOutputs(metric),
    sayNeeds(metric),
    definition(metric.id, (value) => [value].flat().some((each) => each?.id === metric.id)),
  ])
  return `# Metrics

${GENERATED}

\`assayer series METRIC ASSET\` prints one of these over time. The id is written as in the first column, quoted in a shell;
parameters with a default may be left out, and may be given by name: \`rsi\`, \`"rsi(14)"\` and \`"rsi(n=14)"\` are one measure.
One of several outputs is chosen by its name: \`macd.line\`. A metric inside another is written out: \`"low_since(rsi, 2025-04-01)"\`.

Units: ${sayUnits(all)}.

${table(['Id', 'Name', 'Parameters', 'Outputs', 'Needs', 'Definition'], rows)}
`
}

function setupsIndex() {
  const rows = SETUP_FAMILIES.flatMap((family) =>
    Object.entries(family.kinds).map(([id, title]) => [
      code(exampleId(id, family.params)),
      title,
      sayParams(family.params),
      definition(id, (value) => value === family),
    ]),
  )
  return `# Setups

${GENERATED}

\`assayer events SETUP ASSET\` prints the events of one of these. All need candles and nothing else. An event belongs to the bar
that completes it and is known at that bar's close; a later state (confirmed, failed, ended) is an event of its own that names
the first in \`of\`. Candlestick patterns are TA-Lib's, bar for bar; four of them need an opening gap, which a market without sessions
does not have, and have a \`_24h\` form of our own.

${table(['Id', 'Name', 'Parameters', 'Definition'], rows)}
`
}

// The table under "## refetch", in the form that every QUIRKS.md has it.
function refetchRows(venue) {
  const [, body = ''] = /^## refetch\n(.*?)(?=^## |$(?![\s\S]))/ms.exec(read(`src/sources/${venue}/QUIRKS.md`)) ?? []
  const rows = body.split('\n').filter((line) => /^\| (?!kind|---)/.test(line))
  if (rows.length === 0) throw new Error(`src/sources/${venue}/QUIRKS.md has no table under "## refetch"`)
  return rows.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

function sourcesIndex() {
  const venues = Object.values(SOURCES).map(({ venue, addresses }) => {
    const hosts = [...new Set(Object.values(addresses).map((address) => code(new URL(address).host)))].join(', ')
    const rows = table(['Record', 'Market', 'Served again', 'Reach', 'By'], refetchRows(venue))
    return `## ${venue}\n\nAsked at ${hosts}. [What its numbers mean and how it behaves](../src/sources/${venue}/QUIRKS.md)\n\n${rows}`
  })
  return `# Sources

${GENERATED}

What \`assayer collect\` reads, without a key, and what each venue serves again after it was missed. Whatever is not served again stays a
gap that is reported with its reason. All of them were built against the venues' documents and tried against simulated venues and, for
most doors, with a third-party client; none of them was ever tried against the venue itself ([which is
which](../src/sim/servers/README.md)).

${venues.join('\n\n')}
`
}

function decisionsIndex() {
  const lines = filesIn('docs/decisions').map((name) => {
    const [, number, title] = /^# (\d+)\. (.+)$/m.exec(read(`docs/decisions/${name}`)) ?? []
    if (number !== String(Number(name.slice(0, 4))))
      throw new Error(`${name} does not begin with "# ${Number(name.slice(0, 4))}. "`)
    return `${number}. [${title}](${name})`
  })
  return `# Decisions

${GENERATED}

What others must follow, and why it was chosen. A decision that falls is not rewritten: a later one says so.

${lines.join('\n')}
`
}

function wallsTable() {
  const { layers } = JSON.parse(read('walls.json'))
  const rows = Object.entries(layers).map(([name, { pure, imports, packages }]) => [
    code(name),
    pure ? 'pure' : '',
    imports.length === 0 ? '–' : imports.join(' '),
    packages.length === 0 ? '–' : packages.join(' '),
  ])
  return table(['Layer', '', 'May import', 'Packages'], rows)
}

function architecture() {
  const block = `<!-- walls -->\n${wallsTable()}\n<!-- /walls -->`
  return read('ARCHITECTURE.md').replace(/<!-- walls -->.*<!-- \/walls -->/s, block)
}

const pages = {
  'ARCHITECTURE.md': architecture(),
  'docs/metrics.md': metricsIndex(),
  'docs/setups.md': setupsIndex(),
  'docs/sources.md': sourcesIndex(),
  'docs/decisions/README.md': decisionsIndex(),
}

const stale = Object.keys(pages).filter((path) => !existsSync(at(path)) || read(path) !== pages[path])

function check() {
  const unknown = [...methods.keys()].filter(
    (id) => !metrics.has(id) && !SETUP_FAMILIES.some(({ kinds }) => id in kinds),
  )
  const problems = [
    ...stale.map((path) => `${path} is stale; run: node scripts/docs.mjs`),
    ...unknown.map((id) => `docs/methods/${methods.get(id)} names "${id}", which no registry knows`),
  ]
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
}

if (process.argv.includes('--check')) check()
else for (const path of stale) writeFileSync(at(path), pages[path])
