import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Answer, Ask } from '../door.ts'
import { cannotBeEmpty, doesNotExist, wasTakenOff } from './envelope.ts'
import { find, PRODUCT_TYPES } from './families.ts'

type For<T> = (asked: T) => Answer

/** What is answered for a spot pair that is named, or the refusal of the name. */
export const forPair = ({ query }: Ask, market: VenueMarket, answer: For<Listing>): Answer =>
  named(query, market, { family: 'SPOT', kind: 'spot' }, answer)

/** What is answered for a family of contracts; its name may be written small. */
export function forFamily({ query }: Ask, market: VenueMarket, answer: For<string>): Answer {
  const text = query.get('productType') ?? ''
  const family = text.toUpperCase()
  if (PRODUCT_TYPES.includes(family)) return answer(family)
  return cannotBeEmpty(market, text === '' ? 'productType' : text)
}

/** What is answered for one contract of a family. */
export const forContract = (ask: Ask, market: VenueMarket, answer: For<Listing>): Answer =>
  forFamily(ask, market, (family) => named(ask.query, market, { family, kind: 'perp' }, answer))

/** What is answered for a contract where a door knows no families. */
export const forSymbol = ({ query }: Ask, market: VenueMarket, answer: For<Listing>): Answer =>
  named(query, market, { family: 'USDT-FUTURES', kind: 'perp' }, answer)

function named(
  query: URLSearchParams,
  market: VenueMarket,
  { family, kind }: { readonly family: string; readonly kind: Listing['market'] },
  answer: For<Listing>,
): Answer {
  const symbol = query.get('symbol') ?? ''
  if (symbol === '') return cannotBeEmpty(market, 'symbol')
  const listing = find(market, family, symbol)
  if (listing !== undefined) return answer(listing)
  // Inverse contracts were last seen to be refused as removed, all of them.
  const isGone = family === 'COIN-FUTURES' ? symbol.includes('USD') : market.wasRemoved(kind, symbol)
  return isGone ? wasTakenOff(market) : doesNotExist(market, symbol)
}
