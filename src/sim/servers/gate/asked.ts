import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Counting } from '../counting.ts'
import type { Answer } from '../door.ts'
import { BAD_CONTRACT, badPair, badParameter } from './refusals.ts'
import type { SizeForm } from './written.ts'

/** What a contract is settled in; each has doors and a socket of its own. */
export type Settle = 'usdt' | 'btc'

/** A question as every door needs it. */
export interface Asked {
  readonly query: URLSearchParams
  readonly body: unknown
  readonly market: VenueMarket
  readonly settle: Settle
  readonly sizes: SizeForm
  readonly counting: Counting
}

export const settleOf = ({ contract }: Listing): Settle => (contract === 'inverse' ? 'btc' : 'usdt')

export const pairs = (market: VenueMarket): readonly Listing[] =>
  market.listings.filter((listing) => listing.market === 'spot')

export const contracts = (market: VenueMarket, settle: Settle): readonly Listing[] =>
  market.listings.filter((listing) => listing.market === 'perp' && settleOf(listing) === settle)

export const isRefused = <T extends object>(found: T | Answer): found is Answer => 'status' in found

/** The pair that `currency_pair` names. */
export function pairOf({ query, market }: Pick<Asked, 'query' | 'market'>): Listing | Answer {
  const name = query.get('currency_pair') ?? ''
  return market.listing('spot', name) ?? badPair(name)
}

/** The contract of that name, if it is settled so. */
export function contractNamed({ market, settle }: Pick<Asked, 'market' | 'settle'>, name: string): Listing | undefined {
  const listing = market.listing('perp', name)
  return listing !== undefined && settleOf(listing) === settle ? listing : undefined
}

/** The contract that `contract` names. */
export const contractOf = (asked: Pick<Asked, 'query' | 'market' | 'settle'>): Listing | Answer =>
  contractNamed(asked, asked.query.get('contract') ?? '') ?? BAD_CONTRACT

/** Contracts that are asked for: the one that is named, or all. */
export function contractsAsked(asked: Pick<Asked, 'query' | 'market' | 'settle'>): readonly Listing[] | Answer {
  if (!asked.query.has('contract')) return contracts(asked.market, asked.settle)
  const found = contractOf(asked)
  return isRefused(found) ? found : [found]
}

/** A part of a list, by `limit` and `offset`. */
export interface Page {
  readonly limit: number
  readonly offset: number
}

/** Reads `limit` and `offset`. `most` is the general rule of a thousand unless said. */
export function pageOf(query: URLSearchParams, usual: number, most = 1000): Page | Answer {
  const limit = whole(query, 'limit', usual)
  if (!(limit >= 1 && limit <= most)) return badParameter('limit', query.get('limit'))
  const offset = whole(query, 'offset', 0)
  return offset >= 0 ? { limit, offset } : badParameter('offset', query.get('offset'))
}

/** A stretch of time in milliseconds, both ends included as instants; an end that is not named is open. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Reads `from` and `to`, which are seconds. */
export function spanOf(query: URLSearchParams): Span | Answer {
  const [from, to] = [whole(query, 'from', -Infinity), whole(query, 'to', Infinity)]
  if (Number.isNaN(from)) return badParameter('from', query.get('from'))
  if (Number.isNaN(to) || from > to) return badParameter('to', query.get('to'))
  return { from: from * 1000, to: to * 1000 }
}

/** A number of a query, or a default; NaN where it is there and none. */
export function whole(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name)
  if (text === null || text === '') return otherwise
  return /^-?\d+$/.test(text) ? Number(text) : NaN
}
