import type { CollectStatus, VenueStatus } from '../../desk/jobs/collect/collect.ts'
import type { CountedFault } from '../../desk/jobs/collect/faultBook.ts'
import { renderTable } from './table.ts'

/** What a running collector shows. */
export interface StatusScreen {
  /** The table as it is now, in place of the one before. */
  show(status: CollectStatus): void
  /** A line that stays. */
  event(line: string): void
  end(status: CollectStatus, faults: readonly CountedFault[]): void
}

/** Lines between two tables where the output is no terminal. */
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
    show: (status) => {
      seconds++
      const table = renderStatus(status)
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
    end: (status, faults) => {
      wipe()
      if (form === 'json') stdout.write(`${JSON.stringify({ ...status, faults })}\n`)
      else stdout.write(`${renderStatus(status)}${renderFaults(faults)}`)
    },
  }
}

const COLUMNS = ['venue', 'state', 'instruments', 'rows', 'rows/s', 'to fetch', 'limit used', 'asked again', 'faults']

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
    whole(status.faults),
  ]
}

function sayState({ state, feeds }: VenueStatus): string {
  if (state !== 'running') return shortened(state)
  const live = feeds.filter((feed) => feed.state === 'live').length
  const waits = feeds.find((feed) => feed.state !== 'live')
  const sockets = `${live} of ${feeds.length} sockets live`
  return waits === undefined ? sockets : `${sockets}; ${shortened(waits.state)}`
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

function renderFaults(faults: readonly CountedFault[]): string {
  if (faults.length === 0) return ''
  const lines = faults.slice(0, 20).map((fault) => {
    const { venue, channel, what, path, why, count } = fault
    return `  ${count} × ${venue} ${channel}: ${what} at "${path}" (${why})\n`
  })
  return `faults:\n${lines.join('')}`
}
