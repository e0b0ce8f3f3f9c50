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
      const events = renderEvents(collecting.events(), LATEST, stderr.columns)
      const table = `${renderStatus(collecting.status())}${events}`
      if (stderr.isTTY) {
        wipe()
        stderr.write(table)
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
  'instruments',
  'rows',
  'rows/s',
  'to fetch',
  'limit used',
  'asked again',
  'events',
  'faults',
]

function renderStatus({ venues, written, latencyMs, waiting }: CollectStatus): string {
  const columns = COLUMNS.map((heading, i) => ({ heading, align: i < 2 ? ('left' as const) : ('right' as const) }))
  const table = renderTable(columns, venues.map(venueRow))
  const latency = Number.isNaN(latencyMs)
    ? ''
    : `, ${Math.round(latencyMs)} ms from a row's coming until it can be read`
  return `${table}\n${written.toLocaleString('en')} rows stored, ${waiting.toLocaleString('en')} waiting${latency}\n`
}

function venueRow(status: VenueStatus): readonly string[] {
  const whole = (value: number): string => (Number.isNaN(value) ? '–' : Math.round(value).toLocaleString('en'))
  return [
    status.venue,
    sayState(status),
    String(status.instruments),
    whole(status.rows),
    whole(status.rowsPerSecond),
    whole(status.open),
    `${Math.round(100 * status.used)} %`,
    whole(status.again),
    whole(status.events),
    whole(status.faults),
  ]
}

function sayState({ state, feeds, shut }: VenueStatus): string {
  if (state !== 'running') return shortened(state)
  const live = feeds.filter((feed) => feed.state === 'live').length
  const waits = feeds.find((feed) => feed.state !== 'live')
  const doors = shut.map(({ name, what, forMs }) => `${name}: ${what} for ${Math.ceil(forMs / 1000)} s`)
  const parts = [`${live} of ${feeds.length} sockets live`, ...(waits === undefined ? [] : [waits.state]), ...doors]
  return parts.map(shortened).join('; ')
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

function renderEvents(events: readonly CountedEvent[], most: number, columns = Infinity): string {
  if (events.length === 0) return ''
  const lines = events.slice(0, most).map(({ venue, name, of, text, count, at }) => {
    const line = `  ${count} × ${venue} ${of}: ${name}: ${text} (last at ${formatInstant(at)})`
    return line.length < columns ? line : `${line.slice(0, columns - 2)}…`
  })
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
