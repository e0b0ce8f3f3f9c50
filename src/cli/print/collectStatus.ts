import type { Collecting, CollectStatus, VenueStatus, VenueUnfinished } from '../../desk/jobs/collect/collect.ts'
import type { CountedEvent } from '../../desk/jobs/collect/eventBook.ts'
import type { CountedFault } from '../../desk/jobs/collect/faultBook.ts'
import { formatInstant } from '../../core/instant.ts'
import { renderTable } from './table.ts'

/** What a running collector shows. */
export interface StatusScreen {
  /** The table as it is now, and what happened last, in place of those before. */
  show(collecting: Collecting): void
  /** A line that stays. */
  event(line: string): void
  /** The table as it is at the end, and everything that happened. */
  end(collecting: Collecting): void
}

/** Events under the table while it runs, and lines of a kind at the end. */
const LATEST = 5
const MOST = 20
/** Seconds between two tables where the output is no terminal. */
const PLAIN_EVERY_S = 60

/** On a terminal a table that is drawn again every second under the lines; elsewhere lines, and a table a minute. */
export function statusScreen(form: 'text' | 'json'): StatusScreen {
  const { stderr, stdout } = process
  let drawn = 0
  let seconds = 0
  const wipe = (): void => {
    if (drawn > 0) stderr.write(`\u001b[${drawn}A\u001b[J`)
    drawn = 0
  }
  return {
    show: (collecting) => {
      seconds++
      const table = `${renderStatus(collecting.status())}${renderEvents(collecting.events(), LATEST)}`
      if (stderr.isTTY) {
        wipe()
        stderr.write(narrowed(table, stderr.columns))
        drawn = table.split('\n').length - 1
      } else if (seconds % PLAIN_EVERY_S === 0) stderr.write(table)
    },
    event: (line) => {
      wipe()
      stderr.write(`${line}\n`)
    },
    end: (collecting) => {
      wipe()
      const [status, faults, events] = [collecting.status(), collecting.faults(), collecting.events()]
      const unfinished = collecting.unfinished()
      if (form === 'json') stdout.write(`${JSON.stringify({ ...status, faults, events, unfinished })}\n`)
      else {
        const parts = [renderStatus(status), renderEvents(events, MOST), renderFaults(faults)]
        stdout.write(`${parts.join('')}${renderUnfinished(unfinished)}`)
      }
    },
  }
}

const COLUMNS = [
  'venue',
  'state',
  'instr',
  'rows',
  'rows/s',
  'lag',
  'gaps',
  'to fetch',
  'limit',
  'again',
  'events',
  'faults',
]
/** A state of more is told under the table. */
const STATE = 14

function renderStatus({ venues, written, latencyMs, waiting }: CollectStatus): string {
  const columns = COLUMNS.map((heading, i) => ({ heading, align: i < 2 ? ('left' as const) : ('right' as const) }))
  const table = renderTable(columns, venues.map(venueRow))
  const latency = Number.isNaN(latencyMs)
    ? ''
    : `, ${Math.round(latencyMs)} ms from a row's coming until it can be read`
  const stored = `${written.toLocaleString('en')} rows stored, ${waiting.toLocaleString('en')} waiting${latency}`
  return `${table}${venues.flatMap(sayTrouble).join('')}\n${stored}\n${sayQuiet(venues)}`
}

/** Of how many sockets no silence would be told by their pace: so little comes, or they are just open. */
function sayQuiet(venues: readonly VenueStatus[]): string {
  const live = venues.flatMap(({ feeds }) => feeds).filter(({ state }) => state === 'live')
  const quiet = live.filter(({ pace }) => pace === 'too quiet').length
  return quiet === 0 ? '' : `${quiet} of ${live.length} sockets are too quiet to be judged by their pace\n`
}

function venueRow(status: VenueStatus): readonly string[] {
  const whole = (value: number): string => (Number.isNaN(value) ? '–' : Math.round(value).toLocaleString('en'))
  return [
    status.venue,
    sayState(status),
    String(status.instruments),
    whole(status.rows),
    whole(status.rowsPerSecond),
    sayLag(status.lagMs),
    whole(status.gaps),
    whole(status.open),
    `${Math.round(100 * status.used)} %`,
    whole(status.again),
    whole(status.events),
    whole(status.faults),
  ]
}

/** `3 of 4 live`: sockets; or in a word why there are none. */
function sayState({ state, feeds }: VenueStatus): string {
  if (state !== 'running') return shortened(state.split(':')[0] ?? state, STATE)
  // What ends by itself opens none.
  if (feeds.length === 0) return '–'
  return `${feeds.filter((feed) => feed.state === 'live').length} of ${feeds.length} live`
}

function sayLag(lagMs: number): string {
  if (Number.isNaN(lagMs)) return '–'
  return Math.abs(lagMs) < 1_000 ? `${Math.round(lagMs)} ms` : `${(lagMs / 1000).toFixed(1)} s`
}

/** What keeps a venue from being collected wholly: itself, a socket, a door. */
function sayTrouble({ venue, state, feeds, shut }: VenueStatus): readonly string[] {
  const waits = feeds.find((feed) => feed.state !== 'live')
  const troubles = [
    ...(state === 'running' || state === 'starting' ? [] : [state]),
    ...(waits === undefined ? [] : [`socket ${waits.id}: ${waits.state}`]),
    ...(state === 'running'
      ? shut.map(({ name, what, forMs }) => `${name}: ${what} for ${Math.ceil(forMs / 1000)} s`)
      : []),
  ]
  return troubles.map((trouble) => `  ${venue} ${shortened(trouble, TROUBLE)}\n`)
}

const TROUBLE = 90

const shortened = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

/** Lines that fit: one that is wrapped is two, and the next table would not be drawn over both. */
const narrowed = (text: string, columns: number): string =>
  text
    .split('\n')
    .map((line) => (line.length < columns ? line : `${line.slice(0, columns - 2)}…`))
    .join('\n')

function renderEvents(events: readonly CountedEvent[], most: number): string {
  if (events.length === 0) return ''
  const lines = events
    .slice(0, most)
    .map(
      ({ venue, name, of, text, count, at }) =>
        `  ${count} × ${venue} ${of}: ${name}: ${text} (last at ${formatInstant(at)})`,
    )
  return `events:\n${lines.join('\n')}\n`
}

function renderUnfinished(unfinished: readonly VenueUnfinished[]): string {
  if (unfinished.length === 0) return ''
  const lines = unfinished.slice(0, MOST).map(({ venue, lane, why }) => `  ${venue} ${lane}: ${why}\n`)
  const more = unfinished.length > MOST ? `  and ${unfinished.length - MOST} more\n` : ''
  return `not fetched:\n${lines.join('')}${more}`
}

function renderFaults(faults: readonly CountedFault[]): string {
  if (faults.length === 0) return ''
  const lines = faults.slice(0, MOST).map((fault) => {
    const { venue, channel, what, path, why, count } = fault
    return `  ${count} × ${venue} ${channel}: ${what} at "${path}" (${why})\n`
  })
  return `faults:\n${lines.join('')}`
}
