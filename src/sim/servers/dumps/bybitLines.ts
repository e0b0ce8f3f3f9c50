import { lotsText, priceText, unitsOf, valueOf, type Listing } from '../../market/live/listing.ts'
import type { SimTrade } from '../../market/live/book.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { tradeId } from '../bybit/ids.ts'
import { keptTrades } from './keptTrades.ts'
import type { SimDump } from './simDump.ts'

const PERP = 'timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,foreignNotional,RPI'
const SPOT = 'id,timestamp,price,volume,side,rpi'

/** The lines of a file of Bybit's site, its header first; undefined where the market knows nothing of its time. */
export function bybitLines(
  { market: which, name, from, to }: SimDump,
  market: VenueMarket,
): readonly string[] | undefined {
  const listing = market.listing(which, name)
  const trades = listing && keptTrades(market, listing, from, to)
  if (listing === undefined || trades === undefined || trades.length === 0) return undefined
  if (which === 'spot') return [SPOT, ...trades.map((trade, i) => spotLine(listing, trade, i + 1))]
  return [PERP, ...trades.map((trade, i) => perpLine(listing, trade, trades[i - 1]))]
}

/** Ids count the rows of a file. */
const spotLine = (listing: Listing, trade: SimTrade, id: number): string =>
  [
    id,
    trade.at,
    priceText(listing, trade.price),
    lotsText(listing, trade.lots),
    trade.takerBuy ? 'buy' : 'sell',
    0,
  ].join(',')

/** Seconds with four decimals. Of inverse contracts the two notionals are the wrong way round. */
function perpLine(listing: Listing, trade: SimTrade, before: SimTrade | undefined): string {
  const { at, price, lots, takerBuy } = trade
  const isInverse = listing.contract === 'inverse'
  const [coins, dollars] = [unitsOf(listing, lots, price), valueOf(listing, lots, price)]
  const [home, foreign] = isInverse ? [dollars, coins] : [coins, dollars]
  return [
    (at / 1000).toFixed(4),
    listing.name,
    takerBuy ? 'Buy' : 'Sell',
    lotsText(listing, lots),
    priceText(listing, price),
    before === undefined || price >= before.price ? 'PlusTick' : 'MinusTick',
    tradeId(listing, trade),
    grossText(foreign * 1e8),
    home,
    foreign,
    0,
  ].join(',')
}

/** Large ones with an exponent of two digits. */
const grossText = (gross: number): string =>
  gross < 1e6 ? String(gross) : gross.toExponential().replace(/e\+(\d)$/, 'e+0$1')
