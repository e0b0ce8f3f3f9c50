import type { PriceProof } from '../../desk/jobs/published/priceProof.ts'
import type {
  ImportPublishedAnswer,
  PublishedReport,
  PublishedStep,
} from '../../desk/jobs/published/publishedReport.ts'

/** What is shown while a publisher is asked: what is asked for on a terminal, and a line for each answer. */
export function publishedScreen(publisher: string, json: boolean) {
  const { stderr } = process
  const clear = (): void => void (stderr.isTTY && stderr.write('\r\u001b[K'))
  return {
    clear,
    step: ({ what, number, count }: PublishedStep): void => {
      clear()
      if (stderr.isTTY) stderr.write(`[${number}/${count}] ${what}: asking ${publisher}, a few questions a minute`)
    },
    retry: (error: Error, waitMs: number): void => {
      clear()
      stderr.write(`${error.message}; asked again in ${Math.ceil(waitMs / 1000)} s\n`)
    },
    report: (report: PublishedReport): void => {
      clear()
      if (!json) process.stdout.write(`${report.what}: ${sayReport(report)}\n`)
    },
  }
}

function sayReport(report: PublishedReport): string {
  switch (report.is) {
    case 'imported': {
      const { added, revised, unchanged, early, from, to, proof, unknownFields, simulated } = report
      const counts = [
        ...count(added, 'new'),
        ...count(revised, 'revised since, known from now on'),
        ...count(unchanged, 'already there'),
        ...count(early, 'not known yet, left out'),
      ]
      const odd = unknownFields.length === 0 ? '' : `; not documented, passed over: ${unknownFields.join(', ')}`
      const span = from.slice(0, 10) === to.slice(0, 10) ? to : `${from.slice(0, 10)} to ${to.slice(0, 10)}`
      return `${counts.join(', ')} (${span})${sayProof(proof)}${odd}${simulated ? ', SIMULATED' : ''}`
    }
    case 'missing':
      return report.why
    case 'failed':
      return `FAILED: ${report.why}${report.hint === undefined ? '' : `\n  hint: ${report.hint}`}`
  }
}

const count = (value: number, words: string): readonly string[] =>
  value === 0 ? [] : [`${value.toLocaleString('en')} ${words}`]

function sayProof(proof: PriceProof | undefined): string {
  switch (proof?.is) {
    case undefined:
      return ''
    case 'agrees':
      return `; its prices are those of ${proof.with} (median deviation ${proof.medianPct.toFixed(2)} % over ${proof.days} days)`
    case 'unproven':
      return `; not held against prices: ${proof.why}`
  }
}

/** What came of all answers, in words. */
export function renderPublished({ publisher, reports }: ImportPublishedAnswer): string {
  const sum = (field: 'added' | 'revised'): number =>
    reports.reduce((total, report) => total + (report.is === 'imported' ? report[field] : 0), 0)
  const failed = reports.filter(({ is }) => is === 'failed').length
  const missing = reports.filter(({ is }) => is === 'missing').length
  const rows = [...count(sum('added'), 'new records'), ...count(sum('revised'), 'revised')]
  const rest = [...count(missing, 'not there'), ...count(failed, 'failed')]
  return `${publisher}: ${[...(rows.length === 0 ? ['nothing new'] : rows), ...rest].join(', ')}\n`
}
