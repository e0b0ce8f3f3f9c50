import type { SimTrade } from '../../market/live/book.ts'
import { DAY_MS } from '../../../core/instant.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { numberOf } from '../answers.ts'
import type { Answer, Ask } from '../door.ts'
import { firstIndex } from '../firstIndex.ts'
import { lastIdOf, matchesOf, type Match } from './matches.ts'
import { named } from './names.ts'
import { lotsSizeText, pxText, sizeText } from './quantities.ts'
import { missing, rowsOf, unknownInstrument, wrong } from './refusals.ts'

const LATEST = { usual: 100, most: 500 }
const HISTORY = { most: 100, reachMs: 90 * DAY_MS }

/** The latest matches, newest first; there is no way to page. */
export function trades({ query }: Ask, market: VenueMarket): Answer {
  const listing = listingOf(query, market)
  if ('status' in listing) return listing
  const limit = Math.min(numberOf(query, 'limit', LATEST.usual), LATEST.most)
  if (!(limit > 0)) return wrong('limit')
  return rowsOf(backwards(market, listing, { limit, before: () => true }))
}

/**
 * Matches older than `after` and newer than `before`, newest first. Both are ids; with `type` 2 `after` is a time. `before` alone
 * gives the latest.
 */
export function historyTrades({ query }: Ask, market: VenueMarket): Answer {
  const listing = listingOf(query, market)
  if ('status' in listing) return listing
  const limit = Math.min(numberOf(query, 'limit', HISTORY.most), HISTORY.most)
  const type = query.get('type') ?? '1'
  const [after, newerThan] = [numberOf(query, 'after', Infinity), numberOf(query, 'before', -Infinity)]
  if (!(limit > 0)) return wrong('limit')
  if (type !== '1' && type !== '2') return wrong('type')
  if (Number.isNaN(after)) return wrong('after')
  if (Number.isNaN(newerThan)) return wrong('before')
  const oldest = market.now() - HISTORY.reachMs
  const before = (trade: SimTrade, { id }: Match): boolean => (type === '1' ? id < after : trade.at < after)
  const behind = (trade: SimTrade, { id }: Match): boolean => id <= newerThan || trade.at < oldest
  return rowsOf(backwards(market, listing, { limit, before, behind }))
}

function listingOf(query: URLSearchParams, market: VenueMarket): Listing | Answer {
  const instId = query.get('instId')
  if (instId === null) return missing('instId')
  return named(market, instId) ?? unknownInstrument()
}

type Judge = (trade: SimTrade, match: Match) => boolean

/** Rows from the first match, newest first, that lies `before` what was named, to the first that lies `behind`. */
function backwards(
  market: VenueMarket,
  listing: Listing,
  { limit, before, behind = () => false }: { readonly limit: number; readonly before: Judge; readonly behind?: Judge },
): readonly unknown[] {
  const all = market.trades(listing)
  const rows: unknown[] = []
  for (let i = newest(all, before); i >= 0 && rows.length < limit; i--) {
    const trade = all[i] as SimTrade
    for (const match of matchesOf(trade).toReversed()) {
      if (!before(trade, match)) continue
      if (behind(trade, match) || rows.length === limit) return rows
      rows.push(matchRow(listing, trade, match))
    }
  }
  return rows
}

/** Index of the newest trade of which a match lies before what was named; -1 where there is none. Ids and times both rise. */
const newest = (all: readonly SimTrade[], before: Judge): number =>
  firstIndex(all, (trade) => before(trade, { id: trade.firstFill, hundredths: 0 })) - 1

/** A match as REST and `trades-all` give it. */
export const matchRow = (listing: Listing, trade: SimTrade, { id, hundredths }: Match): unknown => ({
  instId: listing.name,
  side: sideOf(trade),
  sz: sizeText(listing, hundredths),
  source: '0',
  px: pxText(listing, trade.price),
  tradeId: String(id),
  ts: String(trade.at),
})

/** A taker's order at one price as `trades` gives it: its matches added up, named by the last. */
export const tradeRow = (listing: Listing, trade: SimTrade): unknown => ({
  instId: listing.name,
  tradeId: String(lastIdOf(trade)),
  px: pxText(listing, trade.price),
  sz: lotsSizeText(listing, trade.lots),
  side: sideOf(trade),
  ts: String(trade.at),
  count: String(trade.fills),
  source: '0',
  seqId: trade.seq,
})

const sideOf = ({ takerBuy }: SimTrade): 'buy' | 'sell' => (takerBuy ? 'buy' : 'sell')
