import type { SimFunding } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import { ok } from '../answers.ts'
import type { Answer } from '../door.ts'
import { contractNamed, contractOf, isRefused, pageOf, spanOf, type Asked } from './asked.ts'
import { BAD_CONTRACT, badParameter } from './refusals.ts'
import { rate, seconds } from './written.ts'

/** Rates that were paid, newest first. */
export function fundingRate(asked: Asked): Answer {
  const listing = contractOf(asked)
  if (isRefused(listing)) return listing
  const page = pageOf(asked.query, 100)
  if (isRefused(page)) return page
  const span = spanOf(asked.query)
  if (isRefused(span)) return span
  const paid = asked.market.fundings(listing).filter(({ at }) => at >= span.from && at <= span.to)
  return ok(paid.slice(-page.limit).toReversed().map(row))
}

/** The same of many contracts. The venue's example nests the list twice, so it is here. */
export function fundingRates(asked: Asked): Answer {
  const names = (asked.body as { readonly contracts?: unknown } | undefined)?.contracts
  if (!Array.isArray(names)) return badParameter('contracts', null)
  const found = names.map((name) => contractNamed(asked, String(name)))
  if (found.includes(undefined)) return BAD_CONTRACT
  const listings = found as readonly Listing[]
  return ok([listings.map((listing) => ({ contract: listing.name, data: asked.market.fundings(listing).map(row) }))])
}

const row = ({ at, rate: paid }: SimFunding) => ({ t: seconds(at), r: rate(paid) })
