import { DeskError } from '../../core/errors.ts'
import { MINUTE_MS, SECOND_MS, type InstantMs } from '../../core/instant.ts'
import type { Publisher } from '../publisher.ts'
import type { Published, PublisherLink } from '../publisherLink.ts'
import { mapReport, mapTradeDates, type MappedReport } from './map.ts'
import * as wire from './wire.ts'

/** Days of business that are served. */
export const MOST_DAYS = 5

/** How else settlements come. */
export const BY_FILE =
  'the same by hand, each price with the address where it was read: assayer import settlements FILE; what is held stays'

/** The settlements page of CME Group. It keeps most programs out, so little is asked, and nothing twice. */
export const cme: Publisher = {
  name: 'cme',
  base: 'https://www.cmegroup.com',
  budget: { limit: 6, windowMs: MINUTE_MS },
  maxBytes: 1024 ** 2,
  timeoutMs: 20 * SECOND_MS,
  whenDenied: `CME keeps most programs out of its site, and its terms of use forbid them; ${BY_FILE}`,
  proof: { path: wire.DATES_DOOR, as: 'json', isAnswer: (json) => wire.tradeDates.safeParse(json).success },
}

/**
 * The days whose settlements are final and served, the newest first.
 * @throws {CmeUnavailableError} the site does not serve this program
 * @throws {NotAsDocumentedError} what came is no list of days
 */
export async function fetchFinalDays({ ask }: PublisherLink): Promise<readonly InstantMs[]> {
  return mapTradeDates((await served(() => ask(wire.DATES_DOOR))).json)
}

/** The report of a day. @throws {CmeUnavailableError} the site does not serve this program */
export async function fetchReport(
  { base, ask }: PublisherLink,
  at: InstantMs,
): Promise<MappedReport & Pick<Published, 'simulated'>> {
  const query = { strategy: 'DEFAULT', tradeDate: wire.siteDay(at), pageSize: 500 }
  const { json, simulated } = await served(() => ask(wire.REPORT_DOOR, query))
  const source = `${base}${wire.REPORT_DOOR}?strategy=DEFAULT&tradeDate=${query.tradeDate}&pageSize=${query.pageSize}`
  return { ...mapReport(json, { at, source }), simulated }
}

/** A page, a refusal and silence are one thing here: whatever it was, asking more does not help. */
const REFUSALS: ReadonlySet<string> = new Set([
  'ANSWER_TOO_LONG',
  'NOT_JSON',
  'NO_ANSWER',
  'RATE_LIMITED',
  'REQUEST_REFUSED',
  'SERVER_FAILED',
  'SITE_DENIED',
])

async function served(ask: () => Promise<Published>): Promise<Published> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof DeskError && REFUSALS.has(error.code)) throw new CmeUnavailableError(error)
    throw error
  }
}

/** The site gave no settlements: a page, a refusal, silence. */
export class CmeUnavailableError extends DeskError {
  constructor(cause: DeskError) {
    super(cause.code, `"ZQ" of cme is unavailable: ${cause.message}`, {
      hint: cause.code === 'SITE_DENIED' ? (cme.whenDenied ?? BY_FILE) : BY_FILE,
      cause,
    })
  }
}
