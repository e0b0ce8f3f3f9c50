import { answerEvents, proveSetup, type EventsAnswer, type PrintedEvent } from '../../desk/events.ts'
import { EXIT } from '../onError.ts'
import { seriesRange, type SeriesOptions } from '../options.ts'
import { renderProvenance } from '../print/provenance.ts'
import { renderCsv, renderTable } from '../print/table.ts'
import { withDesk } from '../withDesk.ts'
import { heldStorePath } from '../../desk/storePath.ts'

interface Options extends SeriesOptions {
  readonly setup: string
  readonly asset: string
}

/** `assayer events SETUP ASSET` */
export async function command(options: Options): Promise<number> {
  const { setup } = options
  const asset = options.asset.toUpperCase()
  const range = seriesRange(options)
  proveSetup(setup)
  const answer = await withDesk(heldStorePath(options.store), 'read', (desk) =>
    answerEvents(desk, { setup, asset, ...range }),
  )
  process.stdout.write(render(answer, options))
  if (answer.missing.length > 0 && options.json !== true) {
    process.stderr.write(answer.missing.map((line) => `missing: ${line}\n`).join(''))
  }
  return answer.missing.length > 0 ? EXIT.partly : EXIT.done
}

const HEADINGS = ['at', 'knownAt', 'pivotAt', 'firstPivotAt', 'side', 'of', 'evidence', 'id'] as const

function render(answer: EventsAnswer, { json, csv }: Options): string {
  if (json === true) return `${JSON.stringify(answer)}\n`
  const rows = answer.events.map(eventRow)
  if (csv === true) return renderCsv(HEADINGS, rows)
  if (answer.inputs.length === 0) return ''
  const used = HEADINGS.filter((heading, c) => heading !== 'id' && rows.some((row) => row[c] !== ''))
  const columns = used.map((heading) => ({ heading, align: 'left' as const }))
  const cells = rows.map((row) => used.map((heading) => row[HEADINGS.indexOf(heading)] ?? ''))
  const count = `${answer.events.length} ${answer.events.length === 1 ? 'event' : 'events'}`
  const table = rows.length === 0 ? '' : `${renderTable(columns, cells)}\n`
  return `${answer.setup} ${answer.asset} ${answer.interval}, ${count}\n\n${table}${renderProvenance({ ...answer, missing: [] })}`
}

function eventRow(event: PrintedEvent): readonly string[] {
  const evidence = Object.entries(event.evidence).map(([name, value]) => `${name} ${shortValue(value)}`)
  return [
    event.at,
    event.knownAt,
    event.pivotAt ?? '',
    event.firstPivotAt ?? '',
    event.side,
    event.of ?? '',
    evidence.join(', '),
    event.id,
  ]
}

const shortValue = (value: number | string): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(6))) : value
