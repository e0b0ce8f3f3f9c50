import { answerSeries, proveMetric, type PointValue, type SeriesAnswer } from '../../desk/series.ts'
import { EXIT } from '../onError.ts'
import { seriesRange, type SeriesOptions } from '../options.ts'
import { renderProvenance } from '../print/provenance.ts'
import { renderCsv, renderTable } from '../print/table.ts'
import { withDesk } from '../withDesk.ts'
import { heldStorePath } from '../../desk/storePath.ts'

interface Options extends SeriesOptions {
  readonly metric: string
  readonly asset: string
}

/** `assayer series METRIC ASSET` */
export async function command(options: Options): Promise<number> {
  const { metric } = options
  const asset = options.asset.toUpperCase()
  const range = seriesRange(options)
  proveMetric(metric)
  const answer = await withDesk(heldStorePath(options.store), 'read', (desk) =>
    answerSeries(desk, { metric, asset, ...range, ...lastBars(options) }),
  )
  process.stdout.write(render(answer, options))
  if (answer.missing.length > 0 && options.json !== true) process.stderr.write(renderMissing(answer))
  return answer.missing.length > 0 ? EXIT.partly : EXIT.done
}

/** Bars of a table where the reader names no range; files and programs get all of them. */
const TABLE_BARS = 100

const isCut = ({ json, csv, from, to }: Options): boolean =>
  json !== true && csv !== true && from === undefined && to === undefined

const lastBars = (options: Options): { readonly last?: number } => (isCut(options) ? { last: TABLE_BARS } : {})

const renderMissing = (answer: SeriesAnswer): string => answer.missing.map((line) => `missing: ${line}\n`).join('')

function render(answer: SeriesAnswer, options: Options): string {
  const { json, csv } = options
  if (json === true) return `${JSON.stringify(answer)}\n`
  const names = outputNames(answer)
  if (csv === true)
    return renderCsv(
      ['at', ...names],
      answer.points.map(({ at, value }) => [at, ...cells(value)]),
    )
  if (answer.missing.length > 0 && answer.points.length === 0) return ''
  const columns = [
    { heading: 'open (UTC)', align: 'left' as const },
    ...names.map((heading) => ({ heading, align: 'right' as const })),
  ]
  const rows = answer.points.map(({ at, value }) => [readable(at), ...cells(value).map(readableNumber)])
  const list = answer.list === undefined ? '' : `\n${listTable(answer.list)}`
  const cut =
    isCut(options) && rows.length === TABLE_BARS ? `; the last ${TABLE_BARS} bars, --from and --to show others` : ''
  return `${answer.metric} ${answer.asset} ${answer.interval}, ${unitText(answer)}${cut}\n\n${renderTable(columns, rows)}${list}\n${renderProvenance({ ...answer, missing: [] })}`
}

const outputNames = (answer: SeriesAnswer): readonly string[] =>
  typeof answer.unit === 'string' ? [answer.metric] : Object.keys(answer.unit)

function cells(value: PointValue): readonly (number | null)[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [value]
}

const unitText = ({ unit }: SeriesAnswer): string =>
  typeof unit === 'string'
    ? unit
    : Object.entries(unit)
        .map(([name, text]) => `${name} in ${text}`)
        .join(', ')

function listTable(list: readonly object[]): string {
  const [first] = list
  if (first === undefined) return '(the list is empty)\n'
  const headings = Object.keys(first).map((heading) => ({ heading, align: 'right' as const }))
  const rows = list.map((row) =>
    Object.values(row).map((value) => (typeof value === 'number' ? readableNumber(value) : String(value))),
  )
  return renderTable(headings, rows)
}

/** Midnight needs no clock. */
const readable = (at: string): string => at.replace('T00:00:00Z', '').replace(':00Z', '').replace('T', ' ')

/** Eight significant digits for the eye; JSON and CSV carry all of them. */
const readableNumber = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(8))))
