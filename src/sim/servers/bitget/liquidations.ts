import { DAY_MS } from '../../../core/instant.ts'
import type { SimLiquidation } from '../../market/live/book.ts'
import { priceText, valueOf, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { numberOf } from '../answers.ts'
import type { Answer, Ask } from '../door.ts'
import { cannotBeEmpty, refusal, success } from './envelope.ts'
import { find, listed, PRODUCT_TYPES } from './families.ts'

const REACH_MS = 3 * DAY_MS
const ROWS = 100

/** One liquidation and what was liquidated. */
export interface Liquidated {
  readonly listing: Listing
  readonly liquidation: SimLiquidation
}

/**
 * Liquidations of the last three days, of a family or of one contract, newest first; the cursor of a page leads to the
 * next and is empty on the last. Whether the venue tells all of them here is not documented: these are all.
 */
export function liquidations({ query }: Ask, market: VenueMarket): Answer {
  const category = (query.get('category') ?? '').toUpperCase()
  if (!PRODUCT_TYPES.includes(category)) return cannotBeEmpty(market, category === '' ? 'category' : category)
  const symbol = query.get('symbol') ?? ''
  const named = find(market, category, symbol)
  if (symbol !== '' && named === undefined) return refusal(market, '25100', `Trading pair ${symbol} does not exist`)
  const limit = Math.min(Math.max(1, numberOf(query, 'limit', ROWS)), ROWS)
  const cursor = query.get('cursor') ?? ''
  const found = (named === undefined ? listed(market, category) : [named])
    .flatMap((listing) => market.liquidations(listing).map((liquidation) => ({ listing, liquidation })))
    .filter((each) => each.liquidation.at >= market.now() - REACH_MS && (cursor === '' || placeOf(each) < cursor))
    .toSorted((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1))
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return success(market, {
    list: page.map(liquidationRow),
    cursor: last === undefined || found.length <= limit ? '' : placeOf(last),
  })
}

/** Orders liquidations by time; no two are alike. */
const placeOf = ({ listing, liquidation: { at, seq } }: Liquidated): string =>
  `${at}-${listing.name}-${String(seq).padStart(9, '0')}`

/**
 * A liquidation, from socket and REST alike. The side is that of the position: `buy` where a long was closed. The price
 * is the one at which it was liquidated; the amount is its value in the quote coin.
 */
export const liquidationRow = ({ listing, liquidation }: Liquidated): object => ({
  symbol: listing.name,
  side: liquidation.position === 'long' ? 'buy' : 'sell',
  price: priceText(listing, liquidation.fillPrice),
  amount: valueOf(listing, liquidation.lots, liquidation.fillPrice).toFixed(
    listing.priceDecimals + listing.lotDecimals,
  ),
  ts: String(liquidation.at),
})

/** Of what was liquidated in one second what the channel tells: the largest long and the largest short of each symbol. */
export function largestOf(liquidated: readonly Liquidated[]): readonly Liquidated[] {
  const largest = new Map<string, Liquidated>()
  for (const each of liquidated) {
    const key = `${each.listing.name}/${each.liquidation.position}`
    const known = largest.get(key)
    if (known === undefined || each.liquidation.lots > known.liquidation.lots) largest.set(key, each)
  }
  return [...largest.values()]
}
