import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { numberOf } from '../answers.ts'
import type { Answer } from '../door.ts'
import { REFUSALS } from './refusals.ts'

export type Which = 'spot' | 'perp'

/** What is listed on a market. */
export const listed = (market: VenueMarket, which: Which): readonly Listing[] =>
  market.listings.filter((listing) => listing.market === which)

/** The instrument that `symbol` names. */
export const named = (query: URLSearchParams, market: VenueMarket, which: Which): Listing | undefined =>
  market.listing(which, query.get('symbol') ?? '')

/** A stretch of time that is asked for, both ends included, and how many rows of it. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly limit: number
}

/**
 * Reads `startTime`, `endTime` and `limit`; without a time the end of that side is open.
 * @returns a refusal where futures refuse it: spot gives fewer rows than asked, and none of a stretch that is upside down
 */
export function spanOf(
  query: URLSearchParams,
  which: Which,
  rows: { readonly usual: number; readonly most: number },
): Span | Answer {
  const limit = numberOf(query, 'limit', rows.usual)
  const [start, end] = [numberOf(query, 'startTime', -Infinity), numberOf(query, 'endTime', Infinity)]
  if (!(limit >= 1) || (which === 'perp' && limit > rows.most)) return REFUSALS.limit
  if (which === 'perp' && start > end) return REFUSALS.order
  return { start, end, limit: Math.min(limit, rows.most) }
}

export const isRefused = (asked: Span | Answer): asked is Answer => 'status' in asked

/** As spot's doors and most of futures' choose rows: the oldest from a start on, else the newest. */
export const pageOf = <T>(rows: readonly T[], { start, limit }: Span): readonly T[] =>
  start === -Infinity ? rows.slice(-limit) : rows.slice(0, limit)
