import { DeskError } from '../../../core/errors.ts'
import { DAY_MS, formatDay, parseInstant, plusMs, type InstantMs } from '../../../core/instant.ts'
import { executiveOrder, type ExecutiveOrder } from '../../../records/executiveOrder.ts'
import { federalregister, fetchOrders } from '../../../sources/federalregister/federalregister.ts'
import type { OrderGap } from '../../../sources/federalregister/map.ts'
import { linkPublisher, type PublisherLink } from '../../../sources/publisherLink.ts'
import { costsRecord } from '../../../sources/wire/wireFault.ts'
import type { Desk } from '../../desk.ts'
import { ORDERS_SERIES, readOrderVersions } from '../../readOrders.ts'
import { publishedSeries, storePublished } from './keepPublished.ts'
import { ordersAgainstHeld } from './ordersAgainstHeld.ts'
import { provenRows } from './provenRows.ts'
import {
  attempted,
  type ImportPublishedAnswer,
  type PublishedReport,
  type PublishedRequest,
} from './publishedReport.ts'

export interface ImportOrdersRequest extends PublishedRequest {
  /** What is asked for: `executive-orders`. */
  readonly names: readonly string[]
  /** Days of publication back from now; a little more than a year unless said. */
  readonly days?: number
  /** Documents of a page, where fewer than most are wanted. */
  readonly perPage?: number
}

const USUAL_DAYS = 400
const MOST_DAYS = 20_000
/** The Register is served from its issues of this day on. */
const FIRST_ISSUE = parseInstant('1994-01-01')

/**
 * Brings executive orders from the Federal Register into the store, by the days of their publication. All of them are stored or none; running it
 * again stores only what is new. What an order lacks to be kept is told of each.
 * @throws {OrdersWishError} something else, or days that cannot be asked for
 * @throws what is wrong with the publisher, the network or the store
 */
export async function importOrders(desk: Desk, request: ImportOrdersRequest): Promise<ImportPublishedAnswer> {
  const { days = USUAL_DAYS, onStep, onReport } = request
  refuseNames(request.names)
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) throw new OrdersWishError(...NO_DAYS(days))
  const link = linkPublisher(federalregister, request)
  onStep?.({ what: ORDERS_SERIES, number: 1, count: 1 })
  const reports = await bring(desk, link, { ...request, since: firstDay(desk.now, days) })
  for (const report of reports) onReport?.(report)
  return { publisher: 'federalregister', base: link.base, reports }
}

/** @throws {OrdersWishError} one is something else */
function refuseNames(names: readonly string[]): void {
  const other = names.find((name) => name.toLowerCase() !== ORDERS_SERIES)
  if (other === undefined) return
  throw new OrdersWishError(`"${other}"`, 'is not read from the Federal Register', `known is ${ORDERS_SERIES}`)
}

const firstDay = (now: InstantMs, days: number): InstantMs => {
  const day = plusMs(now, -(now % DAY_MS) - days * DAY_MS)
  return day < FIRST_ISSUE ? FIRST_ISSUE : day
}

interface Bringing extends Pick<ImportOrdersRequest, 'perPage'> {
  readonly since: InstantMs
}

async function bring(
  desk: Desk,
  link: PublisherLink,
  { since, perPage }: Bringing,
): Promise<readonly PublishedReport[]> {
  const what = ORDERS_SERIES
  const wish = { since, now: desk.now, ...(perPage === undefined ? {} : { perPage }) }
  const attempt = await attempted(what, async (): Promise<readonly PublishedReport[]> => {
    const { simulated, gaps, ...mapped } = await fetchOrders(link, wish)
    const lacking = gaps.map(gapReport)
    if (mapped.rows.length === 0 && !mapped.faults.some(costsRecord))
      return lacking.length > 0 ? lacking : [noneReport(since)]
    const { rows, unknownFields } = provenRows(mapped, what)
    const held = await readOrderVersions(desk.store, desk.now)
    const kept = await storePublished(
      desk,
      {
        record: executiveOrder,
        rows,
        label: `federalregister ${what}`,
        instruments: [publishedSeries('federalregister', what, { asset: what, simulated })],
      },
      (known) => ordersAgainstHeld(known as unknown as readonly ExecutiveOrder[], held, desk.now),
    )
    return [{ what, is: 'imported', ...kept, simulated, proof: undefined, unknownFields }, ...lacking]
  })
  return attempt.is === 'failed' ? [attempt.report] : attempt.value
}

const gapReport = ({ documentNumber, why }: OrderGap): PublishedReport => ({
  what: `document ${documentNumber}`,
  is: 'missing',
  why: `${why}: left out`,
})

const noneReport = (since: InstantMs): PublishedReport => ({
  what: ORDERS_SERIES,
  is: 'missing',
  why: `none was published since ${formatDay(since)}`,
})

const NO_DAYS = (days: number): [string, string, string] => [
  `--days "${days}"`,
  `no whole number from 1 to ${MOST_DAYS}`,
  'all that is served, from 1994 on, is within 20000 days',
]

/** Thrown for what the Federal Register is not asked for. */
export class OrdersWishError extends DeskError {
  constructor(what: string, why: string, hint: string) {
    super('BAD_PUBLISHED_WISH', `${what}: ${why}`, { hint })
  }
}
