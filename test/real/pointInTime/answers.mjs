// What a store answers as of an instant, as text: the note in its formats, the events of every setup, and some answers of the
// events command as a whole.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const INTERVALS = ['1d', '4h']
const COMMANDS_PER_MOMENT = 2

const MODULES = [
  'desk/openDesk.js',
  'desk/jobs/importFile.js',
  'desk/readFrame.js',
  'desk/note.js',
  'desk/renderNote.js',
  'desk/events.js',
  'setups/registry.js',
  'setups/detect.js',
]

/** Everything that is asked of a built project, loaded from its folder. */
export async function loadProject(dist) {
  const modules = await Promise.all(MODULES.map((name) => import(pathToFileURL(join(dist, name)).href)))
  const project = Object.assign({}, ...modules)
  const ids = setupIdsOf(project.setups)
  return { ...project, ids, detectors: detectorsOf(ids.map((id) => project.resolveSetup(id))) }
}

/** Every setup with its defaults; where a parameter must be given, once for each of its choices. */
function setupIdsOf(setups) {
  return [...setups].flatMap(([kind, { params }]) => {
    const asked = params.find((param) => param.choices !== undefined)
    return asked === undefined ? [kind] : asked.choices.map((choice) => `${kind}(${choice})`)
  })
}

/** One detector finds several setups: each is run once, named by the first of them. */
function detectorsOf(resolved) {
  const detectors = new Map()
  for (const { id, family, params } of resolved) {
    const key = `${Object.keys(family.kinds)} ${JSON.stringify(params)}`
    if (!detectors.has(key)) detectors.set(key, { name: id, family, params })
  }
  return [...detectors.values()]
}

/**
 * The answers as of an instant by name. `turn` says which setups the events command is asked for this time; `tally` counts notes
 * and events and adds up the milliseconds of each.
 */
export async function answersAt(project, desk, { asset, asOf, turn }, tally) {
  const remembering = rememberSelects(desk)
  const start = performance.now()
  const answers = await noteTexts(project, remembering, { asset, asOf })
  const middle = performance.now()
  for (const interval of INTERVALS) {
    for (const [name, events] of await everyEvent(project, remembering, { asset, interval, asOf })) {
      const text = listText(events.map((event) => JSON.stringify(event)))
      answers.set(`events ${name}`, text)
      answers.set(`known ${name}`, text)
      tally.events += events.length
    }
    for (let i = 0; i < COMMANDS_PER_MOMENT; i++) {
      const setup = project.ids[(turn * COMMANDS_PER_MOMENT + i) % project.ids.length]
      const answer = await project.answerEvents(remembering, { setup, asset, interval, asOf })
      answers.set(`command ${interval} ${setup}`, JSON.stringify(answer))
    }
  }
  tally.notes += answers.has('no note') ? 0 : 1
  tally.noteMs += middle - start
  tally.eventMs += performance.now() - middle
  return answers
}

/** Every event of an asset's whole history, by name: as text, with when it was known. */
export async function wholeHistory(project, desk, asset) {
  const remembering = rememberSelects(desk)
  const found = []
  for (const interval of INTERVALS) {
    found.push(...(await everyEvent(project, remembering, { asset, interval, asOf: Date.UTC(2100, 0) })))
  }
  return found.map(([name, events]) => ({
    name,
    events: events.map((event) => ({ knownAt: event.knownAt, text: JSON.stringify(event) })),
  }))
}

/** What of the whole history was known by T: no more and no less than what is answered as of T. */
export function knownBy(history, asOf) {
  return history.map(({ name, events }) => {
    const known = events.filter(({ knownAt }) => knownAt <= asOf)
    return [`known ${name}`, listText(known.map(({ text }) => text))]
  })
}

const listText = (texts) => texts.join('\n')

async function noteTexts({ answerNote, renderNote }, desk, question) {
  try {
    const texts = await renderNote(await answerNote(desk, question), ['json', 'html', 'md'], 'any')
    return new Map([...texts].map(([file, text]) => [`note ${file}`, text]))
  } catch (error) {
    if (error.code !== 'MISSING_DATA') throw error
    return new Map([['no note', error.message]])
  }
}

async function everyEvent({ readFrame, detect, setupEvents, detectors }, desk, wish) {
  const { frame } = await readFrame(desk, [{ kind: 'candles' }], wish)
  const { candles } = frame
  return detectors.map(({ name, family, params }) => {
    const found = candles === undefined ? [] : setupEvents(family, params, candles, detect(family, params, candles))
    return [`${wish.interval} ${name}`, found]
  })
}

/** The same desk, whose store is asked the same thing only once: note and events read the same candles. */
function rememberSelects(desk) {
  const { engine } = desk.store
  const answers = new Map()
  const select = (sql, shape, options) => {
    const key = JSON.stringify([sql, options?.params])
    if (!answers.has(key)) answers.set(key, engine.select(sql, shape, options))
    return answers.get(key)
  }
  return { ...desk, store: { ...desk.store, engine: { select } } }
}
