import { toldAt } from '../../../conventions/releases.ts'
import { DeskError } from '../../../core/errors.ts'
import { DAY_MS, formatDay, type InstantMs } from '../../../core/instant.ts'
import { futuresSettlement } from '../../../records/futuresSettlement.ts'
import { BY_FILE, cme, CmeUnavailableError, fetchFinalDays, fetchReport, MOST_DAYS } from '../../../sources/cme/cme.ts'
import { linkPublisher, type PublisherLink } from '../../../sources/publisherLink.ts'
import { costsRecord } from '../../../sources/wire/wireFault.ts'
import { readLastPerBucket } from '../../../store/queries/readLastPerBucket.ts'
import type { Desk } from '../../desk.ts'
import { keepPublished, publishedSeries } from './keepPublished.ts'
import { provenRows } from './provenRows.ts'
import {
  isOfAnAnswer,
  type Attempt,
  type ImportPublishedAnswer,
  type PublishedReport,
  type PublishedRequest,
} from './publishedReport.ts'

export interface ImportSettlementsRequest extends PublishedRequest {
  /** Products by their codes, in any case; `ZQ` is the one that is read. */
  readonly names: readonly string[]
  /** Days of business, all of which are asked for anew; unless said, those that are served and not held. */
  readonly days?: number
}

const PRODUCT = 'ZQ'
const WHERE = { venue: ['cme'], product: [PRODUCT] } as const

/**
 * Brings settlement prices of fed funds futures from CME into the store: the days that are final, a question each. Each day is stored
 * wholly or not at all. Where the site turns this program away, nothing more is asked.
 * @returns reports of days, oldest first; none where all are held
 * @throws {SettlementWishError} what is not served
 * @throws what is wrong with the store; what was stored before stays
 */
export async function importSettlements(desk: Desk, request: ImportSettlementsRequest): Promise<ImportPublishedAnswer> {
  const { days, onStep, onReport, signal } = request
  refuse(request)
  const link = linkPublisher(cme, { ...request, retry: { tries: 1, ...request.retry } })
  const reports: PublishedReport[] = []
  const tell = (report: PublishedReport): void => {
    reports.push(report)
    onReport?.(report)
  }
  onStep?.({ what: PRODUCT, number: 1, count: 1 + (days ?? MOST_DAYS) })
  const listed = await asked(PRODUCT, () => fetchFinalDays(link), signal)
  if (listed.is === 'failed') tell(listed.report)
  else {
    const wanted = await wantedDays(desk, listed.value, days)
    if (wanted === 'none is final') tell({ what: PRODUCT, is: 'missing', why: 'no day is final yet' })
    else for await (const report of reportsOf(desk, link, wanted, request)) tell(report)
  }
  return { publisher: 'cme', base: link.base, reports }
}

async function* reportsOf(
  desk: Desk,
  link: PublisherLink,
  days: readonly InstantMs[],
  { onStep, signal }: ImportSettlementsRequest,
): AsyncGenerator<PublishedReport> {
  for (const [i, at] of days.entries()) {
    signal?.throwIfAborted()
    const what = `${PRODUCT} ${formatDay(at)}`
    onStep?.({ what, number: i + 2, count: days.length + 1 })
    const attempt = await asked(what, () => bring(desk, link, at, what), signal)
    yield attempt.is === 'failed' ? attempt.report : attempt.value
    if (attempt.is === 'failed' && attempt.isTurnedAway) return
  }
}

/** Days to ask for, oldest first: final, and told by now. */
async function wantedDays(
  { store, now }: Desk,
  final: readonly InstantMs[],
  days: number | undefined,
): Promise<readonly InstantMs[] | 'none is final'> {
  const told = final.filter((at) => toldAt(PRODUCT, at, DAY_MS) <= now)
  if (told.length === 0) return 'none is final'
  if (days !== undefined) return told.slice(0, days).toReversed()
  const rows = await readLastPerBucket(store, futuresSettlement, { asOf: now, stepMs: DAY_MS, where: WHERE })
  const held = new Set(rows.map(({ at }) => Number(at)))
  return told
    .slice(0, MOST_DAYS)
    .filter((at) => !held.has(at))
    .toReversed()
}

async function bring(desk: Desk, link: PublisherLink, at: InstantMs, what: string): Promise<PublishedReport> {
  const { simulated, report, ...mapped } = await fetchReport(link, at)
  if (report !== 'final' && !mapped.faults.some(costsRecord)) return { what, is: 'missing', why: WHY[report] }
  const { rows, unknownFields } = provenRows(mapped, `"${what}"`)
  const kept = await keepPublished(desk, {
    record: futuresSettlement,
    rows,
    where: WHERE,
    numbers: ['price'],
    // Prices have few digits: any other is another.
    within: 0,
    label: `cme ${what}`,
    instruments: [publishedSeries('cme', PRODUCT, { asset: PRODUCT, simulated })],
  })
  return { what, is: 'imported', ...kept, simulated, proof: undefined, unknownFields }
}

const WHY = {
  preliminary: 'its report is preliminary, which is not stored',
  none: 'the answer is empty: nothing is served of that day',
} as const

type Asked<T> = Attempt<T> & { readonly isTurnedAway?: boolean }

/** What was asked for, or the report of why it did not come, with how else it can. @throws what is wrong with the store */
async function asked<T>(what: string, job: () => Promise<T>, signal: AbortSignal | undefined): Promise<Asked<T>> {
  try {
    return { is: 'done', value: await job() }
  } catch (error) {
    signal?.throwIfAborted()
    const isTurnedAway = error instanceof CmeUnavailableError
    if (!isTurnedAway && !isOfAnAnswer(error)) throw error
    const { code, message: why, hint = BY_FILE } = error
    return { is: 'failed', report: { what, is: 'failed', code, why, hint }, isTurnedAway }
  }
}

/** @throws {SettlementWishError} another product, or days that are not served */
function refuse({ names, days }: ImportSettlementsRequest): void {
  const other = names.find((name) => name.toUpperCase() !== PRODUCT)
  if (other !== undefined) throw new SettlementWishError(`"${other}"`, 'no product of cme that is read', 'known is ZQ')
  if (days === undefined || (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS)) return
  throw new SettlementWishError(
    `--days "${days}"`,
    `no whole number from 1 to ${MOST_DAYS}, which is how far back the page reaches`,
    'older ones by file: assayer import settlements FILE',
  )
}

/** Thrown for what cannot be asked for. */
export class SettlementWishError extends DeskError {
  constructor(what: string, why: string, hint: string) {
    super('BAD_PUBLISHED_WISH', `${what}: ${why}`, { hint })
  }
}
