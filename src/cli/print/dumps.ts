import type { DumpReport } from '../../desk/jobs/dumps/dumpReport.ts'
import type { DumpStep } from '../../desk/jobs/dumps/importDump.ts'
import type { ImportDumpsAnswer, Numbered } from '../../desk/jobs/dumps/importDumps.ts'
import { fileProgress, type Progress } from '../progress.ts'
import { sayBadRows, sayCounts } from './imported.ts'

/** What is shown while files come: how far the present one is on a terminal, and a line for each that is done. */
export function dumpScreen(json: boolean) {
  let [shown, started] = ['', performance.now()]
  let progress: Progress | undefined
  const clear = (): void => progress?.clear()
  return {
    clear,
    progress: ({ file, number, count }: Numbered, step: DumpStep): void => {
      if (shown !== file.path) {
        clear()
        shown = file.path
        progress = fileProgress(`[${number}/${count}] ${sayFile(file)}`)
      }
      if (step.is === 'fetching') progress?.fetched(step.bytes, step.total)
      else progress?.update(step.bytes, step.total, step.rows)
    },
    retry: (error: Error, waitMs: number): void => {
      clear()
      process.stderr.write(`${error.message}; asked again in ${Math.ceil(waitMs / 1000)} s\n`)
    },
    report: (report: DumpReport): void => {
      clear()
      const seconds = (performance.now() - started) / 1000
      started = performance.now()
      if (!json) process.stdout.write(`${sayFile(report)}: ${sayReport(report, seconds)}\n`)
    },
  }
}

const sayFile = ({ instrument, market, kind, period }: Omit<DumpReport, 'is'>): string =>
  `${instrument} ${market} ${kind} ${period}`

function sayReport(report: DumpReport, seconds: number): string {
  switch (report.is) {
    case 'imported': {
      const { brought, bytes } = report
      const marked = report.simulated ? ', SIMULATED' : ''
      const gaps = report.closed.length
      const closed = gaps === 0 ? '' : `, closes ${gaps} ${gaps === 1 ? 'gap' : 'gaps'} of the collector`
      const took = `(${sayBytes(bytes)}, ${seconds.toFixed(1)} s)${marked}`
      if (brought.rows === 0 && brought.bad.count === 0) return `no rows in it ${took}`
      return `${sayCounts(brought)}${closed} ${took}\n${sayBadRows(brought)}`.trimEnd()
    }
    case 'held':
      return 'held, and unchanged on the site'
    case 'changed':
      return (
        `CHANGED on the site since ${report.since.slice(0, 10)}: SHA-256 was ${short(report.was)}, is ${short(report.sha256)}; ` +
        'what is stored stays, --replace takes the new one'
      )
    case 'missing':
      return 'not on the site'
    case 'early':
      return report.why
    case 'failed':
      return `FAILED: ${report.why}${report.hint === undefined ? '' : `\n  hint: ${report.hint}`}`
  }
}

const sayBytes = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
const short = (sha256: string): string => `${sha256.slice(0, 12)}…`

/** What came of all files, in words. */
export function renderDumps({ venue, reports, nothingOf }: ImportDumpsAnswer): string {
  const counts = OUTCOMES.flatMap(([is, words]) => {
    const count = reports.filter((report) => report.is === is).length
    return count === 0 ? [] : [`${count.toLocaleString('en')} ${words}`]
  })
  const added = reports.reduce((sum, report) => sum + (report.is === 'imported' ? report.brought.added : 0), 0)
  const files = `${reports.length.toLocaleString('en')} ${reports.length === 1 ? 'file' : 'files'}`
  const hints = nothingOf.map(
    (name) =>
      `nothing of "${name}" is on the site: is that how ${venue} writes it, is it of this --market, and was it listed then?\n`,
  )
  return `${files}: ${counts.join(', ')}; ${added.toLocaleString('en')} new records\n${hints.join('')}`
}

const OUTCOMES = [
  ['imported', 'imported'],
  ['held', 'held before'],
  ['changed', 'changed since'],
  ['missing', 'not there'],
  ['early', 'not out yet'],
  ['failed', 'failed'],
] as const satisfies readonly (readonly [DumpReport['is'], string])[]
