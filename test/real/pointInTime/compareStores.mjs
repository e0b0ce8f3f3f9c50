// node compareStores.mjs DIST FOLDER MARKET SEED COUNT: answers of a store that holds everything, as of random instants, against
// those of a store that holds at that instant only the raw rows whose bars have closed. DIST is the built project, MARKET the folder
// of raw files; the stores are made in FOLDER. Prints one line of JSON: what differs, and how long it took.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { answersAt, knownBy, loadProject, wholeHistory } from './answers.mjs'
import { drawMoments } from './drawMoments.mjs'
import { writeRows } from './rawRows.mjs'
import { readSources, spansOf } from './rawSources.mjs'

const MOST_EXAMPLES = 3
const FAR_FUTURE = Date.UTC(2100, 0)

const [dist, folder, market, seed, count] = process.argv.slice(2)
const sources = readSources(market)
const moments = drawMoments({ seed: Number(seed), count: Number(count), ...spansOf(sources) })
const project = await loadProject(dist)
const NO_TALLY = { notes: 0, events: 0, noteMs: 0, eventMs: 0, importMs: 0 }
const tallies = { whole: { ...NO_TALLY }, cut: { ...NO_TALLY } }

const whole = await withDesk('whole', async (desk) => {
  for (const source of sources) await importRows(desk, source, source.rows, tallies.whole)
  return await askAll(desk)
})
const differences = await withDesk('cut', (desk) => growAndCompare(desk, whole))
const examples = differences.length === 0 ? [] : await withDesk('whole', showExamples)
console.log(JSON.stringify({ tallies, differences: differences.map(withoutText), examples }))

async function withDesk(name, job) {
  const { desk, close } = await project.openDesk({
    path: join(folder, name),
    now: FAR_FUTURE,
    access: 'write',
    log: () => {},
  })
  try {
    return await job(desk)
  } finally {
    await close()
  }
}

/** In the order they were drawn, so that nothing can be carried over from an earlier instant to a later one. */
async function askAll(desk) {
  const histories = new Map()
  const asked = []
  for (const moment of moments) {
    const { asset, asOf } = moment
    if (!histories.has(asset)) histories.set(asset, await wholeHistory(project, desk, asset))
    const answers = await answersAt(project, desk, moment, tallies.whole)
    asked.push({ ...moment, hashes: hashesOf([...answers, ...knownBy(histories.get(asset), asOf)]) })
  }
  return asked
}

async function growAndCompare(desk, asked) {
  const ends = sources.map(() => 0)
  const found = []
  for (const moment of asked.toSorted((a, b) => a.asOf - b.asOf)) {
    for (const [i, source] of sources.entries()) ends[i] = await growTo({ ...desk, now: moment.asOf }, source, ends[i])
    const answers = await answersAt(project, desk, moment, tallies.cut)
    for (const name of namesOf(moment.hashes, hashesOf(answers))) {
      found.push({ ...moment, name, text: answers.get(name) ?? '' })
    }
  }
  return found
}

/** Imports what has closed since. Rows are in order of their closes, so those that closed by now are the first ones. */
async function growTo(desk, source, from) {
  let to = from
  while (to < source.rows.length && source.rows[to].closesAt <= desk.now) to++
  if (to > from) await importRows(desk, source, source.rows.slice(from, to), tallies.cut)
  return to
}

async function importRows(desk, { name, header, market, interval }, rows, tally) {
  const start = performance.now()
  const path = join(folder, `${name}.csv`)
  writeRows(path, header, rows)
  const request = { kind: 'candles', path, venue: 'binance', market, interval }
  const { added } = await project.importFile(desk, { ...request, badRows: 'refuse', onDifference: 'refuse' })
  if (added !== rows.length) throw new Error(`${added} of ${rows.length} rows of ${name} were added`)
  tally.importMs += performance.now() - start
}

async function showExamples(desk) {
  const examples = []
  for (const difference of differences.slice(0, MOST_EXAMPLES)) {
    const answers = await answersAt(project, desk, difference, { ...NO_TALLY })
    const known = knownBy(await wholeHistory(project, desk, difference.asset), difference.asOf)
    const text = new Map([...answers, ...known]).get(difference.name) ?? ''
    examples.push({ ...withoutText(difference), ...firstDifference(text, difference.text) })
  }
  return examples
}

function firstDifference(a, b) {
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  const from = Math.max(0, i - 60)
  return { at: i, whole: a.slice(from, i + 120), cut: b.slice(from, i + 120) }
}

/** Names of the answers that one has and the other has not, or has otherwise. */
function namesOf(a, b) {
  return [...new Set([...a.keys(), ...b.keys()])].filter((name) => a.get(name) !== b.get(name))
}

function hashesOf(answers) {
  const hashes = new Map()
  return new Map([...answers].map(([name, text]) => [name, hashes.get(text) ?? remember(hashes, text)]))
}

function remember(hashes, text) {
  const hash = createHash('sha256').update(text).digest('base64')
  hashes.set(text, hash)
  return hash
}

function withoutText({ asset, asOf, name }) {
  return { asset, asOf: new Date(asOf).toISOString(), name }
}
