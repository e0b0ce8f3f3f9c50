import { HOUR_MS } from '../../../core/instant.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Answer, Ask } from '../door.ts'
import { BARS, openOf, type Bar } from './bars.ts'
import { instTypeOf, named, spots, swaps } from './names.ts'
import { lotsSizeText, pxText, volumesOf } from './quantities.ts'
import { missing, rowsOf, unknownInstrument, wrong } from './refusals.ts'

const DAY_UTC = BARS.get('1Dutc') as Bar
const DAY_UTC8 = BARS.get('1D') as Bar

/** One ticker. */
export function ticker({ query }: Ask, market: VenueMarket): Answer {
  const instId = query.get('instId')
  if (instId === null) return missing('instId')
  const listing = named(market, instId)
  return listing === undefined ? unknownInstrument() : rowsOf([tickerRow(market, listing, market.now())])
}

/** Tickers of all instruments of a kind. */
export function tickers({ query }: Ask, market: VenueMarket): Answer {
  const rows = (listings: readonly Listing[]): Answer =>
    rowsOf(listings.map((listing) => tickerRow(market, listing, market.now())))
  switch (query.get('instType')) {
    case null:
      return missing('instType')
    case 'SPOT':
      return rows(spots(market))
    case 'SWAP':
      return rows(swaps(market))
    case 'FUTURES':
    case 'OPTION':
      return rows([])
    default:
      return wrong('instType')
  }
}

/** `volCcy24h` is quote on spot and coins of a swap, of inverse ones too. */
export function tickerRow(market: VenueMarket, listing: Listing, ts: number): unknown {
  const seen = market.ticker(listing)
  const px = (price: number): string => pxText(listing, price)
  const [vol24h, volCcy24h] = volumesOf(listing, { units: seen.units24h, quoteValue: seen.quoteValue24h })
  return {
    instType: instTypeOf(listing),
    instId: listing.name,
    last: px(seen.last),
    lastSz: lotsSizeText(listing, market.trades(listing).at(-1)?.lots ?? 0),
    askPx: px(seen.ask),
    askSz: lotsSizeText(listing, 1),
    bidPx: px(seen.bid),
    bidSz: lotsSizeText(listing, 1),
    open24h: px(seen.open24h),
    high24h: px(seen.high24h),
    low24h: px(seen.low24h),
    volCcy24h,
    vol24h,
    sodUtc0: px(openingOf(market, listing, DAY_UTC) ?? seen.open24h),
    sodUtc8: px(openingOf(market, listing, DAY_UTC8) ?? seen.open24h),
    ts: String(ts),
  }
}

/** Price at which the day opened. */
function openingOf(market: VenueMarket, listing: Listing, day: Bar): number | undefined {
  const open = openOf(day, market.now())
  return market.candles(listing, { stepMs: HOUR_MS, from: open, to: open + 1 })[0]?.open
}
