import { DeskError } from '../../core/errors.ts'
import { SECOND_MS } from '../../core/instant.ts'
import type { VenueIo, VenueRequest } from '../source.ts'
import * as wire from './wire.ts'

/** Asks one of the venue's doors; all of them share one counter and cost the same. @throws {BybitRefusedError} the venue refuses, with status 200 */
export async function ask(io: VenueIo, path: string, query: NonNullable<VenueRequest['query']>): Promise<unknown> {
  const json = await io.ask({ address: 'rest', path, query, budget: 'rest', weight: 1 })
  const refusal = refusalOf(json, path)
  if (refusal !== undefined) throw refusal
  return json
}

/** What an answer refuses; undefined where it is one, or where it has no form at all and its mapper will say so. */
export function refusalOf(json: unknown, path: string): BybitRefusedError | undefined {
  const { data } = wire.refusal.safeParse(json)
  return data === undefined || data.retCode === 0 ? undefined : new BybitRefusedError(path, data.retCode, data.retMsg)
}

const TOO_OFTEN = 10006
/** The venue was busy, or an answer took it too long. */
const BUSY: ReadonlySet<number> = new Set([10000, 10016])
/** This place, or this machine's address, is not served. */
const NOT_SERVED: ReadonlySet<number> = new Set([10009, 10024])

/** Bybit refused a question in the body of its answer. */
export class BybitRefusedError extends DeskError {
  readonly retCode: number

  constructor(path: string, retCode: number, retMsg = '') {
    const isDenied = NOT_SERVED.has(retCode)
    super(isDenied ? 'DENIED' : 'VENUE_REFUSED', `bybit refused "${path}" (${retCode}): ${retMsg.slice(0, 200)}`, {
      ...(isDenied ? { hint: 'this venue cannot be read from here; leave it out with --venues', retry: 'later' } : {}),
      ...(retCode === TOO_OFTEN ? { retry: 'later', retryAfterMs: SECOND_MS } : {}),
      ...(BUSY.has(retCode) ? { retry: 'later' } : {}),
    })
    this.retCode = retCode
  }
}
