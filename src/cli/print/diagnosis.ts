import type { Diagnosis } from '../../desk/doctor/diagnosis.ts'
import { renderTable, type TableColumn } from './table.ts'

/** Whether the desk is well, in words: a part for each thing that was looked at, and at the end what is not well. */
export function renderDiagnosis(diagnosis: Diagnosis): string {
  const parts = [renderSources(diagnosis), renderStore(diagnosis), renderFeeds(diagnosis), renderConventions(diagnosis)]
  return `${parts.filter((part) => part !== '').join('\n')}\n${renderEnd(diagnosis)}`
}

const column = (heading: string): TableColumn => ({ heading, align: 'left' })
const number = (heading: string): TableColumn => ({ heading, align: 'right' })

function renderSources({ sources, simulated, notAsked }: Diagnosis): string {
  const left = notAsked.map(({ venue, why }) => `${venue} is not asked: ${why}\n`).join('')
  const columns = [column('source'), column(''), number('latency'), number('clock'), number('limit'), column('')]
  return `${simulated ? 'SIMULATED sources\n' : ''}${renderTable(columns, sources.map(sourceRow))}${left}`
}

function sourceRow(source: Diagnosis['sources'][number]): readonly string[] {
  const { venue, what } = source
  if (source.is === 'unreachable') {
    return [venue, what, '', '', '', shortened(`unreachable: ${source.cause}: ${source.why}`)]
  }
  const { latencyMs, skewMs, used, note } = source
  return [
    venue,
    what,
    `${latencyMs} ms`,
    skewMs === undefined ? '' : sayOff(skewMs),
    used === undefined ? '' : `${Math.round(100 * used)} %`,
    note === undefined ? source.is : `${source.is}; ${note}`,
  ]
}

/** A venue may say much; all of it is in the JSON. */
const shortened = (text: string): string => (text.length > 100 ? `${text.slice(0, 99)}…` : text)

/** How far a venue's clock is ahead of this machine's. */
const sayOff = (ms: number): string => {
  const sign = ms < 0 ? '-' : '+'
  return Math.abs(ms) < 10_000 ? `${sign}${Math.abs(ms)} ms` : `${sign}${sayDuration(Math.abs(ms))}`
}

function renderStore({ store }: Diagnosis): string {
  switch (store.is) {
    case 'none':
      return `store: none in "${store.path}" yet\n`
    case 'shut':
      return `store "${store.path}": it cannot be read\n`
    case 'well':
    case 'damaged': {
      const through = store.holder === undefined ? '' : `, read through ${store.holder}`
      const room = `${(store.freeBytes / 1e9).toFixed(1)} GB free`
      const notes = store.notes.map((note) => `  ${note}\n`).join('')
      return `store "${store.path}": ${store.is}, ${room}${through}\n${notes}`
    }
  }
}

function renderFeeds({ feeds, store }: Diagnosis): string {
  if (store.is !== 'well' && store.is !== 'damaged') return ''
  if (feeds.length === 0) return 'feeds: nothing was ever collected\n'
  const columns = [
    column('feeds'),
    column('state'),
    number('instr'),
    number('last covered'),
    number('gaps in 24 h'),
    number('missing'),
  ]
  const rows = feeds.map(({ venue, state, instruments, ageMs, gaps, missingMs }) => [
    venue,
    state,
    String(instruments),
    `${sayDuration(ageMs)} ago`,
    gaps.toLocaleString('en'),
    gaps === 0 ? '' : sayDuration(missingMs),
  ])
  return renderTable(columns, rows)
}

function renderConventions({ conventions }: Diagnosis): string {
  const { venues, ending, outdated } = conventions
  const entries = venues.map(({ venue, entries: held, unknown }) => {
    const open = unknown === 0 ? '' : ` (${unknown} unknown)`
    return `${venue} ${held}${open}`
  })
  const ends = ending.map(({ id, to }) => `  ${id} ends on ${to}\n`).join('')
  const uncounted = outdated === 'uncounted' ? '  whether rows stand by older entries: too many to count at once\n' : ''
  return `conventions that hold today: ${entries.join(', ')}\n${ends}${uncounted}`
}

/** Sources stand in their table with the reason; what else is not well has its line here. */
function renderEnd({ sources, missing }: Diagnosis): string {
  if (missing.length === 0) return 'all well\n'
  const unwell = sources.filter(({ is }) => is !== 'well')
  const head = unwell.length === 0 ? [] : [`${unwell.length} of ${sources.length} sources, see above`]
  const lines = [...head, ...missing.slice(unwell.length)].map((line) => `  ${line}\n`)
  const hints = new Set(unwell.flatMap((source) => ('hint' in source ? [`hint: ${source.hint}\n`] : [])))
  return `not well:\n${lines.join('')}${[...hints].join('')}`
}

/** `2 s`, `12 min`, `3.5 h`, `2.0 d`; what lies ahead is now. */
function sayDuration(ms: number): string {
  const s = Math.max(0, ms) / 1000
  if (s < 100) return `${Math.round(s)} s`
  if (s < 6_000) return `${Math.round(s / 60)} min`
  return s < 100 * 3_600 ? `${(s / 3_600).toFixed(1)} h` : `${(s / 86_400).toFixed(1)} d`
}
