import type { SimLiquidation } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { digestDigits } from '../answers.ts'
import { familyOf, swaps } from './names.ts'
import { lotsSizeText, pxText } from './quantities.ts'

/** How many of an instrument's liquidations are in what comes first on subscribing. */
const RECALLED = 3

/** One instrument with what was liquidated of it. */
export const liquidationRow = (listing: Listing, liquidations: readonly SimLiquidation[]): unknown => ({
  details: liquidations.map((liquidation) => detailOf(listing, liquidation)),
  instFamily: familyOf(listing),
  instId: listing.name,
  instType: 'SWAP',
  uly: familyOf(listing),
})

/** `side` is the order's: a sell closes a long. `bkPx` is no fill. An account in net mode names no side of its position. */
const detailOf = (listing: Listing, liquidation: SimLiquidation): unknown => ({
  bkLoss: '0',
  bkPx: pxText(listing, liquidation.bankruptcyPrice),
  ccy: '',
  posSide: isInNetMode(liquidation) ? 'net' : liquidation.position,
  side: liquidation.position === 'long' ? 'sell' : 'buy',
  sz: lotsSizeText(listing, liquidation.lots),
  ts: String(liquidation.at),
})

const isInNetMode = ({ account }: SimLiquidation): boolean => Number(digestDigits(account, 6)) % 3 === 0

/** What happened before: the last few of every swap; none where nothing did. */
export const recalledRows = (market: VenueMarket): readonly unknown[] =>
  swaps(market)
    .map((listing) => ({ listing, last: market.liquidations(listing).slice(-RECALLED) }))
    .filter(({ last }) => last.length > 0)
    .map(({ listing, last }) => liquidationRow(listing, last))
