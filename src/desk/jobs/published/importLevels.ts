import { DeskError } from '../../../core/errors.ts'
import { indexLevel } from '../../../records/indexLevel.ts'
import type { LevelPublisher } from '../../../records/levelPublishers.ts'
import type { LevelSource } from '../../../sources/levelSource.ts'
import { linkPublisher, type PublisherLink } from '../../../sources/publisherLink.ts'
import type { Desk } from '../../desk.ts'
import { keepPublished, publishedSeries } from './keepPublished.ts'
import { commandOf, fetchCommands, LEVEL_SOURCES } from './levelSources.ts'
import { provenRows } from './provenRows.ts'
import {
  reported,
  type Imported,
  type ImportPublishedAnswer,
  type PublishedReport,
  type PublishedRequest,
} from './publishedReport.ts'

export interface ImportLevelsRequest extends PublishedRequest {
  readonly publisher: LevelPublisher
  /** Series by the publisher's names, or by those they have here, in any case. */
  readonly names: readonly string[]
  /** Days, where the publisher is asked for a number of them. */
  readonly days?: number
}

/** What is published has few digits, unless the source says otherwise: any other number is another vintage. */
const vintagesOf = ({ mostDays, sameWithin = 0 }: LevelSource) =>
  ({ within: sameWithin, tells: mostDays === undefined ? 'all' : 'some' }) as const

/**
 * Brings plain series of a publisher into the store. A publisher serves the latest vintage alone, so vintages are kept here: a value
 * that differs from the one that is held is a version of its own, known from when it was fetched. Each answer is stored wholly or not
 * at all; running it again stores only what is new.
 * @throws {SeriesWishError} a series that is not known there, or days that cannot be asked for
 * @throws what is wrong with the publisher, the network or the store; what was stored before stays
 */
export async function importLevels(desk: Desk, request: ImportLevelsRequest): Promise<ImportPublishedAnswer> {
  const { publisher, onStep, onReport, signal } = request
  const source = LEVEL_SOURCES[publisher]
  const names = namesOf(source, request.names)
  refuseDays(source, request.days)
  const link = linkPublisher(source.publisher, request)
  const reports: PublishedReport[] = []
  for (const [i, name] of names.entries()) {
    signal?.throwIfAborted()
    onStep?.({ what: name, number: i + 1, count: names.length })
    const came = await reported(name, () => bring(desk, link, { ...request, source, name }))
    const report = withOtherWays(came, source)
    reports.push(report)
    onReport?.(report)
  }
  return { publisher, base: link.base, reports }
}

/** @throws {SeriesWishError} one is not known there */
function namesOf(source: LevelSource, asked: readonly string[]): readonly string[] {
  const { series } = source
  const known = Object.entries(series)
  const found = asked.map((each) => {
    const wanted = each.toUpperCase()
    const entry =
      known.find(([name]) => name === wanted) ?? known.find(([, symbols]) => symbols.some((one) => one === wanted))
    if (entry !== undefined) return entry[0]
    const others = `known are ${Object.keys(series).join(', ')}; others by file: assayer import series FILE`
    throw new SeriesWishError(`"${each}"`, `no series of ${commandOf(source)} that is known`, others)
  })
  return [...new Set(found)]
}

/** @throws {SeriesWishError} they are no whole number, or more than can be */
function refuseDays({ publisher, mostDays, beyondMostDays }: LevelSource, days: number | undefined): void {
  if (days === undefined) return
  const what = `--days "${days}"`
  if (mostDays === undefined)
    throw new SeriesWishError(what, `${publisher.name} gives all days at once`, 'leave it out')
  if (Number.isInteger(days) && days >= 1 && days <= mostDays) return
  throw new SeriesWishError(what, `no whole number from 1 to ${mostDays}`, beyondMostDays ?? 'ask for fewer days')
}

/** The report of a failure, with whoever else has the same. */
function withOtherWays(report: PublishedReport, source: LevelSource): PublishedReport {
  if (report.is !== 'failed') return report
  const symbol = source.series[report.what]?.[0] ?? report.what
  const others = fetchCommands(symbol).filter((command) => !command.startsWith(`assayer import ${commandOf(source)} `))
  const ways = [...others, `assayer import series FILE --symbol ${symbol}`].join(', or ')
  return { ...report, hint: `${report.hint === undefined ? '' : `${report.hint}; `}the same comes by ${ways}` }
}

interface Bringing extends Pick<ImportLevelsRequest, 'publisher' | 'days'> {
  readonly source: LevelSource
  readonly name: string
}

async function bring(desk: Desk, link: PublisherLink, bringing: Bringing): Promise<Imported> {
  const { source, publisher, name, days } = bringing
  const wish = { name, now: desk.now, ...(days === undefined ? {} : { days }) }
  const { simulated, ...mapped } = await source.fetch(link, wish)
  const { rows, unknownFields } = provenRows(mapped, `"${name}"`)
  const symbols = [...new Set(rows.map(({ instrument }) => String(instrument)))]
  const kept = await keepPublished(desk, {
    record: indexLevel,
    rows,
    where: { venue: [publisher], instrument: symbols },
    numbers: ['value'],
    ...vintagesOf(source),
    label: `${publisher} ${name}`,
    instruments: symbols.map((symbol) => publishedSeries(publisher, symbol, { asset: symbol, simulated })),
  })
  return { ...kept, simulated, proof: undefined, unknownFields }
}

/** Thrown for what the publisher cannot be asked for. */
export class SeriesWishError extends DeskError {
  constructor(what: string, why: string, hint: string) {
    super('BAD_PUBLISHED_WISH', `${what}: ${why}`, { hint })
  }
}
